#include "content-service/storage/memory_content_store.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"
#include "content-service/storage/missing.h"

namespace plumbline::content {
namespace {

using IdPair = std::pair<std::string, std::string>;
// Shared between states: content never changes.
using SharedBytes = std::shared_ptr<const std::string>;

struct State {
  std::int64_t sequence = 0;
  std::map<std::string, std::string> facts;
  std::map<std::string, PathwayRecord> pathways;
  std::map<IdPair, DraftRecord> drafts;
  std::map<IdPair, SharedBytes> draft_sources;
  std::map<std::string, SharedBytes> contents;
  std::map<std::string, std::vector<std::string>> attestations;
  std::map<std::pair<std::string, std::int64_t>, ReleaseRecord> releases;
  // By pathway and channel; each in the order of its positions.
  std::map<IdPair, std::map<MovePosition, MoveRecord>> channels;
  std::map<RequestKey, RequestRecord> requests;
};

IdPair Pair(absl::string_view first, absl::string_view second) {
  return {std::string(first), std::string(second)};
}

// A view of one state. `Base` is Reader, or Transaction which is one.
template <typename Base>
class View : public Base {
 public:
  explicit View(const State& state) : state_(state) {}

  absl::StatusOr<std::int64_t> NewestSequence() const override {
    return state_.sequence;
  }

  absl::StatusOr<std::string> FindFact(absl::string_view name) const override {
    return Find(state_.facts, std::string(name), absl::StrCat("fact ", name));
  }

  absl::StatusOr<PathwayRecord> FindPathway(
      absl::string_view pathway_id) const override {
    return Find(state_.pathways, std::string(pathway_id),
                PathwayName(pathway_id));
  }

  absl::StatusOr<std::vector<PathwayRecord>> ListPathways(
      absl::string_view after_id, std::int64_t through_sequence,
      int limit) const override {
    std::vector<PathwayRecord> result;
    for (auto it = state_.pathways.upper_bound(std::string(after_id));
         it != state_.pathways.end() && HasRoom(result, limit); ++it) {
      if (it->second.sequence <= through_sequence) result.push_back(it->second);
    }
    return result;
  }

  absl::StatusOr<DraftRecord> FindDraft(
      absl::string_view pathway_id, absl::string_view draft_id) const override {
    return Find(state_.drafts, Pair(pathway_id, draft_id),
                DraftName(pathway_id, draft_id));
  }

  absl::StatusOr<std::vector<DraftRecord>> ListDrafts(
      absl::string_view pathway_id, std::int64_t before_sequence,
      int limit) const override {
    std::map<std::int64_t, const DraftRecord*, std::greater<>> newest_first;
    for (const auto& [key, draft] : state_.drafts) {
      if (key.first == pathway_id && draft.sequence < before_sequence) {
        newest_first[draft.sequence] = &draft;
      }
    }
    std::vector<DraftRecord> result;
    for (const auto& [sequence, draft] : newest_first) {
      if (HasRoom(result, limit)) result.push_back(*draft);
    }
    return result;
  }

  absl::StatusOr<std::vector<DraftRecord>> ListDraftsInState(
      int wanted) const override {
    std::vector<DraftRecord> result;
    for (const auto& [key, draft] : state_.drafts) {
      if (draft.state == wanted) result.push_back(draft);
    }
    return result;
  }

  absl::StatusOr<std::string> FindDraftSources(
      absl::string_view pathway_id, absl::string_view draft_id) const override {
    const absl::StatusOr<DraftRecord> draft = FindDraft(pathway_id, draft_id);
    if (!draft.ok()) return draft.status();
    const auto found = state_.draft_sources.find(Pair(pathway_id, draft_id));
    if (found == state_.draft_sources.end()) return std::string();
    return *found->second;
  }

  absl::StatusOr<std::string> FindContent(
      absl::string_view digest) const override {
    const auto found = state_.contents.find(std::string(digest));
    if (found == state_.contents.end()) return Missing(ContentName(digest));
    return *found->second;
  }

  absl::StatusOr<std::vector<std::string>> ListAttestations(
      absl::string_view digest) const override {
    const auto found = state_.attestations.find(std::string(digest));
    if (found == state_.attestations.end()) return std::vector<std::string>();
    return found->second;
  }

  absl::StatusOr<ReleaseRecord> FindRelease(
      absl::string_view pathway_id, std::int64_t number) const override {
    return Find(state_.releases,
                std::make_pair(std::string(pathway_id), number),
                ReleaseName(pathway_id, number));
  }

  absl::StatusOr<ReleaseRecord> FindReleaseByDigest(
      absl::string_view digest) const override {
    for (const auto& [key, release] : state_.releases) {
      if (release.digest == digest) return release;
    }
    return Missing(absl::StrCat("release with digest ", digest));
  }

