// Last-known-good: what one channel last made active, on disk, so that a
// replica that starts without the content service serves at once.
//
// One file a channel, `<state_dir>/<pathway>.<channel>.last-known-good`. It
// holds what the content service sent: a line that says how much, how old and
// with which SHA-256, then the messages of
// proto/plumbline/content/v1/sync.proto. Reading it finds damage wherever it
// is; whether its content may be trusted is verified as if it had just been
// received (see channel_replica.h).

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_LAST_KNOWN_GOOD_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_LAST_KNOWN_GOOD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/file/file_system.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/sync.pb.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

struct LastKnownGood {
  // The move that made the content active, with its signatures.
  content::v1::ChannelMove move;
  // What announced the content, with its attestations.
  content::v1::ContentStart start;
  std::string content;
  // When it was last known to be the channel's newest; in whole seconds.
  absl::Time current_time;
};

// The bytes of a file, and back. ParseLastKnownGood() returns DATA_LOSS saying
// what is damaged for bytes that EncodeLastKnownGood() did not write, and
// FAILED_PRECONDITION for a file of another build's format.
std::string EncodeLastKnownGood(const LastKnownGood& good);
absl::StatusOr<LastKnownGood> ParseLastKnownGood(absl::string_view bytes);

// The file of one channel. One writer at a time.
class LastKnownGoodFile {
 public:
  // `files` must outlive this.
  LastKnownGoodFile(file::FileSystem& files, const std::string& state_dir,
                    const ChannelKey& key);

  // NOT_FOUND where there is none yet; DATA_LOSS where it is damaged or of
  // another channel, FAILED_PRECONDITION where it is of another format.
  // Messages open with the path and say what to do.
  absl::StatusOr<LastKnownGood> Load() const;

  // What Load() returned was verified: no older move replaces it. Until then
  // any move does.
  void Trust(const LastKnownGood& good);

  // Replaces the file. FAILED_PRECONDITION for a move before the one that was
  // trusted or saved last: what is kept never goes backwards.
  absl::Status Save(const LastKnownGood& good);

  const std::string& path() const { return path_; }

 private:
  file::FileSystem& files_;
  const ChannelKey key_;
  const std::string path_;
  Cursor newest_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_LAST_KNOWN_GOOD_H_
