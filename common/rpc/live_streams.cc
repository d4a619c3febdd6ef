#include "common/rpc/live_streams.h"

#include <utility>

namespace plumbline::rpc {

LiveStreams::Registration::Registration(Registration&& other) noexcept
    : streams_(std::exchange(other.streams_, nullptr)), id_(other.id_) {}

LiveStreams::Registration& LiveStreams::Registration::operator=(
    Registration&& other) noexcept {
  if (this != &other) {
    if (streams_ != nullptr) streams_->Remove(id_);
    streams_ = std::exchange(other.streams_, nullptr);
    id_ = other.id_;
  }
  return *this;
}

LiveStreams::Registration::~Registration() {
  if (streams_ != nullptr) streams_->Remove(id_);
}

LiveStreams::Registration LiveStreams::Add(End end) {
  std::uint64_t id = 0;
  bool ending = false;
  {
    sync::MutexLock lock(mutex_);
    id = next_id_++;
    streams_.emplace(id, Stream{.end = std::move(end)});
    ending = ending_;
  }
  while (ending && TellOne()) {
  }
  return Registration(this, id);
}

void LiveStreams::EndAll() {
  {
    sync::MutexLock lock(mutex_);
    ending_ = true;
  }
  while (TellOne()) {
  }
}

bool LiveStreams::ending() const {
  sync::MutexLock lock(mutex_);
  return ending_;
}

std::size_t LiveStreams::size() const {
  sync::MutexLock lock(mutex_);
  return streams_.size();
}

void LiveStreams::Remove(std::uint64_t id) {
  sync::MutexLock lock(mutex_);
  const auto stream = streams_.find(id);
  if (stream == streams_.end()) return;
  const std::thread::id self = std::this_thread::get_id();
  while (stream->second.runs_in != std::thread::id() &&
         stream->second.runs_in != self) {
    changed_.Wait(mutex_);
  }
  streams_.erase(stream);
  changed_.NotifyAll();
}

bool LiveStreams::TellOne() {
  std::uint64_t id = 0;
  End end;
  {
    sync::MutexLock lock(mutex_);
    const auto stream = streams_.lower_bound(told_below_);
    if (stream == streams_.end()) return false;
    id = stream->first;
    told_below_ = id + 1;
    stream->second.runs_in = std::this_thread::get_id();
    end = std::move(stream->second.end);
  }
  end();
  sync::MutexLock lock(mutex_);
  // A stream may have been taken out by its own `end`.
  const auto stream = streams_.find(id);
  if (stream != streams_.end()) stream->second.runs_in = std::thread::id();
  changed_.NotifyAll();
  return true;
}

}  // namespace plumbline::rpc