  absl::StatusOr<std::vector<ReleaseRecord>> ListReleases(
      absl::string_view pathway_id, std::int64_t before_number,
      std::int64_t through_sequence, int limit) const override {
    std::vector<ReleaseRecord> result;
    auto it = state_.releases.lower_bound(
        std::make_pair(std::string(pathway_id), before_number));
    while (it != state_.releases.begin() && HasRoom(result, limit)) {
      --it;
      if (it->first.first != pathway_id) break;
      if (it->second.sequence <= through_sequence) result.push_back(it->second);
    }
    return result;
  }

  absl::StatusOr<MoveRecord> FindMove(absl::string_view pathway_id,
                                      absl::string_view channel_id,
                                      MovePosition position) const override {
    const auto channel = state_.channels.find(Pair(pathway_id, channel_id));
    if (channel != state_.channels.end()) {
      const auto move = channel->second.find(position);
      if (move != channel->second.end()) return move->second;
    }
    return Missing(MoveName(pathway_id, channel_id, position));
  }

  absl::StatusOr<MoveRecord> FindNewestMove(
      absl::string_view pathway_id,
      absl::string_view channel_id) const override {
    const auto found = state_.channels.find(Pair(pathway_id, channel_id));
    if (found == state_.channels.end()) {
      return Missing(ChannelName(pathway_id, channel_id));
    }
    return found->second.rbegin()->second;
  }

  absl::StatusOr<std::vector<MoveRecord>> ListMovesAfter(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition after, int limit) const override {
    std::vector<MoveRecord> result;
    const auto found = state_.channels.find(Pair(pathway_id, channel_id));
    if (found == state_.channels.end()) return result;
    for (auto it = found->second.upper_bound(after);
         it != found->second.end() && HasRoom(result, limit); ++it) {
      result.push_back(it->second);
    }
    return result;
  }

  absl::StatusOr<std::vector<MoveRecord>> ListMovesBefore(
      absl::string_view pathway_id, absl::string_view channel_id,
      MovePosition before, int limit) const override {
    std::vector<MoveRecord> result;
    const auto found = state_.channels.find(Pair(pathway_id, channel_id));
    if (found == state_.channels.end()) return result;
    auto it = found->second.lower_bound(before);
    while (it != found->second.begin() && HasRoom(result, limit)) {
      result.push_back((--it)->second);
    }
    return result;
  }

  absl::StatusOr<std::vector<MoveRecord>> ListChannels(
      absl::string_view pathway_id, absl::string_view after_id,
      std::int64_t through_sequence, int limit) const override {
    std::vector<MoveRecord> result;
    for (auto it = state_.channels.upper_bound(Pair(pathway_id, after_id));
         it != state_.channels.end() && it->first.first == pathway_id &&
         HasRoom(result, limit);
         ++it) {
      const std::optional<MoveRecord> move =
          NewestThrough(it->second, through_sequence);
      if (move.has_value()) result.push_back(*move);
    }
    return result;
  }

  absl::StatusOr<RequestRecord> FindRequest(
      const RequestKey& key) const override {
    return Find(state_.requests, key, absl::StrCat("request ", key.request_id));
  }

 private:
  template <typename Map>
  static absl::StatusOr<typename Map::mapped_type> Find(
      const Map& map, const typename Map::key_type& key,
      const std::string& name) {
    const auto found = map.find(key);
    if (found == map.end()) return Missing(name);
    return found->second;
  }

  template <typename T>
  static bool HasRoom(const std::vector<T>& result, int limit) {
    return static_cast<int>(result.size()) < limit;
  }

  static std::optional<MoveRecord> NewestThrough(
      const std::map<MovePosition, MoveRecord>& moves,
      std::int64_t through_sequence) {
    for (auto it = moves.rbegin(); it != moves.rend(); ++it) {
      if (it->second.sequence <= through_sequence) return it->second;
    }
    return std::nullopt;
  }

  const State& state_;
};

// Changes a state of its own.
class MemoryTransaction final : public View<Transaction> {
 public:
  explicit MemoryTransaction(State& state) : View(state), state_(state) {}

  absl::Status PutFact(absl::string_view name,
                       absl::string_view value) override {
    state_.facts[std::string(name)] = std::string(value);
    return absl::OkStatus();
  }

  absl::Status AddPathway(absl::string_view pathway_id,
                          absl::Time create_time) override {
    const std::string id(pathway_id);
    if (state_.pathways.count(id) != 0) return Exists(PathwayName(id));
    state_.pathways[id] = {id, create_time, ++state_.sequence};
    return absl::OkStatus();
  }

