#include "common/rpc/request_digest.h"

#include <google/protobuf/descriptor.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"

namespace plumbline::rpc {

std::string RequestDigest(const google::protobuf::Message& request,
                          std::initializer_list<const char*> left_out) {
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  for (const char* name : left_out) {
    const google::protobuf::FieldDescriptor* const field =
        type.FindFieldByName(name);
    if (field != nullptr) {
      asked->GetReflection()->ClearField(asked.get(), field);
    }
  }
  return trust::Sha256Hex(absl::StrCat(type.full_name(),
                                       absl::string_view("\0", 1),
                                       trust::CanonicalBytes(*asked)));
}

}  // namespace plumbline::rpc
