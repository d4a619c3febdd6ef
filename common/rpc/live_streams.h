// The streams that a server has open, so that a stopping server can tell each
// of them to end instead of waiting for ever. Free of gRPC types. Thread-safe.

#ifndef PLUMBLINE_COMMON_RPC_LIVE_STREAMS_H_
#define PLUMBLINE_COMMON_RPC_LIVE_STREAMS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <thread>

#include "common/sync/mutex.h"

namespace plumbline::rpc {

class LiveStreams {
 public:
  using End = std::function<void()>;

  // A stream's place in the registry. Leaving scope takes the stream out, and
  // waits for its `end` if that is running in another thread: afterwards `end`
  // is never called.
  class Registration {
   public:
    Registration() = default;
    Registration(Registration&& other) noexcept;
    Registration& operator=(Registration&& other) noexcept;
    ~Registration();

   private:
    friend class LiveStreams;

    Registration(LiveStreams* streams, std::uint64_t id)
        : streams_(streams), id_(id) {}

    LiveStreams* streams_ = nullptr;
    std::uint64_t id_ = 0;
  };

  LiveStreams() = default;
  LiveStreams(const LiveStreams&) = delete;
  LiveStreams& operator=(const LiveStreams&) = delete;

  // Registers a stream. `end` is called at most once, by EndAll(), without any
  // lock of this class held; it must return soon and tell the stream to finish.
  // If EndAll() has been called it is called at once, most likely before Add()
  // returns.
  [[nodiscard]] Registration Add(End end);

  // Tells every open stream, and every one that comes later, to end.
  void EndAll();

  // Whether EndAll() has been called.
  bool ending() const;

  std::size_t size() const;

 private:
  struct Stream {
    End end;
    // Set while `end` runs: which thread runs it.
    std::thread::id runs_in = {};
  };

  void Remove(std::uint64_t id);
  // Calls the `end` of the first stream that was not told to end. Returns
  // whether there was one.
  bool TellOne();

  mutable sync::Mutex mutex_;
  sync::CondVar changed_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  // Streams of lower ids were told to end.
  std::uint64_t told_below_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::uint64_t, Stream> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_LIVE_STREAMS_H_
