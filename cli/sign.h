// Signing statements that a service asks for, with keys that stay here.

#ifndef PLUMBLINE_CLI_SIGN_H_
#define PLUMBLINE_CLI_SIGN_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::cli {

using Signatures = google::protobuf::RepeatedPtrField<content::v1::Signature>;

// Signs `bytes` with each key file. Before that it reads the statement, and
// refuses one that is not of `kind` and about `pathway_id`, so that a service
// cannot have something else signed; `summary` is what is signed, for the
// person: "approval of back-pain 9f86… as approver". A key's id is its file
// name without .pem.
struct Signed {
  Signatures signatures;
  std::string summary;
};
absl::StatusOr<Signed> SignStatement(absl::string_view bytes,
                                     content::v1::StatementKind kind,
                                     absl::string_view pathway_id,
                                     const std::vector<std::string>& key_files);

// The id of the key in `key_file`.
std::string KeyIdOf(absl::string_view key_file);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_SIGN_H_
