// Everything that content-service must not forget: drafts, content, releases,
// channels with their moves, attestations, and the requests already answered.
//
// The store keeps and finds; it does not judge, and it does not read the bytes
// that it keeps. All reading and writing happens in Read() and Write(). A write
// is whole or not at all: once Write() has returned OK it survives a crash, and
// if the given function fails, or the process dies within it, nothing of it is
// left. Implementations are thread-safe: writes happen one after the other, and
// a read sees one state of the store, never a part of a write. Every
// implementation passes tests/content-service/storage/content_store_test.cc.
//
// Ids are compared byte for byte. Failures: NOT_FOUND names the resource that
// is missing, ALREADY_EXISTS the one that is there, DATA_LOSS and INTERNAL say
// what the store could not do, and never how.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_CONTENT_STORE_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_CONTENT_STORE_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace plumbline::content {

// Every record that is added gets the next number of one sequence, so that a
// list can be read page by page as it was when the first page was read.
inline constexpr std::int64_t kAnySequence =
    std::numeric_limits<std::int64_t>::max();

struct PathwayRecord {
  std::string pathway_id;
  absl::Time create_time;
  std::int64_t sequence = 0;  // Given by the store.
};

struct DraftRecord {
  std::string pathway_id;
  std::string draft_id;
  int state = 0;              // Drafts can be found by it.
  std::string bytes;          // What the caller keeps, without the sources.
  std::int64_t sequence = 0;  // Given by the store at every change.
};

struct ReleaseRecord {
  std::string pathway_id;
  std::int64_t number = 0;
  std::string digest;
  std::string bytes;
  std::int64_t sequence = 0;  // Given by the store when the release is added.
};

struct MoveRecord {
  std::string pathway_id;
  std::string channel_id;
  std::int64_t epoch = 0;
  std::int64_t number = 0;
  std::string bytes;
  std::int64_t sequence = 0;  // Given by the store.
};

// Where a move stands in its channel; ordered by epoch, then by number.
struct MovePosition {
  std::int64_t epoch = 0;
  std::int64_t number = 0;

  friend auto operator<=>(const MovePosition&, const MovePosition&) = default;
};

inline constexpr MovePosition kAfterEveryMove = {
    std::numeric_limits<std::int64_t>::max(),
    std::numeric_limits<std::int64_t>::max()};

// A request that was answered.
struct RequestKey {
  std::string principal;
  std::string method;
  std::string request_id;

  friend auto operator<=>(const RequestKey&, const RequestKey&) = default;
};

struct RequestRecord {
  RequestKey key;
  std::string payload_digest;
  std::string response;
  absl::Time expire_time;
};

// One state of the store.
class Reader {
 public:
  virtual ~Reader() = default;

  // The number that was given last; 0 in an empty store.
  virtual absl::StatusOr<std::int64_t> NewestSequence() const = 0;

  // A named fact about the store itself.
  virtual absl::StatusOr<std::string> FindFact(
      absl::string_view name) const = 0;

  virtual absl::StatusOr<PathwayRecord> FindPathway(
      absl::string_view pathway_id) const = 0;

  // At most `limit` pathways by ascending id, after `after_id`, of those added
  // up to `through_sequence`.
  virtual absl::StatusOr<std::vector<PathwayRecord>> ListPathways(
      absl::string_view after_id, std::int64_t through_sequence,
      int limit) const = 0;

  virtual absl::StatusOr<DraftRecord> FindDraft(
      absl::string_view pathway_id, absl::string_view draft_id) const = 0;

  // At most `limit` drafts of a pathway, the newest change first, below
  // `before_sequence`.
  virtual absl::StatusOr<std::vector<DraftRecord>> ListDrafts(
      absl::string_view pathway_id, std::int64_t before_sequence,
      int limit) const = 0;

  // Every draft in `state`, of any pathway.
  virtual absl::StatusOr<std::vector<DraftRecord>> ListDraftsInState(
      int state) const = 0;

  // The sources of a draft; empty bytes if none were ever put.
  virtual absl::StatusOr<std::string> FindDraftSources(
      absl::string_view pathway_id, absl::string_view draft_id) const = 0;

  virtual absl::StatusOr<std::string> FindContent(
      absl::string_view digest) const = 0;