  absl::Status AddDraft(const DraftRecord& draft) override {
    const absl::Status pathway = FindPathway(draft.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const IdPair key = Pair(draft.pathway_id, draft.draft_id);
    if (state_.drafts.count(key) != 0) {
      return Exists(DraftName(draft.pathway_id, draft.draft_id));
    }
    DraftRecord& added = state_.drafts[key] = draft;
    added.sequence = ++state_.sequence;
    return absl::OkStatus();
  }

  absl::Status ReplaceDraft(const DraftRecord& draft) override {
    const auto found =
        state_.drafts.find(Pair(draft.pathway_id, draft.draft_id));
    if (found == state_.drafts.end()) {
      return Missing(DraftName(draft.pathway_id, draft.draft_id));
    }
    found->second.state = draft.state;
    found->second.bytes = draft.bytes;
    found->second.sequence = ++state_.sequence;
    return absl::OkStatus();
  }

  absl::Status PutDraftSources(absl::string_view pathway_id,
                               absl::string_view draft_id,
                               absl::string_view bytes) override {
    const absl::Status draft = FindDraft(pathway_id, draft_id).status();
    if (!draft.ok()) return draft;
    state_.draft_sources[Pair(pathway_id, draft_id)] =
        std::make_shared<const std::string>(bytes);
    return absl::OkStatus();
  }

  absl::Status PutContent(absl::string_view digest,
                          absl::string_view bytes) override {
    state_.contents.try_emplace(std::string(digest),
                                std::make_shared<const std::string>(bytes));
    return absl::OkStatus();
  }

  absl::Status AddAttestation(absl::string_view digest,
                              absl::string_view bytes) override {
    const absl::Status content = RequireContent(digest);
    if (!content.ok()) return content;
    state_.attestations[std::string(digest)].emplace_back(bytes);
    return absl::OkStatus();
  }

  absl::Status AddRelease(const ReleaseRecord& release) override {
    const absl::Status pathway = FindPathway(release.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const absl::Status content = RequireContent(release.digest);
    if (!content.ok()) return content;
    const auto key = std::make_pair(release.pathway_id, release.number);
    if (state_.releases.count(key) != 0 ||
        FindReleaseByDigest(release.digest).ok()) {
      return Exists(ReleaseName(release.pathway_id, release.number));
    }
    ReleaseRecord& added = state_.releases[key] = release;
    added.sequence = ++state_.sequence;
    return absl::OkStatus();
  }

  absl::Status ReplaceRelease(const ReleaseRecord& release) override {
    const auto found = state_.releases.find(
        std::make_pair(release.pathway_id, release.number));
    if (found == state_.releases.end()) {
      return Missing(ReleaseName(release.pathway_id, release.number));
    }
    found->second.bytes = release.bytes;
    return absl::OkStatus();
  }

  absl::Status AddMove(const MoveRecord& move) override {
    const absl::Status pathway = FindPathway(move.pathway_id).status();
    if (!pathway.ok()) return pathway;
    const MovePosition position = {move.epoch, move.number};
    auto& moves = state_.channels[Pair(move.pathway_id, move.channel_id)];
    if (moves.count(position) != 0) {
      return Exists(MoveName(move.pathway_id, move.channel_id, position));
    }
    MoveRecord& added = moves[position] = move;
    added.sequence = ++state_.sequence;
    return absl::OkStatus();
  }

  absl::Status AddRequest(const RequestRecord& request) override {
    if (!state_.requests.try_emplace(request.key, request).second) {
      return Exists(absl::StrCat("request ", request.key.request_id));
    }
    return absl::OkStatus();
  }

  absl::Status DropRequestsExpiredBefore(absl::Time time) override {
    for (auto it = state_.requests.begin(); it != state_.requests.end();) {
      if (it->second.expire_time < time) {
        it = state_.requests.erase(it);
      } else {
        ++it;
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status RequireContent(absl::string_view digest) const {
    if (state_.contents.count(std::string(digest)) != 0) {
      return absl::OkStatus();
    }
    return Missing(ContentName(digest));
  }

  State& state_;
};

// A write changes a copy, which replaces the state at its end: what fails
// leaves nothing, and readers never wait.
class MemoryContentStore final : public ContentStore {
 public:
  absl::Status Read(
      absl::FunctionRef<absl::Status(const Reader&)> read) override {
    const std::shared_ptr<const State> state = Newest();
    return read(View<Reader>(*state));
  }

  absl::Status Write(
      absl::FunctionRef<absl::Status(Transaction&)> write) override {
    const sync::MutexLock one_writer(write_mutex_);
    auto changed = std::make_shared<State>(*Newest());
    MemoryTransaction transaction(*changed);
    const absl::Status status = write(transaction);
    if (!status.ok()) return status;
    const sync::MutexLock lock(mutex_);
    state_ = std::move(changed);
    return absl::OkStatus();
  }

 private:
  std::shared_ptr<const State> Newest() {
    const sync::MutexLock lock(mutex_);
    return state_;
  }

  sync::Mutex write_mutex_;  // Taken before mutex_.
  sync::Mutex mutex_;
  std::shared_ptr<const State> state_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<const State>();
};

}  // namespace

std::unique_ptr<ContentStore> NewMemoryContentStore() {
  return std::make_unique<MemoryContentStore>();
}

}  // namespace plumbline::content
