#include "tests/robustness/store_state.h"

#include <filesystem>
#include <limits>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/trust/digest.h"
#include "common/trust/move_chain.h"
#include "common/trust/verify.h"
#include "content-service/domain/find.h"
#include "content-service/domain/stored_draft.h"
#include "content-service/storage/sqlite_content_store.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::testing {
namespace {

using content::v1::ChannelMove;
using content::v1::Draft;
using content::v1::Release;

constexpr char kPathway[] = "tiny";
constexpr int kAll = std::numeric_limits<int>::max();

class Inspection {
 public:
  Inspection(const trust::TrustPolicy& policy, std::set<std::string>& verified)
      : policy_(policy), verified_(verified) {}

  StoreState Take(const std::string& path) {
    ReadTables(path);
    const auto store = content::OpenSqliteContentStore(path);
    if (!store.ok()) {
      Problem("the store cannot be opened", store.status());
      return std::move(state_);
    }
    const absl::Status status =
        (*store)->Read([this](const content::Reader& reader) {
          TakeReleases(reader);
          TakeDrafts(reader);
          TakeChannels(reader);
          return absl::OkStatus();
        });
    if (!status.ok()) Problem("the store cannot be read", status);
    return std::move(state_);
  }

 private:
  void Problem(const std::string& what) { state_.problems.push_back(what); }
  void Problem(const std::string& what, const absl::Status& status) {
    Problem(absl::StrCat(what, ": ", status.message()));
  }

  // What the store's own interface does not show.
  void ReadTables(const std::string& path) {
    const auto file = content::SqliteConnection::Open(path, /*create=*/true);
    if (!file.ok()) return Problem("the file cannot be opened", file.status());
    {
      auto check = (*file)->Query("PRAGMA integrity_check");
      const absl::StatusOr<bool> row = check.Step();
      if (!row.ok()) return Problem("the file cannot be checked", row.status());
      if (check.TextAt(0) != "ok") {
        Problem(absl::StrCat("integrity_check: ", check.TextAt(0)));
      }
    }
    auto contents = (*file)->Query("SELECT digest, bytes FROM content");
    absl::StatusOr<bool> row = contents.Step();
    for (; row.ok() && *row; row = contents.Step()) {
      if (trust::Sha256Hex(contents.BlobAt(1)) == contents.TextAt(0)) continue;
      Problem(absl::StrCat("content ", contents.TextAt(0),
                           " has bytes of another digest"));
    }
    auto requests = (*file)->Query("SELECT request_id FROM request");
    row = requests.Step();
    for (; row.ok() && *row; row = requests.Step()) {
      state_.request_ids.insert(requests.TextAt(0));
    }
  }

  void TakeReleases(const content::Reader& reader) {
    const auto records =
        reader.ListReleases(kPathway, std::numeric_limits<std::int64_t>::max(),
                            content::kAnySequence, kAll);
    if (!records.ok()) return Problem("releases", records.status());
    auto number = static_cast<std::int64_t>(records->size());
    for (const content::ReleaseRecord& record : *records) {
      Release release;
      if (!release.ParseFromString(record.bytes)) {
        Problem(absl::StrCat("release ", record.number, " is no release"));
        continue;
      }
      if (record.number != number--) {
        Problem(absl::StrCat(release.name(), " leaves a gap"));
      }
      state_.facts[release.name()] = absl::StrCat(
          Release::State_Name(release.state()), " ", record.digest);
      Verify(reader, release);
    }
  }

  void Verify(const content::Reader& reader, const Release& release) {
    if (!verified_.insert(release.digest()).second) return;
    const auto content = reader.FindContent(release.digest());
    const auto stored = content::FindAttestations(reader, release.digest());
    if (!content.ok()) return Problem(release.name(), content.status());
    if (!stored.ok()) return Problem(release.name(), stored.status());
    const trust::Attestations attestations(stored->begin(), stored->end());
    const auto bundle = trust::VerifyBundle(policy_, kPathway, release.digest(),
                                            *content, attestations);
    if (!bundle.ok()) Problem(release.name(), bundle.status());
  }

  void TakeDrafts(const content::Reader& reader) {
    const auto records =
        reader.ListDrafts(kPathway, content::kAnySequence, kAll);
    if (!records.ok()) return Problem("drafts", records.status());
    for (const content::DraftRecord& record : *records) {
      const auto stored = content::ToStoredDraft(record);
      if (!stored.ok()) {
        Problem(record.draft_id, stored.status());
        continue;
      }
      const Draft& draft = stored->draft;
      state_.facts[draft.name()] = Draft::State_Name(draft.state());
      CheckWhole(reader, *stored);
    }
  }

  // A draft has all that its state says.
  void CheckWhole(const content::Reader& reader,
                  const content::StoredDraft& stored) {
    const Draft& draft = stored.draft;
    const auto sources = content::LoadSources(reader, stored.id);
    if (!sources.ok() || sources->empty()) {
      Problem(absl::StrCat(draft.name(), " has no sources"));
    }
    if (draft.state() == Draft::STATE_DRAFT) return;
    const auto content = reader.FindContent(draft.digest());
    if (!content.ok()) Problem(draft.name(), content.status());
    if (draft.state() == Draft::STATE_CHECKING) return;
    if (draft.report_digest().empty() || stored.attestations.empty()) {
      Problem(absl::StrCat(draft.name(), " has no report of the gate"));
    }
    if (draft.state() == Draft::STATE_SUBMITTED ||
        draft.state() == Draft::STATE_FAILED) {
      return;
    }
    if (draft.approvals().empty()) {
      Problem(absl::StrCat(draft.name(), " has no approval"));
    }
    if (draft.state() == Draft::STATE_APPROVED) return;
    const auto release = reader.FindReleaseByDigest(draft.digest());
    if (!release.ok()) Problem(draft.name(), release.status());
  }

  void TakeChannels(const content::Reader& reader) {
    const auto channels =
        reader.ListChannels(kPathway, "", content::kAnySequence, kAll);
    if (!channels.ok()) return Problem("channels", channels.status());
    for (const content::MoveRecord& newest : *channels) {
      const auto moves =
          reader.ListMovesAfter(kPathway, newest.channel_id, {}, kAll);
      if (!moves.ok()) return Problem(newest.channel_id, moves.status());
      std::string hash;
      for (const content::MoveRecord& record : *moves) {
        TakeMove(reader, record, &hash);
      }
    }
  }

  void TakeMove(const content::Reader& reader,
                const content::MoveRecord& record, std::string* hash) {
    ChannelMove move;
    if (!move.ParseFromString(record.bytes)) {
      return Problem(
          absl::StrCat(record.channel_id, "/", record.number, " is no move"));
    }
    state_.facts[move.name()] = move.release();
    if (move.previous_move_hash() != *hash) {
      Problem(absl::StrCat(move.name(), " does not follow the move before"));
    }
    *hash = trust::MoveHash(move.statement());
    const auto release = reader.FindReleaseByDigest(move.digest());
    if (!release.ok()) Problem(move.name(), release.status());
  }

  const trust::TrustPolicy& policy_;
  std::set<std::string>& verified_;
  StoreState state_;
};

}  // namespace

StoreState InspectStore(const std::string& path, const std::string& folder,
                        const trust::TrustPolicy& policy,
                        std::set<std::string>& verified) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string copy = absl::StrCat(folder, "/copy.db");
  for (const char* const ending : {"", "-wal", "-journal"}) {
    std::error_code absent;
    std::filesystem::copy_file(path + ending, copy + ending, absent);
  }
  return Inspection(policy, verified).Take(copy);
}

}  // namespace plumbline::testing
