#include "common/rpc/access.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace plumbline::rpc {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

// What is wrong with the option of a method; empty if nothing.
std::string FaultOf(const MethodDescriptor& method) {
  const auth::v1::Access& access =
      method.options().GetExtension(auth::v1::access);
  if (access.roles().empty()) {
    return "has no plumbline.auth.v1.access option with a role";
  }
  for (const int role : access.roles()) {
    if (!auth::v1::Role_IsValid(role) || role == auth::v1::ROLE_UNSPECIFIED) {
      return absl::StrCat("has a role that does not exist: ", role);
    }
  }
  return "";
}

}  // namespace

absl::StatusOr<AccessTable> AccessTable::Read(
    const std::vector<std::string>& services) {
  AccessTable table;
  std::vector<std::string> faults;
  for (const std::string& name : services) {
    const ServiceDescriptor* const service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
            name);
    if (service == nullptr) {
      faults.push_back(absl::StrCat("service ", name, " does not exist"));
      continue;
    }
    for (int i = 0; i < service->method_count(); ++i) {
      table.Add(*service->method(i), faults);
    }
  }
  if (faults.empty()) return table;
  return absl::FailedPreconditionError(absl::StrJoin(faults, "\n"));
}

void AccessTable::Add(const MethodDescriptor& method,
                      std::vector<std::string>& faults) {
  const std::string fault = FaultOf(method);
  if (!fault.empty()) {
    faults.push_back(absl::StrCat("method ", method.full_name(), " ", fault));
  }
  MethodAccess access{
      .path = PathOf(method),
      .short_name = absl::StrCat(method.service()->name(), ".", method.name())};
  for (const int role :
       method.options().GetExtension(auth::v1::access).roles()) {
    access.roles.push_back(static_cast<auth::v1::Role>(role));
  }
  if (!paths_.emplace(method.input_type(), access.path).second) {
    faults.push_back(absl::StrCat("method ", method.full_name(),
                                  " shares its request type ",
                                  method.input_type()->full_name()));
  }
  methods_.emplace(access.path, std::move(access));
}

const MethodAccess* AccessTable::Find(absl::string_view path) const {
  const auto found = methods_.find(path);
  return found == methods_.end() ? nullptr : &found->second;
}

const MethodAccess* AccessTable::FindByRequest(
    const google::protobuf::Descriptor* request) const {
  const auto found = paths_.find(request);
  return found == paths_.end() ? nullptr : Find(found->second);
}

}  // namespace plumbline::rpc
