#include "content-service/domain/gate_runner.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "common/fault/failpoint.h"
#include "common/pathway/content.h"
#include "content-service/domain/compile_sources.h"
#include "content-service/domain/gate.h"
#include "content-service/domain/submit.h"

namespace plumbline::content {

GateRunner::GateRunner(ContentStore& store, const trust::TrustPolicy& policy,
                       Clock clock, OnFailure on_failure, GateRetry retry)
    : store_(store),
      policy_(policy),
      clock_(std::move(clock)),
      on_failure_(std::move(on_failure)),
      retry_(retry),
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
  while (WaitForWork()) RunAllWaiting();
}

bool GateRunner::WaitForWork() {
  const bool tries_again = wait_ > absl::ZeroDuration();
  const double part = std::uniform_real_distribution<double>(0.5, 1)(random_);
  const auto next = std::chrono::steady_clock::now() +
                    absl::ToChronoNanoseconds(wait_ * part);
  const sync::MutexLock lock(mutex_);
  while (!awake_ && !stopping_) {
    if (!tries_again) {
      changed_.Wait(mutex_);
    } else if (!changed_.WaitUntil(mutex_, next)) {
      break;
    }
  }
  awake_ = false;
  return !stopping_;
}

void GateRunner::RunAllWaiting() {
  const absl::Duration next_wait =
      std::clamp(wait_ * 2, retry_.first, retry_.longest);
  std::vector<DraftRecord> waiting;
  const absl::Status listed = store_.Read([&](const Reader& reader) {
    auto found = reader.ListDraftsInState(v1::Draft::STATE_CHECKING);
    if (!found.ok()) return found.status();
    waiting = *std::move(found);
    return absl::OkStatus();
  });
  bool all_done = listed.ok();
  if (!listed.ok()) on_failure_("", listed);
  for (const DraftRecord& record : waiting) {
    if (Stopping()) return;
    const std::string name =
        ToString(DraftId{record.pathway_id, record.draft_id});
    const absl::StatusOr<StoredDraft> draft = ToStoredDraft(record);
    const absl::Status status = draft.ok() ? RunOne(*draft) : draft.status();
    if (absl::IsCancelled(status)) return;  // As it stops.
    if (status.ok()) {
      observers_.Notify(name, {.done = true});
    } else {
      all_done = false;
      on_failure_(name, status);
    }
  }
  wait_ = all_done ? absl::ZeroDuration() : next_wait;
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
  const absl::StatusOr<v1::GateReport> report =
      RunGate(**pathway, {.as_of_date = "",
                          .places = [&sources] { return PlacesIn(sources); },
                          .clock = clock_,
                          .on_progress =
                              [&](const v1::GateProgress& progress) {
                                observers_.Notify(draft.draft.name(),
                                                  {.progress = progress});
                              },
                          .cancelled = [this] { return Stopping(); }});
  if (!report.ok()) return report.status();
  PLUMBLINE_FAILPOINT_OR_RETURN("gate.before-result");
  return store_.Write([&](Transaction& transaction) {
    return FinishGate(transaction, policy_, draft.id, *report, clock_());
  });
}

}  // namespace plumbline::content
