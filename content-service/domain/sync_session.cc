#include "content-service/domain/sync_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "content-service/domain/find.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

// Moves that are read at a time.
constexpr int kMovesBatch = 64;

MovePosition PositionOf(const v1::Cursor& cursor) {
  return {cursor.epoch(), cursor.number()};
}

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

SyncSession::SyncSession(ContentStore& store, ReleaseCache& cache,
                         ChannelId channel, absl::Duration heartbeat_interval)
    : store_(store),
      cache_(cache),
      channel_(std::move(channel)),
      heartbeat_interval_(heartbeat_interval) {}

absl::Status SyncSession::Subscribe(const v1::Subscribe& subscribe) {
  cursor_ = subscribe.cursor();
  active_digest_ = subscribe.active_digest();
  held_digests_ = {subscribe.held_digests().begin(),
                   subscribe.held_digests().end()};
  std::optional<v1::ChannelMove> newest;
  const absl::Status read = store_.Read([&](const Reader& reader) {
    const absl::StatusOr<MoveRecord> record =
        reader.FindNewestMove(channel_.pathway_id, channel_.channel_id);
    if (absl::IsNotFound(record.status())) return absl::OkStatus();
    if (!record.ok()) return record.status();
    const absl::StatusOr<v1::ChannelMove> move = ToMove(*record);
    if (move.ok()) newest = *move;
    return move.status();
  });
  if (!read.ok()) return read;
  if (newest.has_value()) newest_ = newest->cursor();
  if (PositionOf(cursor_) > PositionOf(newest_)) {
    return CursorAhead(cursor_, newest_);
  }
  if (newest.has_value() && PositionOf(cursor_) == PositionOf(newest_)) {
    content_due_ = newest->digest() != active_digest_;
    last_move_ = std::move(newest);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::SyncResponse>> SyncSession::Next(
    absl::Time now) {
  v1::SyncResponse response;
  if (!greeted_) {
    greeted_ = true;
    *response.mutable_subscribed()->mutable_newest() = newest_;
    *response.mutable_subscribed()->mutable_heartbeat_interval() =
        ToDuration(heartbeat_interval_);
    return response;
  }
  if (moves_.empty() && may_have_moved_) {
    const absl::Status read = ReadMoves();
    if (!read.ok()) return read;
  }
  if (heartbeat_due_) {
    heartbeat_due_ = false;
    *response.mutable_heartbeat()->mutable_newest() = newest_;
    *response.mutable_heartbeat()->mutable_send_time() = ToTimestamp(now);
    return response;
  }
  if (!moves_.empty()) {
    last_move_ = std::move(moves_.front());
    moves_.pop_front();
    cursor_ = last_move_->cursor();
    content_due_ = true;
    transfer_.reset();
    *response.mutable_move() = *last_move_;
    return response;
  }
  if (content_due_) return StartContent();
  if (transfer_.has_value()) return NextChunk();
  return std::nullopt;
}

absl::Status SyncSession::ReadMoves() {
  may_have_moved_ = false;
  return store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::StatusOr<std::vector<MoveRecord>> records =
        reader.ListMovesAfter(channel_.pathway_id, channel_.channel_id,
                              PositionOf(cursor_), kMovesBatch);
    if (!records.ok()) return records.status();
    for (const MoveRecord& record : *records) {
      absl::StatusOr<v1::ChannelMove> move = ToMove(record);
      if (!move.ok()) return move.status();
      newest_ = move->cursor();
      moves_.push_back(*std::move(move));
    }
    may_have_moved_ = static_cast<int>(records->size()) == kMovesBatch;
    return absl::OkStatus();
  });
}

bool SyncSession::IsHeld(const std::string& digest) const {
  return digest == active_digest_ || held_digests_.count(digest) != 0;
}

absl::StatusOr<v1::SyncResponse> SyncSession::StartContent() {
  const std::string& digest = last_move_->digest();
  const auto content = cache_.Find(digest);
  if (!content.ok()) return content.status();
  v1::SyncResponse response;
  v1::ContentStart& start = *response.mutable_content_start();
  *start.mutable_cursor() = last_move_->cursor();
  start.set_release(last_move_->release());
  start.set_digest(digest);
  start.set_size_bytes(static_cast<std::int64_t>((*content)->bytes.size()));
  start.set_content_held(IsHeld(digest));
  const absl::Status read = store_.Read([&](const Reader& reader) {
    const auto attestations = FindAttestations(reader, digest);
    if (!attestations.ok()) return attestations.status();
    for (const v1::Attestation& attestation : *attestations) {
      *start.add_attestations() = attestation;
    }
    const absl::StatusOr<v1::Release> release =
        FindRelease(reader, {channel_.pathway_id, 0, digest});
    if (release.ok() && release->has_withdrawal()) {
      *start.mutable_withdrawal() = release->withdrawal();
    }
    return release.status();
  });
  if (!read.ok()) return read;
  content_due_ = false;
  if (!start.content_held()) transfer_ = Transfer{*content};
  // The replica may let go of what it holds; only the first content after the
  // subscription can rely on the list.
  held_digests_.clear();
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
