#include "content-service/domain/channel_feed.h"

#include <utility>

#include "content-service/domain/find.h"

namespace plumbline::content {
namespace {

absl::StatusOr<std::vector<v1::ChannelMove>> ToMoves(
    const std::vector<MoveRecord>& records) {
  std::vector<v1::ChannelMove> moves;
  for (const MoveRecord& record : records) {
    absl::StatusOr<v1::ChannelMove> move = ToMove(record);
    if (!move.ok()) return move.status();
    moves.push_back(*std::move(move));
  }
  return moves;
}

}  // namespace

ChannelView ChannelFeed::Find(const ChannelId& channel) const {
  const sync::MutexLock lock(mutex_);
  const auto found = views_.find(channel);
  return found == views_.end() ? nullptr : found->second;
}

absl::StatusOr<ChannelView> ChannelFeed::Load(const ChannelId& channel) {
  auto state = std::make_shared<ChannelState>();
  {
    const sync::MutexLock lock(mutex_);
    state->generation = generation_;
  }
  const absl::Status read = store_.Read([&](const Reader& reader) {
    auto records = reader.ListMovesBefore(
        channel.pathway_id, channel.channel_id, kAfterEveryMove, kMovesBatch);
    if (!records.ok()) return records.status();
    state->has_every_move = static_cast<int>(records->size()) < kMovesBatch;
    auto moves = ToMoves({records->rbegin(), records->rend()});
    if (!moves.ok()) return moves.status();
    state->moves = *std::move(moves);
    if (state->moves.empty()) return absl::OkStatus();
    auto withdrawals = FindWithdrawals(reader, channel.pathway_id);
    if (!withdrawals.ok()) return withdrawals.status();
    state->withdrawals = *std::move(withdrawals);
    state->offer = MakeOffer(reader, channel, state->moves.back());
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  ChannelView view = std::move(state);
  if (view->moves.empty()) return view;
  const sync::MutexLock lock(mutex_);
  if (generation_ == view->generation) views_[channel] = view;
  return view;
}

bool ChannelFeed::IsOutdated(const ChannelView& view) const {
  const sync::MutexLock lock(mutex_);
  return generation_ != view->generation;
}

absl::StatusOr<std::shared_ptr<const Offer>> ChannelFeed::MakeOffer(
    const Reader& reader, const ChannelId& channel,
    const v1::ChannelMove& move) {
  const std::string& digest = move.digest();
  auto content = cache_.Find(reader, digest);
  if (!content.ok()) return content.status();
  const auto attestations = FindAttestations(reader, digest);
  if (!attestations.ok()) return attestations.status();
  const absl::StatusOr<v1::Release> release =
      FindRelease(reader, {channel.pathway_id, 0, digest});
  if (!release.ok()) return release.status();

  auto offer = std::make_shared<Offer>();
  v1::ContentStart& start = offer->start;
  *start.mutable_cursor() = move.cursor();
  start.set_release(move.release());
  start.set_digest(digest);
  start.set_size_bytes(static_cast<std::int64_t>((*content)->bytes.size()));
  for (const v1::Attestation& attestation : *attestations) {
    *start.add_attestations() = attestation;
  }
  if (release->has_withdrawal()) {
    *start.mutable_withdrawal() = release->withdrawal();
  }
  offer->content = *std::move(content);
  return offer;
}

void ChannelFeed::Forget(const ChannelId& channel) {
  const sync::MutexLock lock(mutex_);
  ++generation_;
  views_.erase(channel);
}

absl::StatusOr<std::vector<v1::ChannelMove>> ChannelFeed::ReadMoves(
    const ChannelId& channel, const v1::Cursor& after) {
  std::vector<v1::ChannelMove> moves;
  const absl::Status read = store_.Read([&](const Reader& reader) {
    const auto records = reader.ListMovesAfter(
        channel.pathway_id, channel.channel_id, PositionOf(after), kMovesBatch);
    if (!records.ok()) return records.status();
    auto found = ToMoves(*records);
    if (!found.ok()) return found.status();
    moves = *std::move(found);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return moves;
}

}  // namespace plumbline::content
