// The steps of every signed method: ask for the statement with `validate_only`,
// compare it with what is expected, show it, sign it, and send the call with
// statement and signatures.

#ifndef PLUMBLINE_CLI_SIGNED_CALL_H_
#define PLUMBLINE_CLI_SIGNED_CALL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/console.h"
#include "cli/remote.h"
#include "cli/services.h"
#include "cli/sign.h"
#include "common/trust/statement.h"

namespace plumbline::cli {

// A statement about content, as plumb expects it; for the caller to complete.
inline content::v1::Statement ExpectedStatement(content::v1::StatementKind kind,
                                                const std::string& pathway_id,
                                                const std::string& digest) {
  content::v1::Statement statement;
  statement.set_kind(kind);
  statement.set_pathway_id(pathway_id);
  statement.set_digest(digest);
  statement.set_role(trust::SigningRole(kind));
  return statement;
}

// Makes the call. `request` holds everything but statement and signatures.
template <typename Request, typename Response>
absl::StatusOr<Response> CallSigned(
    const RemoteContent& content,
    grpc::Status (ContentStub::*method)(grpc::ClientContext*, const Request&,
                                        Response*),
    Request request, const content::v1::Statement& expected,
    const std::vector<std::string>& key_files, Console& console) {
  request.set_validate_only(true);
  const absl::StatusOr<Response> asked = content.Call(method, request);
  if (!asked.ok()) return asked.status();
  const absl::StatusOr<content::v1::Statement> statement =
      CheckStated(asked->statement(), expected, absl::Now());
  if (!statement.ok()) return statement.status();
  console.err << "signing with " << absl::StrJoin(key_files, ", ") << ":\n"
              << Describe(*statement) << std::flush;
  const absl::StatusOr<Signatures> signatures =
      Sign(asked->statement(), key_files);
  if (!signatures.ok()) return signatures.status();

  request.set_validate_only(false);
  request.set_statement(asked->statement());
  *request.mutable_signatures() = *signatures;
  request.set_request_id(NewRequestId());
  return content.Call(method, request);
}

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_SIGNED_CALL_H_
