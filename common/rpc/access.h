// Who may call which method, and set which field of its request, read from the
// contract: the option `plumbline.auth.v1.access` that every method carries,
// and the option `plumbline.auth.v1.field_access`.

#ifndef PLUMBLINE_COMMON_RPC_ACCESS_H_
#define PLUMBLINE_COMMON_RPC_ACCESS_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "plumbline/auth/v1/access.pb.h"

namespace plumbline::rpc {

// A field that not all callers of a method may set.
struct FieldAccess {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // Who sets it needs one of these.
  std::vector<auth::v1::Role> roles;
};

struct MethodAccess {
  // As in a call: "/plumbline.triage.v1.TriageService/Assess".
  std::string path;
  // For logs and metrics: "TriageService.Assess".
  std::string short_name;
  // The caller needs one of these.
  std::vector<auth::v1::Role> roles;
  // Of the request, in the order of their declaration.
  std::vector<FieldAccess> fields;
};

// The methods of the services that one server has. Immutable, therefore
// thread-safe.
class AccessTable {
 public:
  // Reads the descriptors of these services (full names). FAILED_PRECONDITION
  // names every service that is not linked in, every method without the option,
  // with an empty or unspecified role, or whose request type is shared, and
  // every field whose option is wrong or has no effect.
  static absl::StatusOr<AccessTable> Read(
      const std::vector<std::string>& services);

  // The method of this path, or null.
  const MethodAccess* Find(absl::string_view path) const;

  // The method whose request is of this type, or null: every method has its own
  // request type.
  const MethodAccess* FindByRequest(
      const google::protobuf::Descriptor* request) const;

  // All methods by path.
  const std::map<std::string, MethodAccess, std::less<>>& methods() const {
    return methods_;
  }

 private:
  void Add(const google::protobuf::MethodDescriptor& method,
           std::vector<std::string>& faults);
  static void AddFields(const google::protobuf::MethodDescriptor& method,
                        MethodAccess& access, std::vector<std::string>& faults);

  std::map<std::string, MethodAccess, std::less<>> methods_;
  std::map<const google::protobuf::Descriptor*, std::string> paths_;
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_ACCESS_H_
