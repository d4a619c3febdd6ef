#include "content-service/rpc/watch_stream.h"

#include <utility>

#include "common/rpc/error_details.h"

namespace plumbline::content {

WatchStream::WatchStream(rpc::Entrance& entrance, rpc::Call call,
                         GateObservers& observers, rpc::LiveStreams& streams,
                         const std::string& draft_name, ReadDraft read_draft)
    : entrance_(entrance),
      call_(std::move(call)),
      read_draft_(std::move(read_draft)) {
  // Registered before the draft is read, so that the gate's end is not missed.
  registration_ = observers.Add(
      draft_name, [this](const GateUpdate& update) { Tell(update); });
  live_registration_ = streams.Add([this] {
    EndNow(rpc::WithReason(absl::UnavailableError("the service is stopping"),
                           "GOING_AWAY"));
  });
  const absl::StatusOr<v1::Draft> draft = read_draft_();
  const sync::MutexLock lock(mutex_);
  if (!draft.ok()) {
    End(draft.status());
  } else if (draft->state() != v1::Draft::STATE_CHECKING) {
    draft_due_ = true;
    Pump();
  }
}

void WatchStream::Tell(const GateUpdate& update) {
  const sync::MutexLock lock(mutex_);
  if (update.done) {
    draft_due_ = true;
  } else {
    progress_ = update.progress;
  }
  Pump();
}

void WatchStream::Pump() {
  if (writing_ || ended_) return;
  outgoing_.Clear();
  if (progress_.has_value()) {
    *outgoing_.mutable_progress() = *std::exchange(progress_, std::nullopt);
  } else if (draft_sent_) {
    End(absl::OkStatus());
    return;
  } else if (draft_due_) {
    absl::StatusOr<v1::Draft> draft = read_draft_();
    if (!draft.ok()) {
      End(draft.status());
      return;
    }
    *outgoing_.mutable_draft() = *std::move(draft);
    draft_sent_ = true;
  } else {
    return;
  }
  writing_ = true;
  StartWrite(&outgoing_);
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
  Finish(entrance_.End(call_, status));
}

void WatchStream::OnDone() {
  registration_.End();
  live_registration_ = rpc::LiveStreams::Registration();
  delete this;
}

}  // namespace plumbline::content
