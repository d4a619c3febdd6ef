// Statements: what a key signs. Their bytes are `plumbline/<kind>/v1`, one zero
// byte, and the canonical bytes of a content.v1.Statement, so that no signature
// for one purpose can serve for another.

#ifndef PLUMBLINE_COMMON_TRUST_STATEMENT_H_
#define PLUMBLINE_COMMON_TRUST_STATEMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::trust {

// How far a statement's time may be from the clock of the service that is asked
// to store it.
inline constexpr absl::Duration kStatementTimeTolerance = absl::Minutes(15);

// The most bytes of a reason.
inline constexpr std::size_t kReasonBytesMax = 1000;

// The word of a kind: "move"; empty for a kind that does not exist.
absl::string_view WordOf(content::v1::StatementKind kind);

// The role in which a kind is signed: KEY_ROLE_UNSPECIFIED for gate reports.
content::v1::KeyRole SigningRole(content::v1::StatementKind kind);

// The word of a role: "approver".
absl::string_view WordOf(content::v1::KeyRole role);

// Returns INVALID_ARGUMENT naming every field that is missing, malformed or not
// of the statement's kind.
absl::Status CheckStatement(const content::v1::Statement& statement);

// The bytes to sign. Checks first.
absl::StatusOr<std::string> EncodeStatement(
    const content::v1::Statement& statement);

// Reads the bytes that were signed. Returns INVALID_ARGUMENT for anything that
// EncodeStatement() could not have written: another prefix, a kind that is not
// the prefix's, unknown fields, bytes that are not canonical, missing or
// surplus fields.
absl::StatusOr<content::v1::Statement> ParseStatement(absl::string_view bytes);

// Sets and reads the sign time, in whole seconds.
void SetSignTime(absl::Time time, content::v1::Statement* statement);
absl::Time SignTime(const content::v1::Statement& statement);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_STATEMENT_H_
