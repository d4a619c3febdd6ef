// One open Sync call as a conversation: wait for the next message for so long,
// send. Steps of the machine's clock do not matter. For one thread, but for
// Cancel().

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_STREAM_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_STREAM_H_

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>

#include <cstdint>
#include <deque>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/client_channel.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"

namespace plumbline::triage {

class SyncStream {
 public:
  enum class Event : std::uint8_t { kMessage, kTimeout, kEnded };

  // Starts the call. `stub` must outlive this.
  SyncStream(content::v1::ContentService::Stub& stub,
             const rpc::CallOptions& options);

  // Cancels the call, and waits until nothing of it is under way.
  ~SyncStream();

  SyncStream(const SyncStream&) = delete;
  SyncStream& operator=(const SyncStream&) = delete;

  // Waits for a message and puts it into `*message`. Goes on with what Send()
  // has queued meanwhile. After kEnded there is no further event.
  Event Next(absl::Duration timeout, content::v1::SyncResponse* message);

  // Queues a message; messages are sent in order.
  void Send(content::v1::SyncRequest request);

  // Ends the call in good order: sends what is queued, says that nothing
  // follows, and waits up to `timeout` for the service to end the call too, so
  // that it has read everything. What it sends meanwhile is dropped.
  void Close(absl::Duration timeout);

  // How many messages wait to be sent.
  std::size_t unsent() const { return unsent_.size(); }

  // Ends the call: Next() returns kEnded soon. From any thread.
  void Cancel() { context_.TryCancel(); }

  // Why the call ended; after kEnded.
  const absl::Status& status() const { return status_; }

 private:
  enum class Operation : std::uint8_t {
    kStart,
    kRead,
    kWrite,
    kWritesDone,
    kFinish
  };

  // Takes the end of an operation. Returns whether a message has come.
  bool Complete(Operation operation, bool ok);
  void Finish();
  void WriteNext();

  // What tags on the queue point to: of each kind at most one is under way.
  Operation start_ = Operation::kStart;
  Operation read_ = Operation::kRead;
  Operation write_ = Operation::kWrite;
  Operation writes_done_ = Operation::kWritesDone;
  Operation finish_ = Operation::kFinish;

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<content::v1::SyncRequest,
                                                content::v1::SyncResponse>>
      stream_;
  content::v1::SyncResponse incoming_;
  std::deque<content::v1::SyncRequest> unsent_;
  int pending_ = 0;  // Operations on the queue.
  bool started_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool closing_ = false;
  bool closed_ = false;
  bool finishing_ = false;
  bool finished_ = false;
  grpc::Status grpc_status_;
  absl::Status status_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_SYNC_STREAM_H_
