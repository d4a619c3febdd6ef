#include "content-service/domain/gate_runner.h"

#include <utility>
#include <vector>

#include "common/pathway/content.h"
#include "content-service/domain/gate.h"
#include "content-service/domain/submit.h"

namespace plumbline::content {

GateRunner::GateRunner(ContentStore& store, Clock clock, OnFailure on_failure)
    : store_(store),
      clock_(std::move(clock)),
      on_failure_(std::move(on_failure)),
      thread_([this] { Work(); }) {}

GateRunner::~GateRunner() {
  {
    const sync::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void GateRunner::Wake() {
  {
    const sync::MutexLock lock(mutex_);
    awake_ = true;
  }
  changed_.NotifyAll();
}

bool GateRunner::Stopping() {
  const sync::MutexLock lock(mutex_);
  return stopping_;
}

void GateRunner::Work() {
  while (true) {
    {
      const sync::MutexLock lock(mutex_);
      while (!awake_ && !stopping_) changed_.Wait(mutex_);
      if (stopping_) return;
      awake_ = false;
    }
    RunAllWaiting();
  }
}

void GateRunner::RunAllWaiting() {
  std::vector<DraftRecord> waiting;
  const absl::Status listed = store_.Read([&](const Reader& reader) {
    auto found = reader.ListDraftsInState(v1::Draft::STATE_CHECKING);
    if (!found.ok()) return found.status();
    waiting = *std::move(found);
    return absl::OkStatus();
  });
  if (!listed.ok()) on_failure_("", listed);
  for (const DraftRecord& record : waiting) {
    if (Stopping()) return;
    const std::string name =
        ToString(DraftId{record.pathway_id, record.draft_id});
    const absl::StatusOr<StoredDraft> draft = ToStoredDraft(record);
    const absl::Status status = draft.ok() ? RunOne(*draft) : draft.status();
    if (!status.ok()) on_failure_(name, status);
    observers_.Notify(name, {.done = true});
  }
}

absl::Status GateRunner::RunOne(const StoredDraft& draft) {
  std::string content;
  Sources sources;
  absl::Status status = store_.Read([&](const Reader& reader) {
    absl::StatusOr<std::string> bytes =
        reader.FindContent(draft.draft.digest());
    if (!bytes.ok()) return bytes.status();
    absl::StatusOr<Sources> files = LoadSources(reader, draft.id);
    if (!files.ok()) return files.status();
    content = *std::move(bytes);
    sources = *std::move(files);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  const auto pathway = pathway::LoadContent(content);
  if (!pathway.ok()) return pathway.status();
  const v1::GateReport report = RunGate(
      **pathway, sources, clock_, [&](const v1::GateProgress& progress) {
        observers_.Notify(draft.draft.name(), {.progress = progress});
      });
  return store_.Write([&](Transaction& transaction) {
    return FinishGate(transaction, draft.id, report, clock_());
  });
}

}  // namespace plumbline::content
