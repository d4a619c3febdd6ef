// A content service on a real port whose Sync does what a test tells it: one
// script a stream, in order. Further streams are refused as UNAVAILABLE.

#ifndef PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SCRIPTED_CONTENT_SERVICE_H_
#define PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SCRIPTED_CONTENT_SERVICE_H_

#include <grpcpp/server.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"

namespace plumbline::triage {

// One stream, as a script sees it.
class ScriptedStream {
 public:
  using Stream = grpc::ServerReaderWriter<content::v1::SyncResponse,
                                          content::v1::SyncRequest>;

  ScriptedStream(Stream& stream, std::string authorization,
                 content::v1::Subscribe subscribe)
      : stream_(stream),
        authorization_(std::move(authorization)),
        subscribe_(std::move(subscribe)) {}

  const content::v1::Subscribe& subscribe() const { return subscribe_; }
  const std::string& authorization() const { return authorization_; }

  // Sends `subscribed`.
  void Accept(absl::Duration heartbeat_interval,
              const content::v1::Cursor& newest = {});
  void Send(const content::v1::SyncResponse& message) {
    stream_.Write(message);
  }
  void Send(const std::vector<content::v1::SyncResponse>& messages) {
    for (const auto& message : messages) Send(message);
  }
  void SendHeartbeat(const content::v1::Cursor& newest);

  // The next thing that the replica says; nothing once it is gone.
  std::optional<content::v1::SyncRequest> Receive();
  // As Receive(), heartbeats left out.
  std::optional<content::v1::Acknowledgement> ReceiveAcknowledgement();
  // Returns when the replica has ended the stream.
  void WaitUntilGone();

 private:
  Stream& stream_;
  const std::string authorization_;
  const content::v1::Subscribe subscribe_;
};

class ScriptedContentService final
    : public content::v1::ContentService::Service {
 public:
  using Script = std::function<grpc::Status(ScriptedStream&)>;

  // Listens on `port`; 0 takes a free one.
  explicit ScriptedContentService(std::vector<Script> scripts, int port = 0);
  ~ScriptedContentService() override;

  std::string address() const;
  int port() const { return port_; }

  // Returns when every script has ended, or false after half a minute.
  bool WaitUntilPlayed();

  grpc::Status Sync(grpc::ServerContext* context,
                    ScriptedStream::Stream* stream) override;

 private:
  std::optional<Script> NextScript();

  int port_ = 0;
  sync::Mutex mutex_;
  sync::CondVar changed_;
  std::deque<Script> scripts_ ABSL_GUARDED_BY(mutex_);
  std::size_t unplayed_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SCRIPTED_CONTENT_SERVICE_H_