  // Oldest first; empty if there are none.
  virtual absl::StatusOr<std::vector<std::string>> ListAttestations(
      absl::string_view digest) const = 0;

  virtual absl::StatusOr<ReleaseRecord> FindRelease(
      absl::string_view pathway_id, std::int64_t number) const = 0;

  virtual absl::StatusOr<ReleaseRecord> FindReleaseByDigest(
      absl::string_view digest) const = 0;

  // At most `limit` releases of a pathway by descending number, below
  // `before_number`, of those added up to `through_sequence`.
  virtual absl::StatusOr<std::vector<ReleaseRecord>> ListReleases(
      absl::string_view pathway_id, std::int64_t before_number,
      std::int64_t through_sequence, int limit) const = 0;

  virtual absl::StatusOr<MoveRecord> FindMove(absl::string_view pathway_id,
                                              absl::string_view channel_id,
                                              MovePosition position) const = 0;

  // The highest move of a channel; NOT_FOUND names the channel.
  virtual absl::StatusOr<MoveRecord> FindNewestMove(
      absl::string_view pathway_id, absl::string_view channel_id) const = 0;

  // At most `limit` moves of a channel after `after`, oldest first.
  virtual absl::StatusOr<std::vector<MoveRecord>> ListMovesAfter(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition after, int limit) const = 0;

  // At most `limit` moves of a channel before `before`, newest first.
  virtual absl::StatusOr<std::vector<MoveRecord>> ListMovesBefore(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition before, int limit) const = 0;

  // The highest move, added up to `through_sequence`, of each of at most
  // `limit` channels of a pathway, by ascending channel id, after `after_id`.
  virtual absl::StatusOr<std::vector<MoveRecord>> ListChannels(
      absl::string_view pathway_id, absl::string_view after_id,
      std::int64_t through_sequence, int limit) const = 0;

  virtual absl::StatusOr<RequestRecord> FindRequest(
      const RequestKey& key) const = 0;
};

// A change in progress; sees its own writes.
class Transaction : public Reader {
 public:
  // Sets a fact, or replaces it.
  virtual absl::Status PutFact(absl::string_view name,
                               absl::string_view value) = 0;

  virtual absl::Status AddPathway(absl::string_view pathway_id,
                                  absl::Time create_time) = 0;

  // Adds a draft to a pathway that exists.
  virtual absl::Status AddDraft(const DraftRecord& draft) = 0;

  // Replaces the state and bytes of a draft.
  virtual absl::Status ReplaceDraft(const DraftRecord& draft) = 0;

  virtual absl::Status PutDraftSources(absl::string_view pathway_id,
                                       absl::string_view draft_id,
                                       absl::string_view bytes) = 0;

  // Keeps content. The same digest again changes nothing.
  virtual absl::Status PutContent(absl::string_view digest,
                                  absl::string_view bytes) = 0;

  // Adds an attestation to content that is kept.
  virtual absl::Status AddAttestation(absl::string_view digest,
                                      absl::string_view bytes) = 0;

  // Adds a release of content that is kept, to a pathway that exists. A number
  // and a digest are each released once.
  virtual absl::Status AddRelease(const ReleaseRecord& release) = 0;

  // Replaces the bytes of a release.
  virtual absl::Status ReplaceRelease(const ReleaseRecord& release) = 0;

  // Adds a move to a channel of a pathway that exists; the first one makes the
  // channel.
  virtual absl::Status AddMove(const MoveRecord& move) = 0;

  virtual absl::Status AddRequest(const RequestRecord& request) = 0;

  // Forgets the requests that expired before `time`.
  virtual absl::Status DropRequestsExpiredBefore(absl::Time time) = 0;
};

class ContentStore {
 public:
  virtual ~ContentStore() = default;

  // Calls `read` with the newest state; returns what it returns.
  virtual absl::Status Read(
      absl::FunctionRef<absl::Status(const Reader&)> read) = 0;

  // Calls `write` while no other write runs, and keeps its changes if it
  // returns OK. Returns what it returns, or why the changes could not be kept.
  // `write` must not call the store itself.
  virtual absl::Status Write(
      absl::FunctionRef<absl::Status(Transaction&)> write) = 0;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_CONTENT_STORE_H_
