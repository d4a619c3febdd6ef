// One channel as this replica has it: takes in what the content service sends,
// message by message, verifies it, keeps it on disk and makes it active.
//
// Whatever arrives, what is active stays active until something newer has been
// verified, compiled and written to disk. Knows nothing of streams and
// time-outs (see content_follower.h). For one thread at a time.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_REPLICA_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_REPLICA_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/file/file_system.h"
#include "common/pathway/content.h"
#include "common/trust/move_chain.h"
#include "common/trust/trust_policy.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/content/last_known_good.h"
#include "triage-service/content/verify_release.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

class ChannelReplica {
 public:
  struct Options {
    ChannelKey key;
    std::string replica_id;
    std::string state_dir;
    std::string build_version;
    std::size_t content_bytes_max = pathway::kContentBytesMax;
  };

  // What to do after a message.
  struct Reaction {
    // To be sent, if there.
    std::optional<content::v1::Acknowledgement> acknowledgement;
    // Not OK: the stream is of no more use; open another one.
    absl::Status stream = absl::OkStatus();
  };

  // All must outlive this. `table` and `status` are of the channel.
  ChannelReplica(Options options, const trust::TrustPolicy& policy,
                 file::FileSystem& files, ReleaseTable& table,
                 ChannelStatus& status);

  // Makes the last-known-good active, verified as if it had been received.
  // NOT_FOUND where there is none; anything else says why it is not used.
  absl::Status LoadFromDisk(absl::Time now);

  // The first message of a new stream. Forgets what the last stream left
  // unfinished.
  content::v1::Subscribe Subscribe();

  // Takes a message that arrived at `now`.
  Reaction Take(const content::v1::SyncResponse& message, absl::Time now);

  content::v1::ReplicaHeartbeat Heartbeat() const;

  // Writes to disk until when the content was known to be the newest, so that
  // the next process does not take it for older. For the end of this one; while
  // it is followed that happens by itself, hourly.
  void KeepAge();

  const ChannelKey& key() const { return options_.key; }

 private:
  // A content that is being received, and the verified move that it is of.
  struct Transfer {
    content::v1::ChannelMove move;
    content::v1::ContentStart start;
    std::string content;
  };

  Reaction TakeMove(const content::v1::ChannelMove& move, absl::Time now);
  Reaction TakeStart(const content::v1::ContentStart& start, absl::Time now);
  Reaction TakeChunk(const content::v1::ContentChunk& chunk, absl::Time now);
  void TakeWithdrawal(const content::v1::Withdrawal& withdrawal);
  void TakeNewest(const content::v1::Cursor& newest, absl::Time now);
  // As KeepAge(), where what is on disk is at least so old.
  void KeepAge(absl::Duration age_min);
  void AddHeldDigests(
      google::protobuf::RepeatedPtrField<std::string>* digests) const;

  // Checks that `start` announces the content of the newest verified move, in a
  // size that is taken.
  absl::Status CheckStart(const content::v1::ContentStart& start) const;
  // The content that the service says is held. Its bytes are those of the
  // message that the release was compiled from.
  absl::StatusOr<std::string> HeldContent(absl::string_view digest) const;
  // Verifies, stores and activates a whole content.
  Reaction Finish(Transfer transfer, absl::Time now);
  void Activate(VerifiedContent content, LastKnownGood good, absl::Time now);
  Reaction Refuse(const content::v1::Cursor& cursor, absl::string_view digest,
                  const absl::Status& why, absl::Time now);

  std::string ActiveDigest() const;
  Cursor ActiveCursor() const;

  const Options options_;
  const trust::TrustPolicy& policy_;
  ReleaseTable& table_;
  ChannelStatus& status_;
  LastKnownGoodFile file_;
  // The moves so far. Never empty; replaced when a file is loaded.
  std::optional<trust::MoveChain> chain_;
  // The move at the verified end of `chain_`.
  content::v1::ChannelMove newest_move_;
  // What is active; its move is at or before the verified end of `chain_`.
  std::optional<LastKnownGood> active_;
  std::optional<Transfer> transfer_;
  // The withdrawals that were verified, by digest: one may come before its
  // content does, or while it does.
  std::map<std::string, content::v1::Withdrawal> withdrawals_;
  // Why a move of this stream was refused; OK: none was, or an epoch came
  // since.
  absl::Status move_refused_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_REPLICA_H_
