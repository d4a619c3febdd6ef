#include "content-service/domain/withdraw.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/error_details.h"
#include "content-service/domain/find.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

absl::Status RequireNotActive(const Reader& reader,
                              const v1::Release& release) {
  const absl::StatusOr<std::vector<v1::ChannelMove>> newest =
      NewestMoves(reader, release.pathway_id());
  if (!newest.ok()) return newest.status();
  std::vector<std::string> channels;
  for (const v1::ChannelMove& move : *newest) {
    if (move.digest() == release.digest()) {
      channels.push_back(ToString(ChannelOf(move)));
    }
  }
  if (channels.empty()) return absl::OkStatus();
  return rpc::WithReason(
      absl::FailedPreconditionError(absl::StrCat(
          absl::StrJoin(channels, " and "), " point",
          channels.size() == 1 ? "s" : "", " to ", release.name(),
          "; move it elsewhere first, or withdraw with force: replicas then go "
          "on serving it, marked, until the channel is moved")),
      "RELEASE_ACTIVE",
      {{"release", release.name()}, {"channel", absl::StrJoin(channels, ",")}});
}

}  // namespace

absl::StatusOr<PreparedWithdrawal> PrepareWithdrawal(
    const Reader& reader, const trust::TrustPolicy& policy,
    const Actor& publisher, const WithdrawalOrder& order) {
  absl::StatusOr<v1::Release> release = FindRelease(reader, order.release);
  if (!release.ok()) return release.status();
  absl::Status status = RequireNotWithdrawn(*release);
  if (status.ok() && !order.force) status = RequireNotActive(reader, *release);
  if (!status.ok()) return status;

  PreparedWithdrawal prepared;
  prepared.release = *std::move(release);
  prepared.release.set_state(v1::Release::STATE_WITHDRAWN);
  v1::Withdrawal& withdrawal = *prepared.release.mutable_withdrawal();
  withdrawal.set_release(prepared.release.name());
  withdrawal.set_digest(prepared.release.digest());
  withdrawal.set_principal(publisher.principal);
  withdrawal.set_reason(order.reason);
  *withdrawal.mutable_create_time() = ToTimestamp(publisher.time);
  prepared.statement = NewStatement(policy, v1::STATEMENT_KIND_WITHDRAWAL,
                                    prepared.release.pathway_id(),
                                    prepared.release.digest(), publisher.time);
  prepared.statement.set_release_number(prepared.release.number());
  prepared.statement.set_reason(order.reason);
  return prepared;
}

absl::StatusOr<v1::Release> WithdrawRelease(Transaction& transaction,
                                            const trust::TrustPolicy& policy,
                                            const Actor& publisher,
                                            const WithdrawalOrder& order,
                                            const SignedStatement& given) {
  absl::StatusOr<PreparedWithdrawal> prepared =
      PrepareWithdrawal(transaction, policy, publisher, order);
  if (!prepared.ok()) return prepared.status();
  v1::Release& release = prepared->release;
  absl::Status status = CheckSigned(
      policy, prepared->statement, given,
      policy.Threshold(release.pathway_id(), v1::KEY_ROLE_PUBLISHER),
      publisher.time);
  if (!status.ok()) return status;
  *release.mutable_withdrawal()->mutable_attestation() =
      ToAttestation(v1::STATEMENT_KIND_WITHDRAWAL, given);
  status = transaction.ReplaceRelease({release.pathway_id(), release.number(),
                                       release.digest(),
                                       release.SerializeAsString()});
  if (!status.ok()) return status;
  return release;
}

}  // namespace plumbline::content
