// Statements in requests and responses of signed methods.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_STATEMENTS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_STATEMENTS_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/trust/statement.h"
#include "content-service/domain/signed_statement.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::content {

// Writes the bytes to sign into a response.
inline absl::Status SetStatement(const v1::Statement& statement,
                                 std::string* bytes) {
  absl::StatusOr<std::string> encoded = trust::EncodeStatement(statement);
  if (!encoded.ok()) return encoded.status();
  *bytes = *std::move(encoded);
  return absl::OkStatus();
}

// What a request carries.
template <typename Request>
SignedStatement GivenStatement(const Request& in) {
  return {in.statement(), in.signatures()};
}

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_STATEMENTS_H_
