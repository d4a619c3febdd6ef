// Signing statements that a service asks for, with keys that stay here.
//
// A key signs what a person meant, not what a service says: every statement is
// compared with one that plumb made itself before anything is signed.

#ifndef PLUMBLINE_CLI_SIGN_H_
#define PLUMBLINE_CLI_SIGN_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::cli {

using Signatures = google::protobuf::RepeatedPtrField<content::v1::Signature>;

// The statement in `bytes`, where it says what `expected` says. The audience is
// not compared: plumb knows none, and shows it. Nor are times, but for one that
// is more than 15 minutes from `now`. FAILED_PRECONDITION names every field
// that differs, with both values.
absl::StatusOr<content::v1::Statement> CheckStated(
    absl::string_view bytes, const content::v1::Statement& expected,
    absl::Time now);

// What a statement says, one field a line, for the person who signs it.
std::string Describe(const content::v1::Statement& statement);

// Signs `bytes` with each key file. A key's id is its file name without .pem.
absl::StatusOr<Signatures> Sign(absl::string_view bytes,
                                const std::vector<std::string>& key_files);

// The id of the key in `key_file`.
std::string KeyIdOf(absl::string_view key_file);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_SIGN_H_
