#include "content-service/domain/channels.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/move_chain.h"
#include "content-service/domain/find.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

constexpr std::int64_t kFirstEpoch = 1;

// Nothing where the channel has no move yet.
absl::StatusOr<std::optional<v1::ChannelMove>> NewestMove(
    const Reader& reader, const ChannelId& channel) {
  const absl::StatusOr<MoveRecord> record =
      reader.FindNewestMove(channel.pathway_id, channel.channel_id);
  if (absl::IsNotFound(record.status())) return std::nullopt;
  if (!record.ok()) return record.status();
  absl::StatusOr<v1::ChannelMove> move = ToMove(*record);
  if (!move.ok()) return move.status();
  return *std::move(move);
}

MovePosition PositionOf(const std::optional<v1::ChannelMove>& move) {
  if (!move.has_value()) return {};
  return {move->cursor().epoch(), move->cursor().number()};
}

absl::Status RequireNewest(const ChannelId& channel, const MovePosition& newest,
                           const MovePosition& expected) {
  if (newest == expected) return absl::OkStatus();
  return rpc::WithReason(
      absl::AbortedError(absl::StrCat(
          "the newest move of ", ToString(channel), " is ", newest.epoch, "-",
          newest.number, ", not ", expected.epoch, "-", expected.number,
          "; read it, then decide")),
      "STALE_MOVE",
      {{"epoch", absl::StrCat(newest.epoch)},
       {"number", absl::StrCat(newest.number)}});
}

v1::ChannelMove NewMove(const Actor& mover, const MoveOrder& order,
                        const v1::Release& release,
                        const std::optional<v1::ChannelMove>& previous) {
  const MovePosition before = PositionOf(previous);
  const std::int64_t epoch = previous.has_value() ? before.epoch : kFirstEpoch;
  v1::ChannelMove move;
  move.set_name(absl::StrCat(ToString(order.channel), "/moves/", epoch, "-",
                             before.number + 1));
  move.mutable_cursor()->set_epoch(epoch);
  move.mutable_cursor()->set_number(before.number + 1);
  move.set_digest(release.digest());
  move.set_release(release.name());
  move.set_reason(order.reason);
  move.set_mover(mover.principal);
  *move.mutable_create_time() = ToTimestamp(mover.time);
  if (previous.has_value()) {
    move.set_previous_move_hash(trust::MoveHash(previous->statement()));
  }
  return move;
}

v1::Statement MoveStatement(const trust::TrustPolicy& policy,
                            const MoveOrder& order, const v1::ChannelMove& move,
                            absl::Time time) {
  v1::Statement statement =
      NewStatement(policy, v1::STATEMENT_KIND_MOVE, order.channel.pathway_id,
                   move.digest(), time);
  statement.set_channel_id(order.channel.channel_id);
  statement.set_epoch(move.cursor().epoch());
  statement.set_move_number(move.cursor().number());
  statement.set_previous_move_hash(move.previous_move_hash());
  statement.set_reason(move.reason());
  return statement;
}

}  // namespace

absl::StatusOr<PreparedMove> PrepareMove(const Reader& reader,
                                         const trust::TrustPolicy& policy,
                                         const Actor& mover,
                                         const MoveOrder& order) {
  const absl::StatusOr<v1::Release> release =
      FindRelease(reader, order.release);
  if (!release.ok()) return release.status();
  const absl::StatusOr<std::optional<v1::ChannelMove>> previous =
      NewestMove(reader, order.channel);
  if (!previous.ok()) return previous.status();
  absl::Status status =
      RequireNewest(order.channel, PositionOf(*previous), order.expected);
  if (status.ok()) status = RequireNotWithdrawn(*release);
  if (!status.ok()) return status;
  PreparedMove prepared;
  prepared.move = NewMove(mover, order, *release, *previous);
  prepared.statement = MoveStatement(policy, order, prepared.move, mover.time);
  return prepared;
}

absl::StatusOr<v1::ChannelMove> MoveChannel(Transaction& transaction,
                                            const trust::TrustPolicy& policy,
                                            const Actor& mover,
                                            const MoveOrder& order,
                                            const SignedStatement& given) {
  absl::StatusOr<PreparedMove> prepared =
      PrepareMove(transaction, policy, mover, order);
  if (!prepared.ok()) return prepared.status();
  const int required =
      policy.Threshold(order.channel.pathway_id, v1::KEY_ROLE_OPERATOR);
  absl::Status status =
      CheckSigned(policy, prepared->statement, given, required, mover.time);
  if (!status.ok()) return status;
  v1::ChannelMove& move = prepared->move;
  move.set_statement(given.bytes);
  *move.mutable_signatures() = given.signatures;
  status =
      transaction.AddMove({order.channel.pathway_id, order.channel.channel_id,
                           move.cursor().epoch(), move.cursor().number(),
                           move.SerializeAsString()});
  if (!status.ok()) return status;
  return move;
}

}  // namespace plumbline::content
