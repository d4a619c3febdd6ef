// Withdrawing: a release must not become active again. It is never deleted.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_WITHDRAW_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_WITHDRAW_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/resource_name.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

struct WithdrawalOrder {
  ReleaseId release;
  std::string reason;
  bool force = false;  // Also where a channel points to it.
};

// A withdrawal that could be made now.
struct PreparedWithdrawal {
  v1::Release release;      // As it would be, but for the attestation.
  v1::Statement statement;  // What the publisher signs.
};

// FAILED_PRECONDITION, reason RELEASE_WITHDRAWN where it is withdrawn already,
// or RELEASE_ACTIVE.
absl::StatusOr<PreparedWithdrawal> PrepareWithdrawal(
    const Reader& reader, const trust::TrustPolicy& policy,
    const Actor& publisher, const WithdrawalOrder& order);

// Withdraws. The release then holds the withdrawal with its attestation.
absl::StatusOr<v1::Release> WithdrawRelease(Transaction& transaction,
                                            const trust::TrustPolicy& policy,
                                            const Actor& publisher,
                                            const WithdrawalOrder& order,
                                            const SignedStatement& given);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_WITHDRAW_H_
