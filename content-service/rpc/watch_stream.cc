#include "content-service/rpc/watch_stream.h"

#include <utility>

#include "common/rpc/error_details.h"

namespace plumbline::content {

WatchStream::WatchStream(const WatchParts& parts, rpc::Call call,
                         const std::string& draft_name, ReadDraft read_draft)
    : parts_(parts),
      call_(std::move(call)),
      read_draft_(std::move(read_draft)) {
  // Registered before the draft is read, so that the gate's end is not missed.
  gate_registration_ = parts_.observers.Add(
      draft_name, [this](const GateUpdate& update) { Tell(update); });
  tick_registration_ =
      parts_.ticks.Add("", [this](const Tick& /*tick*/) { OnTick(); });
  live_registration_ = parts_.streams.Add([this] {
    EndNow(rpc::WithReason(absl::UnavailableError("the service is stopping"),
                           "GOING_AWAY"));
  });
  const sync::MutexLock lock(mutex_);
  Load();
  if (load_due_ && !loading_) End(rpc::Overloaded());
}

void WatchStream::Tell(const GateUpdate& update) {
  const sync::MutexLock lock(mutex_);
  if (update.done) {
    gate_done_ = true;
    load_due_ = true;
  } else {
    progress_ = update.progress;
  }
  Pump();
}

void WatchStream::OnTick() {
  const sync::MutexLock lock(mutex_);
  Pump();
}

void WatchStream::Pump() {
  if (writing_ || ended_) return;
  if (draft_sent_) {
    End(absl::OkStatus());
    return;
  }
  outgoing_.Clear();
  if (progress_.has_value()) {
    *outgoing_.mutable_progress() = *std::exchange(progress_, std::nullopt);
  } else if (draft_.has_value()) {
    *outgoing_.mutable_draft() = *std::exchange(draft_, std::nullopt);
    draft_sent_ = true;
  } else {
    Load();
    return;
  }
  writing_ = true;
  StartWrite(&outgoing_);
}

void WatchStream::Load() {
  if (!load_due_ || loading_ || ended_) return;
  loading_ = parts_.entrance.pool()->TrySubmit(
      [this, gate_done = gate_done_] { LoadDraft(gate_done); });
  load_due_ = !loading_;
}

void WatchStream::LoadDraft(bool gate_done) {
  absl::StatusOr<v1::Draft> draft = read_draft_();
  const sync::MutexLock lock(mutex_);
  loading_ = false;
  if (ended_) {
    Finish(end_status_);
    return;
  }
  if (!draft.ok()) {
    End(draft.status());
    return;
  }
  if (gate_done || draft->state() != v1::Draft::STATE_CHECKING) {
    draft_ = *std::move(draft);
  }
  Pump();
}

void WatchStream::OnWriteDone(bool ok) {
  const sync::MutexLock lock(mutex_);
  writing_ = false;
  if (!ok) {
    End(absl::CancelledError("the watcher has gone"));
    return;
  }
  Pump();
}

void WatchStream::OnCancel() {
  EndNow(absl::CancelledError("the watcher has gone"));
}

void WatchStream::EndNow(const absl::Status& status) {
  const sync::MutexLock lock(mutex_);
  End(status);
}

void WatchStream::End(const absl::Status& status) {
  if (ended_) return;
  ended_ = true;
  end_status_ = parts_.entrance.End(call_, status);
  if (!loading_) Finish(end_status_);
}

void WatchStream::OnDone() {
  gate_registration_.End();
  tick_registration_.End();
  live_registration_ = rpc::LiveStreams::Registration();
  {
    // A task of the pool may be leaving.
    const sync::MutexLock lock(mutex_);
  }
  delete this;
}

}  // namespace plumbline::content
