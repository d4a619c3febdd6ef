#include "triage-service/content/sync_stream.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/rpc/status.h"

namespace plumbline::triage {
namespace {

gpr_timespec After(absl::Duration timeout) {
  const std::int64_t micros =
      absl::ToInt64Microseconds(std::max(timeout, absl::ZeroDuration()));
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_micros(micros, GPR_TIMESPAN));
}

}  // namespace

SyncStream::SyncStream(content::v1::ContentService::Stub& stub,
                       const rpc::CallOptions& options) {
  rpc::PrepareCall(options, &context_);
  stream_ = stub.PrepareAsyncSync(&context_, &queue_);
  ++pending_;
  stream_->StartCall(&start_);
}

SyncStream::~SyncStream() {
  context_.TryCancel();
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

void SyncStream::Send(content::v1::SyncRequest request) {
  unsent_.push_back(std::move(request));
  WriteNext();
}

void SyncStream::WriteNext() {
  if (!started_ || writing_ || closed_ || finishing_) return;
  if (unsent_.empty()) {
    if (!closing_) return;
    closed_ = true;
    ++pending_;
    stream_->WritesDone(&writes_done_);
    return;
  }
  writing_ = true;
  ++pending_;
  stream_->Write(unsent_.front(), &write_);
}

void SyncStream::Close(absl::Duration timeout) {
  closing_ = true;
  WriteNext();
  const auto deadline =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(timeout);
  content::v1::SyncResponse dropped;
  absl::Duration left = timeout;
  while (left > absl::ZeroDuration() &&
         Next(left, &dropped) == Event::kMessage) {
    left = absl::FromChrono(deadline - std::chrono::steady_clock::now());
  }
}

void SyncStream::Finish() {
  if (finishing_) return;
  finishing_ = true;
  ++pending_;
  stream_->Finish(&grpc_status_, &finish_);
}

SyncStream::Event SyncStream::Next(absl::Duration timeout,
                                   content::v1::SyncResponse* message) {
  const gpr_timespec deadline = After(timeout);
  while (!finished_ || pending_ > 0) {
    if (started_ && !reading_ && !finishing_) {
      reading_ = true;
      ++pending_;
      stream_->Read(&incoming_, &read_);
    }
    void* tag = nullptr;
    bool ok = false;
    switch (queue_.AsyncNext(&tag, &ok, deadline)) {
      case grpc::CompletionQueue::GOT_EVENT:
        if (Complete(*static_cast<const Operation*>(tag), ok)) {
          *message = std::move(incoming_);
          return Event::kMessage;
        }
        break;
      case grpc::CompletionQueue::TIMEOUT:
        return Event::kTimeout;
      case grpc::CompletionQueue::SHUTDOWN:
        return Event::kEnded;
    }
  }
  return Event::kEnded;
}

bool SyncStream::Complete(Operation operation, bool ok) {
  --pending_;
  switch (operation) {
    case Operation::kStart:
      started_ = ok;
      if (!ok) Finish();
      break;
    case Operation::kRead:
      reading_ = false;
      if (ok) return true;
      Finish();
      break;
    case Operation::kWrite:
      writing_ = false;
      unsent_.pop_front();
      if (!ok) unsent_.clear();  // The read says how the call ended.
      break;
    case Operation::kWritesDone:
      break;
    case Operation::kFinish:
      finished_ = true;
      status_ = rpc::FromGrpcStatus(grpc_status_);
      break;
  }
  WriteNext();
  return false;
}

}  // namespace plumbline::triage
