#include "triage-service/content/channel_replica.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/fault/failpoint.h"
#include "common/rpc/error_details.h"
#include "common/rpc/log.h"
#include "common/trust/statement.h"

namespace plumbline::triage {
namespace {

using content::v1::Acknowledgement;
using content::v1::ChannelMove;
using content::v1::ContentChunk;
using content::v1::ContentStart;
using content::v1::Statement;
using content::v1::SyncResponse;

// The most bytes of the message of a NACK.
constexpr std::size_t kNackMessageBytesMax = 1000;
// How far the disk may lag behind when it is known that content is the newest.
constexpr absl::Duration kAgeLagMax = absl::Hours(1);

Cursor ToCursor(const content::v1::Cursor& cursor) {
  return {cursor.epoch(), cursor.number()};
}

void SetCursor(Cursor cursor, content::v1::Cursor* message) {
  message->set_epoch(cursor.epoch);
  message->set_number(cursor.number);
}

std::string ToString(Cursor cursor) {
  return absl::StrCat(cursor.epoch, "-", cursor.number);
}

// Where the chain must have stood before a move, by that move's own statement:
// what lies further back is vouched for by those who signed it.
trust::ChainEnd EndBefore(const Statement& move) {
  if (move.kind() == content::v1::STATEMENT_KIND_EPOCH) {
    return {move.epoch() - 1, 0, move.previous_move_hash(), ""};
  }
  if (move.move_number() <= 1) return {};
  return {move.epoch(), move.move_number() - 1, move.previous_move_hash(), ""};
}

}  // namespace

ChannelReplica::ChannelReplica(Options options,
                               const trust::TrustPolicy& policy,
                               file::FileSystem& files, ReleaseTable& table,
                               ChannelStatus& status)
    : options_(std::move(options)),
      policy_(policy),
      table_(table),
      status_(status),
      file_(files, options_.state_dir, options_.key),
      chain_(std::in_place, options_.key.pathway_id, options_.key.channel_id) {}

absl::Status ChannelReplica::LoadFromDisk(absl::Time now) {
  absl::StatusOr<LastKnownGood> good = file_.Load();
  if (!good.ok()) return good.status();
  const auto refused = [this](const absl::Status& why) {
    return Refused(rpc::ReasonOf(why),
                   absl::StrCat(file_.path(), ": not used: ", why.message()));
  };
  const absl::StatusOr<Statement> statement =
      trust::ParseStatement(good->move.statement());
  trust::MoveChain chain(
      options_.key.pathway_id, options_.key.channel_id,
      statement.ok() ? EndBefore(*statement) : trust::ChainEnd{});
  absl::Status moved =
      triage::TakeMove(policy_, options_.key, good->move, &chain);
  if (moved.ok()) moved = chain.tentative_fault();
  if (!moved.ok()) return refused(moved);
  absl::StatusOr<VerifiedContent> content =
      VerifyContent(policy_, options_.key, chain.end().digest, good->start,
                    good->content, options_.content_bytes_max);
  if (!content.ok()) return refused(content.status());

  file_.Trust(*good);
  chain_.emplace(options_.key.pathway_id, options_.key.channel_id, chain.end());
  newest_move_ = good->move;
  // Whatever the clock did since, it was not the newest in the future.
  good->current_time = std::min(good->current_time, now);
  const absl::Time current_time = good->current_time;
  Activate(*std::move(content), *std::move(good), now);
  status_.Loaded(current_time);
  return absl::OkStatus();
}

content::v1::Subscribe ChannelReplica::Subscribe() {
  transfer_.reset();
  move_refused_ = absl::OkStatus();
  chain_->DropTentative();
  content::v1::Subscribe subscribe;
  subscribe.set_channel(ChannelName(options_.key));
  subscribe.set_subscriber_id(options_.replica_id);
  const Cursor newest{chain_->end().epoch, chain_->end().number};
  if (newest != Cursor{}) SetCursor(newest, subscribe.mutable_cursor());
  if (active_.has_value()) {
    SetCursor(ActiveCursor(), subscribe.mutable_active_cursor());
  }
  AddHeldDigests(subscribe.mutable_held_digests());
  subscribe.set_active_digest(ActiveDigest());
  subscribe.set_engine_version(pathway::kEngineVersion);
  subscribe.set_build_version(options_.build_version);
  return subscribe;
}

ChannelReplica::Reaction ChannelReplica::Take(const SyncResponse& message,
                                              absl::Time now) {
  switch (message.message_case()) {
    case SyncResponse::kSubscribed:
      TakeNewest(message.subscribed().newest(), now);
      return {};
    case SyncResponse::kMove:
      return TakeMove(message.move(), now);
    case SyncResponse::kContentStart:
      return TakeStart(message.content_start(), now);
    case SyncResponse::kContentChunk:
      return TakeChunk(message.content_chunk(), now);
    case SyncResponse::kWithdrawal:
      TakeWithdrawal(message.withdrawal());
      return {};
    case SyncResponse::kHeartbeat:
      TakeNewest(message.heartbeat().newest(), now);
      return {};
    case SyncResponse::kGoAway:
    case SyncResponse::MESSAGE_NOT_SET:  // Of a newer service.
      return {};
  }
  return {};
}

content::v1::ReplicaHeartbeat ChannelReplica::Heartbeat() const {
  content::v1::ReplicaHeartbeat heartbeat;
  if (active_.has_value()) {
    SetCursor(ActiveCursor(), heartbeat.mutable_cursor());
  }
  heartbeat.set_active_digest(ActiveDigest());
  return heartbeat;
}

// Of moves that cannot follow a refused one, nothing more is said.
ChannelReplica::Reaction ChannelReplica::TakeMove(const ChannelMove& move,
                                                  absl::Time now) {
  const absl::Status status =
      triage::TakeMove(policy_, options_.key, move, &*chain_);
  if (status.ok()) {
    if (chain_->tentative_fault().ok()) newest_move_ = move;
    move_refused_ = absl::OkStatus();
    status_.Heard(ToCursor(move.cursor()), ActiveCursor(), now);
    return {};
  }
  if (!move_refused_.ok()) return {};
  move_refused_ = status;
  return Refuse(move.cursor(), "", status, now);
}

absl::Status ChannelReplica::CheckStart(const ContentStart& start) const {
  const trust::ChainEnd& end = chain_->end();
  const Cursor cursor = ToCursor(start.cursor());
  if (cursor != Cursor{end.epoch, end.number}) {
    if (!move_refused_.ok()) return move_refused_;
    if (!chain_->tentative_fault().ok()) return chain_->tentative_fault();
    return Refused("MOVE_OUT_OF_ORDER",
                   absl::StrCat("content of move ", ToString(cursor),
                                " was announced; the newest move is ",
                                end.epoch, "-", end.number));
  }
  if (start.digest() != end.digest) {
    return Refused(
        "DIGEST_MISMATCH",
        absl::StrCat("content ", start.digest(),
                     " was announced; the move points to ", end.digest));
  }
  const auto bytes_max = static_cast<std::int64_t>(options_.content_bytes_max);
  if (start.size_bytes() > bytes_max) {
    return Refused("CONTENT_TOO_LARGE",
                   absl::StrCat("the content has ", start.size_bytes(),
                                " bytes; at most ", bytes_max, " are taken"));
  }
  return absl::OkStatus();
}

ChannelReplica::Reaction ChannelReplica::TakeStart(const ContentStart& start,
                                                   absl::Time now) {
  transfer_.reset();
  const absl::Status status = CheckStart(start);
  if (!status.ok()) {
    return Refuse(start.cursor(), start.digest(), status, now);
  }
  Transfer transfer{newest_move_, start, ""};
  if (start.content_held()) {
    absl::StatusOr<std::string> held = HeldContent(start.digest());
    if (!held.ok()) return {.stream = held.status()};
    transfer.content = *std::move(held);
    return Finish(std::move(transfer), now);
  }
  if (start.size_bytes() <= 0) return Finish(std::move(transfer), now);
  transfer.content.reserve(static_cast<std::size_t>(start.size_bytes()));
  transfer_ = std::move(transfer);
  return {};
}

absl::StatusOr<std::string> ChannelReplica::HeldContent(
    absl::string_view digest) const {
  for (const auto& release : table_.Held(options_.key)) {
    if (release->pathway->digest == digest) {
      return pathway::ToContent(*release->pathway->source);
    }
  }
  return absl::FailedPreconditionError(
      absl::StrCat("content ", digest,
                   " was let go since it was said to be "
                   "held; it is asked for again"));
}

ChannelReplica::Reaction ChannelReplica::TakeChunk(const ContentChunk& chunk,
                                                   absl::Time now) {
  if (!transfer_.has_value()) return {};  // Of a content that was refused.
  const auto size = static_cast<std::size_t>(transfer_->start.size_bytes());
  std::string& content = transfer_->content;
  const bool follows =
      chunk.digest() == transfer_->start.digest() &&
      chunk.offset() == static_cast<std::int64_t>(content.size()) &&
      chunk.data().size() <= size - content.size();
  if (!follows) {
    const std::size_t received = content.size();
    transfer_.reset();
    return {
        .stream = absl::FailedPreconditionError(absl::StrCat(
            "a piece of ", chunk.data().size(), " bytes at ", chunk.offset(),
            " arrived; ", received, " of ", size, " bytes were there"))};
  }
  content.append(chunk.data());
  if (content.size() < size) return {};
  Transfer whole = *std::exchange(transfer_, std::nullopt);
  return Finish(std::move(whole), now);
}

ChannelReplica::Reaction ChannelReplica::Finish(Transfer transfer,
                                                absl::Time now) {
  const content::v1::Cursor cursor = transfer.start.cursor();
  const std::string digest = transfer.start.digest();
  absl::StatusOr<VerifiedContent> content =
      VerifyContent(policy_, options_.key, digest, transfer.start,
                    transfer.content, options_.content_bytes_max);
  if (!content.ok()) return Refuse(cursor, digest, content.status(), now);

  PLUMBLINE_FAILPOINT("replica.after-verify");
  const auto withdrawal = withdrawals_.find(digest);
  if (withdrawal != withdrawals_.end()) {
    *transfer.start.mutable_withdrawal() = withdrawal->second;
  }
  LastKnownGood good{std::move(transfer.move), std::move(transfer.start),
                     std::move(transfer.content), now};
  const absl::Status saved = file_.Save(good);
  if (!saved.ok()) {
    Reaction reaction =
        Refuse(cursor, digest, Refused("STORAGE_FAILED", saved.message()), now);
    reaction.stream = saved;
    return reaction;
  }
  PLUMBLINE_FAILPOINT("replica.before-swap");
  Activate(*std::move(content), std::move(good), now);
  Acknowledgement acknowledgement;
  *acknowledgement.mutable_cursor() = cursor;
  acknowledgement.set_outcome(Acknowledgement::OUTCOME_ACK);
  acknowledgement.set_active_digest(digest);
  AddHeldDigests(acknowledgement.mutable_held_digests());
  return {.acknowledgement = std::move(acknowledgement)};
}

void ChannelReplica::Activate(VerifiedContent content, LastKnownGood good,
                              absl::Time now) {
  Release release{.pathway = std::move(content.pathway),
                  .name = std::move(content.release),
                  .cursor = ToCursor(good.move.cursor()),
                  .activate_time = now};
  release.withdrawn =
      good.start.has_withdrawal() &&
      VerifyWithdrawal(policy_, options_.key, good.start.withdrawal()).ok();
  if (release.withdrawn) {
    withdrawals_[good.start.digest()] = good.start.withdrawal();
  }
  table_.Activate(options_.key, std::move(release));
  const std::shared_ptr<const Release> active = table_.Active(options_.key);
  rpc::Log(rpc::LogLevel::kInfo, "release active",
           {{"channel", ChannelName(options_.key)},
            {"move", ToString(active->cursor)},
            {"release", active->name},
            {"digest", active->pathway->digest},
            {"withdrawn", active->withdrawn}});
  active_ = std::move(good);
  status_.Accepted();
  status_.Heard({chain_->end().epoch, chain_->end().number}, ActiveCursor(),
                now);
}

void ChannelReplica::TakeWithdrawal(const content::v1::Withdrawal& withdrawal) {
  const absl::Status status =
      VerifyWithdrawal(policy_, options_.key, withdrawal);
  rpc::Log(rpc::LogLevel::kWarning,
           status.ok() ? "release withdrawn" : "withdrawal not believed",
           {{"channel", ChannelName(options_.key)},
            {"digest", withdrawal.digest()},
            {"message", std::string(status.message())}});
  if (!status.ok()) return;
  withdrawals_[withdrawal.digest()] = withdrawal;
  table_.MarkWithdrawn(options_.key.pathway_id, withdrawal.digest());
  if (ActiveDigest() != withdrawal.digest()) return;
  *active_->start.mutable_withdrawal() = withdrawal;
  const absl::Status saved = file_.Save(*active_);
  if (saved.ok()) return;
  rpc::Log(rpc::LogLevel::kError, "withdrawal not stored",
           {{"channel", ChannelName(options_.key)},
            {"message", std::string(saved.message())}});
}

void ChannelReplica::TakeNewest(const content::v1::Cursor& newest,
                                absl::Time now) {
  if (!active_.has_value()) return;
  status_.Heard(ToCursor(newest), ActiveCursor(), now);
  KeepAge(kAgeLagMax);
}

void ChannelReplica::KeepAge() { KeepAge(absl::Seconds(1)); }

// What fails is tried again when it is as old again: the content is on disk.
void ChannelReplica::KeepAge(absl::Duration age_min) {
  if (!active_.has_value()) return;
  const absl::Time current = status_.Get().age.last_current();
  if (current - active_->current_time < age_min) return;
  active_->current_time = current;
  const absl::Status saved = file_.Save(*active_);
  if (saved.ok()) return;
  rpc::Log(rpc::LogLevel::kError, "age of the content not stored",
           {{"channel", ChannelName(options_.key)},
            {"message", std::string(saved.message())}});
}

void ChannelReplica::AddHeldDigests(
    google::protobuf::RepeatedPtrField<std::string>* digests) const {
  for (const auto& release : table_.Held(options_.key)) {
    *digests->Add() = release->pathway->digest;
  }
}

ChannelReplica::Reaction ChannelReplica::Refuse(
    const content::v1::Cursor& cursor, absl::string_view digest,
    const absl::Status& why, absl::Time now) {
  const std::string reason = rpc::ReasonOf(why);
  const std::string message(rpc::CutText(why.message(), kNackMessageBytesMax));
  rpc::Log(rpc::LogLevel::kError, "move refused",
           {{"channel", ChannelName(options_.key)},
            {"move", ToString(ToCursor(cursor))},
            {"digest", digest},
            {"reason", reason},
            {"message", message}});
  status_.Refused(
      {ToCursor(cursor), std::string(digest), reason, message, now});
  Acknowledgement acknowledgement;
  *acknowledgement.mutable_cursor() = cursor;
  acknowledgement.set_outcome(Acknowledgement::OUTCOME_NACK);
  acknowledgement.set_reason(reason);
  acknowledgement.set_message(message);
  acknowledgement.set_active_digest(ActiveDigest());
  AddHeldDigests(acknowledgement.mutable_held_digests());
  return {.acknowledgement = std::move(acknowledgement)};
}

std::string ChannelReplica::ActiveDigest() const {
  return active_.has_value() ? active_->start.digest() : "";
}

Cursor ChannelReplica::ActiveCursor() const {
  return active_.has_value() ? ToCursor(active_->move.cursor()) : Cursor{};
}

}  // namespace plumbline::triage
