#include "common/rpc/access.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace plumbline::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

// What is wrong with an option; empty if nothing.
std::string FaultOf(const auth::v1::Access& access) {
  for (const int role : access.roles()) {
    if (!auth::v1::Role_IsValid(role) || role == auth::v1::ROLE_UNSPECIFIED) {
      return absl::StrCat("has a role that does not exist: ", role);
    }
  }
  return access.roles().empty() ? "has no roles" : "";
}

std::string FaultOf(const MethodDescriptor& method) {
  const auth::v1::Access& access =
      method.options().GetExtension(auth::v1::access);
  return access.roles().empty()
             ? "has no plumbline.auth.v1.access option with a role"
             : FaultOf(access);
}

// A stream has more than one request, or is opened before it is read.
std::string FaultOf(const FieldDescriptor& field,
                    const MethodDescriptor& method) {
  if (method.client_streaming() || method.server_streaming()) {
    return "has plumbline.auth.v1.field_access, which streams do not enforce";
  }
  return FaultOf(field.options().GetExtension(auth::v1::field_access));
}

std::vector<auth::v1::Role> RolesOf(const auth::v1::Access& access) {
  std::vector<auth::v1::Role> roles;
  for (const int role : access.roles()) {
    roles.push_back(static_cast<auth::v1::Role>(role));
  }
  return roles;
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
      .short_name = absl::StrCat(method.service()->name(), ".", method.name()),
      .roles = RolesOf(method.options().GetExtension(auth::v1::access))};
  AddFields(method, access, faults);
  if (!paths_.emplace(method.input_type(), access.path).second) {
    faults.push_back(absl::StrCat("method ", method.full_name(),
                                  " shares its request type ",
                                  method.input_type()->full_name()));
  }
  methods_.emplace(access.path, std::move(access));
}

void AccessTable::AddFields(const MethodDescriptor& method,
                            MethodAccess& access,
                            std::vector<std::string>& faults) {
  for (int i = 0; i < method.input_type()->field_count(); ++i) {
    const FieldDescriptor& field = *method.input_type()->field(i);
    if (!field.options().HasExtension(auth::v1::field_access)) continue;
    const std::string fault = FaultOf(field, method);
    if (!fault.empty()) {
      faults.push_back(absl::StrCat("field ", field.full_name(), " ", fault));
    }
    access.fields.push_back({&field, RolesOf(field.options().GetExtension(
                                         auth::v1::field_access))});
  }
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
