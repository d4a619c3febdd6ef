#include "content-service/domain/sync_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "content-service/domain/find.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

absl::Status CursorAhead(const v1::Cursor& cursor, const v1::Cursor& newest) {
  return rpc::WithReason(
      absl::FailedPreconditionError(absl::StrCat(
          "the cursor ", cursor.epoch(), "-", cursor.number(),
          " is beyond the channel's newest move, ", newest.epoch(), "-",
          newest.number(), ": the store was restored without a new epoch")),
      "CURSOR_AHEAD",
      {{"epoch", absl::StrCat(newest.epoch())},
       {"number", absl::StrCat(newest.number())}});
}

}  // namespace

absl::Status SyncSession::Subscribe(const v1::Subscribe& subscribe,
                                    ChannelView channel) {
  channel_ = std::move(channel);
  cursor_ = subscribe.cursor();
  active_cursor_ = subscribe.active_cursor();
  active_digest_ = subscribe.active_digest();
  held_digests_ = {subscribe.held_digests().begin(),
                   subscribe.held_digests().end()};
  const v1::Cursor newest = channel_->newest();
  if (PositionOf(cursor_) > PositionOf(newest)) {
    return CursorAhead(cursor_, newest);
  }
  if (!channel_->moves.empty() && IsAtNewest()) {
    last_move_ = channel_->moves.back();
    content_due_ = PositionOf(active_cursor_) != PositionOf(newest);
  }
  return absl::OkStatus();
}

void SyncSession::Look(ChannelView channel) {
  if (channel == nullptr) {
    must_load_ = true;
  } else if (PositionOf(channel->newest()) >= PositionOf(channel_->newest())) {
    channel_ = std::move(channel);
  }
}

void SyncSession::Loaded(ChannelView channel) {
  must_load_ = false;
  loaded_ = channel;
  Look(std::move(channel));
}

SyncSession::Need SyncSession::need() const {
  if (must_load_) return Need::kChannel;
  if (!IsAtNewest()) {
    return NextMove() == nullptr ? Need::kMoves : Need::kNothing;
  }
  const bool lacks_offer = content_due_ && !channel_->offer.ok();
  return lacks_offer && channel_ != loaded_ ? Need::kChannel : Need::kNothing;
}

absl::Status SyncSession::TakeMoves(std::vector<v1::ChannelMove> moves) {
  if (moves.empty()) {
    return absl::DataLossError("a channel's moves end before its newest one");
  }
  backlog_.assign(std::make_move_iterator(moves.begin()),
                  std::make_move_iterator(moves.end()));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::SyncResponse>> SyncSession::Next(
    absl::Time now) {
  v1::SyncResponse response;
  if (!greeted_) {
    greeted_ = true;
    *response.mutable_subscribed()->mutable_newest() = channel_->newest();
    *response.mutable_subscribed()->mutable_heartbeat_interval() =
        ToDuration(heartbeat_interval_);
    return response;
  }
  if (heartbeat_due_) {
    heartbeat_due_ = false;
    *response.mutable_heartbeat()->mutable_newest() = channel_->newest();
    *response.mutable_heartbeat()->mutable_send_time() = ToTimestamp(now);
    return response;
  }
  if (const v1::Withdrawal* withdrawal = NextWithdrawal();
      withdrawal != nullptr) {
    told_withdrawn_.insert(withdrawal->digest());
    *response.mutable_withdrawal() = *withdrawal;
    return response;
  }
  if (const v1::ChannelMove* move = NextMove(); move != nullptr) {
    last_move_ = *move;
    if (!backlog_.empty()) backlog_.pop_front();
    cursor_ = last_move_->cursor();
    content_due_ = PositionOf(cursor_) != PositionOf(active_cursor_);
    transfer_.reset();
    *response.mutable_move() = *last_move_;
    return response;
  }
  if (!IsAtNewest()) return std::nullopt;
  if (content_due_) {
    if (channel_->offer.ok()) return StartContent(**channel_->offer);
    if (channel_ == loaded_) return channel_->offer.status();
    return std::nullopt;
  }
  if (transfer_.has_value()) return NextChunk();
  return std::nullopt;
}

const v1::ChannelMove* SyncSession::NextMove() const {
  if (!backlog_.empty()) return &backlog_.front();
  const std::vector<v1::ChannelMove>& moves = channel_->moves;
  const auto next = std::upper_bound(
      moves.begin(), moves.end(), PositionOf(cursor_),
      [](const MovePosition& cursor, const v1::ChannelMove& move) {
        return cursor < PositionOf(move.cursor());
      });
  if (next == moves.end()) return nullptr;
  // Where even the first of them is after the cursor, others may stand between.
  if (next == moves.begin() && !channel_->has_every_move) return nullptr;
  return &*next;
}

bool SyncSession::IsAtNewest() const {
  return PositionOf(cursor_) == PositionOf(channel_->newest());
}

bool SyncSession::IsHeld(const std::string& digest) const {
  return digest == active_digest_ || held_digests_.count(digest) != 0;
}

const v1::Withdrawal* SyncSession::NextWithdrawal() const {
  for (const v1::Withdrawal& withdrawal : channel_->withdrawals) {
    if (IsHeld(withdrawal.digest()) &&
        told_withdrawn_.count(withdrawal.digest()) == 0) {
      return &withdrawal;
    }
  }
  return nullptr;
}

v1::SyncResponse SyncSession::StartContent(const Offer& offer) {
  content_due_ = false;
  v1::SyncResponse response;
  v1::ContentStart& start = *response.mutable_content_start();
  start = offer.start;
  start.set_content_held(IsHeld(start.digest()));
  if (start.has_withdrawal()) told_withdrawn_.insert(start.digest());
  if (!start.content_held()) transfer_ = Transfer{offer.content};
  return response;
}

v1::SyncResponse SyncSession::NextChunk() {
  const std::string& bytes = transfer_->content->bytes;
  const std::size_t size =
      std::min(kChunkBytes, bytes.size() - transfer_->offset);
  v1::SyncResponse response;
  v1::ContentChunk& chunk = *response.mutable_content_chunk();
  chunk.set_digest(transfer_->content->digest);
  chunk.set_offset(static_cast<std::int64_t>(transfer_->offset));
  chunk.set_data(bytes.substr(transfer_->offset, size));
  transfer_->offset += size;
  if (transfer_->offset == bytes.size()) transfer_.reset();
  return response;
}

std::string SyncSession::DigestAt(const v1::Cursor& cursor) const {
  if (!last_move_.has_value() ||
      PositionOf(last_move_->cursor()) != PositionOf(cursor)) {
    return "";
  }
  return last_move_->digest();
}

}  // namespace plumbline::content
