// The two steps of every signed method: ask for the statement with
// `validate_only`, sign it, and send the call with statement and signatures.

#ifndef PLUMBLINE_CLI_SIGNED_CALL_H_
#define PLUMBLINE_CLI_SIGNED_CALL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/console.h"
#include "cli/remote.h"
#include "cli/services.h"
#include "cli/sign.h"

namespace plumbline::cli {

// What is signed, and with what.
struct Signing {
  content::v1::StatementKind kind;
  std::string pathway_id;
  std::vector<std::string> key_files;
};

// Makes the call. `request` holds everything but statement and signatures.
template <typename Request, typename Response>
absl::StatusOr<Response> CallSigned(
    const RemoteContent& content,
    grpc::Status (ContentStub::*method)(grpc::ClientContext*, const Request&,
                                        Response*),
    Request request, const Signing& signing, Console& console) {
  request.set_validate_only(true);
  const absl::StatusOr<Response> asked = content.Call(method, request);
  if (!asked.ok()) return asked.status();
  const absl::StatusOr<Signed> result = SignStatement(
      asked->statement(), signing.kind, signing.pathway_id, signing.key_files);
  if (!result.ok()) return result.status();
  console.err << "signing: " << result->summary << '\n';

  request.set_validate_only(false);
  request.set_statement(asked->statement());
  *request.mutable_signatures() = result->signatures;
  request.set_request_id(NewRequestId());
  return content.Call(method, request);
}

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_SIGNED_CALL_H_
