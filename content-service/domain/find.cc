#include "content-service/domain/find.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/rpc/error_details.h"

namespace plumbline::content {
namespace {

// Stored bytes that do not parse are damage, not a fault of the caller.
template <typename Message>
absl::StatusOr<Message> Parse(const std::string& bytes) {
  Message message;
  if (message.ParseFromString(bytes)) return message;
  return absl::DataLossError("a record of the content store is damaged");
}

// `status` with `reason` where it says that something is missing.
absl::Status Reasoned(const absl::Status& status, const char* reason,
                      const char* key, const std::string& name) {
  if (!absl::IsNotFound(status)) return status;
  return rpc::WithReason(status, reason, {{key, name}});
}

// Records that are read at a time.
constexpr int kBatch = 64;

}  // namespace

ChannelId ChannelOf(const v1::ChannelMove& move) {
  const absl::string_view name = move.name();
  return *ParseChannelName(name.substr(0, name.rfind("/moves/")));
}

absl::StatusOr<std::vector<v1::ChannelMove>> NewestMoves(
    const Reader& reader, const std::string& pathway_id) {
  std::vector<v1::ChannelMove> newest;
  std::string after;
  while (true) {
    const absl::StatusOr<std::vector<MoveRecord>> records =
        reader.ListChannels(pathway_id, after, kAnySequence, kBatch);
    if (!records.ok()) return records.status();
    for (const MoveRecord& record : *records) {
      absl::StatusOr<v1::ChannelMove> move = ToMove(record);
      if (!move.ok()) return move.status();
      newest.push_back(*std::move(move));
      after = record.channel_id;
    }
    if (static_cast<int>(records->size()) < kBatch) return newest;
  }
}

absl::StatusOr<std::vector<v1::Withdrawal>> FindWithdrawals(
    const Reader& reader, const std::string& pathway_id) {
  std::vector<v1::Withdrawal> withdrawals;
  std::int64_t before = kAnySequence;
  while (true) {
    const absl::StatusOr<std::vector<ReleaseRecord>> records =
        reader.ListReleases(pathway_id, before, kAnySequence, kBatch);
    if (!records.ok()) return records.status();
    for (const ReleaseRecord& record : *records) {
      const absl::StatusOr<v1::Release> release = ToRelease(record);
      if (!release.ok()) return release.status();
      if (release->has_withdrawal()) {
        withdrawals.push_back(release->withdrawal());
      }
      before = record.number;
    }
    if (static_cast<int>(records->size()) < kBatch) break;
  }
  std::reverse(withdrawals.begin(), withdrawals.end());
  return withdrawals;
}

absl::Status RequireNotWithdrawn(const v1::Release& release) {
  if (release.state() != v1::Release::STATE_WITHDRAWN) return absl::OkStatus();
  return rpc::WithReason(absl::FailedPreconditionError(
                             absl::StrCat(release.name(), " is withdrawn")),
                         "RELEASE_WITHDRAWN", {{"release", release.name()}});
}

absl::Status RequirePathway(const Reader& reader,
                            const std::string& pathway_id) {
  return Reasoned(reader.FindPathway(pathway_id).status(), "PATHWAY_NOT_FOUND",
                  "pathway", absl::StrCat("pathways/", pathway_id));
}

absl::StatusOr<v1::Release> ToRelease(const ReleaseRecord& record) {
  return Parse<v1::Release>(record.bytes);
}

absl::StatusOr<v1::Release> FindRelease(const Reader& reader,
                                        const ReleaseId& id) {
  const absl::Status pathway = RequirePathway(reader, id.pathway_id);
  if (!pathway.ok()) return pathway;
  absl::StatusOr<ReleaseRecord> record =
      id.digest.empty() ? reader.FindRelease(id.pathway_id, id.number)
                        : reader.FindReleaseByDigest(id.digest);
  const std::string name = ToString(id);
  if (record.ok() && record->pathway_id != id.pathway_id) {
    record = absl::NotFoundError(absl::StrCat("there is no ", name));
  }
  if (!record.ok()) {
    return Reasoned(record.status(), "RELEASE_NOT_FOUND", "release", name);
  }
  return ToRelease(*record);
}

absl::StatusOr<std::vector<v1::Attestation>> FindAttestations(
    const Reader& reader, const std::string& digest) {
  const absl::StatusOr<std::vector<std::string>> stored =
      reader.ListAttestations(digest);
  if (!stored.ok()) return stored.status();
  std::vector<v1::Attestation> attestations;
  for (const std::string& bytes : *stored) {
    absl::StatusOr<v1::Attestation> attestation = Parse<v1::Attestation>(bytes);
    if (!attestation.ok()) return attestation.status();
    attestations.push_back(*std::move(attestation));
  }
  return attestations;
}

absl::StatusOr<v1::ChannelMove> ToMove(const MoveRecord& record) {
  return Parse<v1::ChannelMove>(record.bytes);
}

absl::StatusOr<v1::ChannelMove> FindNewestMove(const Reader& reader,
                                               const ChannelId& id) {
  const absl::Status pathway = RequirePathway(reader, id.pathway_id);
  if (!pathway.ok()) return pathway;
  const absl::StatusOr<MoveRecord> record =
      reader.FindNewestMove(id.pathway_id, id.channel_id);
  if (!record.ok()) {
    return Reasoned(record.status(), "CHANNEL_NOT_FOUND", "channel",
                    ToString(id));
  }
  return ToMove(*record);
}

absl::StatusOr<v1::Channel> ToChannel(const Reader& reader,
                                      const v1::ChannelMove& move) {
  const ChannelId id = ChannelOf(move);
  const absl::StatusOr<v1::Release> release =
      FindRelease(reader, {id.pathway_id, 0, move.digest()});
  if (!release.ok()) return release.status();
  v1::Channel channel;
  channel.set_name(ToString(id));
  *channel.mutable_cursor() = move.cursor();
  channel.set_digest(move.digest());
  channel.set_release(move.release());
  channel.set_withdrawn(release->state() == v1::Release::STATE_WITHDRAWN);
  *channel.mutable_move_time() = move.create_time();
  channel.set_mover(move.mover());
  channel.set_reason(move.reason());
  channel.set_etag(
      absl::StrCat(move.cursor().epoch(), "-", move.cursor().number()));
  return channel;
}

}  // namespace plumbline::content
