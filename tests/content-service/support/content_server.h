// A real content-service for tests: its own process's server on a free port, a
// SQLite store in a temporary folder, throw-away keys, and one principal for
// each role.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_CONTENT_SERVER_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_CONTENT_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pathway/source_files.h"
#include "common/rpc/access.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/rpc/tokens.h"
#include "common/rpc/worker_pool.h"
#include "common/trust/ed25519.h"
#include "common/trust/trust_policy.h"
#include "content-service/rpc/content_rpc.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::content {

// The folder of the fixture pathway, by its path from the checkout.
inline constexpr char kTinyFolder[] = "tests/fixtures/pathways/tiny";

// The audience of its trust policy.
inline constexpr char kAudience[] = "test";

// The files of a folder.
Sources SourcesOf(const std::string& folder);

// The tiny pathway with `replacement` in the place of `original`, which stands
// once in `path`: a release of its own digest.
Sources TinyWith(const std::string& path, const std::string& original,
                 const std::string& replacement);

class ContentServer {
 public:
  struct Options {
    // Approvals, and signatures of the other roles, that the policy asks for.
    int approvals_required = 1;
    int publishers_required = 1;  // At most 2.
    int operators_required = 1;
    int authors_required = 0;
    SyncLimits sync = {.heartbeat_interval = absl::Milliseconds(100),
                       .write_timeout = absl::Seconds(20)};
    SubscriberLimits subscribers;
    // Whether only Elapse() makes time pass for streams. Together with a long
    // heartbeat interval, ticks come from Tick() alone.
    bool stands_still = false;
  };

  ContentServer() : ContentServer(Options()) {}
  explicit ContentServer(Options options);
  ~ContentServer();

  // Stops, and starts again with the same file.
  void Stop();
  void Start();
  void Restart() {
    Stop();
    Start();
  }

  // Moves the clock that the server reads.
  void Advance(absl::Duration duration);
  absl::Time Now() const;

  // Makes time pass for how long things take, and ticks.
  void Elapse(absl::Duration duration);
  void Tick();

  // Starts again with a policy that has revoked a key.
  void Revoke(const std::string& key_id);

  v1::ContentService::Stub& stub() { return *stub_; }
  std::shared_ptr<grpc::Channel> channel() { return channel_; }
  std::string address() const;
  ContentStore& store() { return *store_; }
  std::size_t open_streams() const { return streams_->size(); }
  rpc::WorkerPool& pool() { return *pool_; }
  const trust::TrustPolicy& policy() const { return *policy_; }

  // The token of a principal: the word of a role ("author"), or "author-2",
  // "approver-2", "everyone" (every role). Unknown names give no token.
  std::string TokenOf(const std::string& principal) const;

  // Calls a unary method as `principal`.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(
      const std::string& principal,
      grpc::Status (v1::ContentService::Stub::*method)(grpc::ClientContext*,
                                                       const Request&,
                                                       Response*),
      const Request& request) {
    grpc::ClientContext context;
    Prepare(principal, &context);
    Response response;
    const grpc::Status status = (*stub_.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response;
  }

  // Sets the token, and a deadline.
  void Prepare(const std::string& principal, grpc::ClientContext* context);

  // Adds the signature of a key ("approver-1") over the request's statement.
  template <typename Request>
  void Sign(const std::string& key_id, Request* request) {
    v1::Signature& signature = *request->add_signatures();
    signature.set_key_id(key_id);
    signature.set_signature(keys_.at(key_id).Sign(request->statement()));
  }

  // The steps of a release's life, each of which must succeed.
  v1::Draft CreateDraft(const Sources& sources);
  v1::Draft Submit(const std::string& draft);  // Waits for the gate.
  v1::Draft Approve(const std::string& draft,
                    const std::string& principal = "approver",
                    const std::string& key_id = "approver-1");
  v1::Release Publish(const std::string& draft);
  // All of the above.
  v1::Release Release(const Sources& sources);
  v1::ChannelMove Move(const std::string& channel, const std::string& release);

  // The last message of WatchDraft.
  absl::StatusOr<v1::Draft> Watch(const std::string& draft);

 private:
  void MakePrincipals();
  void MakePolicy();
  void ReadPolicy();
  absl::Duration Elapsed() const;

  const Options options_;
  testing::TemporaryDirectory folder_;
  std::map<std::string, std::string> tokens_;
  std::map<std::string, trust::PrivateKey> keys_;
  std::unique_ptr<rpc::AccessTable> access_;
  std::unique_ptr<rpc::TokenTable> token_table_;
  std::unique_ptr<trust::TrustPolicy> policy_;
  v1::TrustPolicy policy_message_;
  std::atomic<std::int64_t> offset_ns_ = 0;
  std::atomic<std::int64_t> elapsed_ns_ = 0;

  // What one start makes, in the order of its making.
  std::unique_ptr<ContentStore> store_;
  std::unique_ptr<rpc::Metrics> metrics_;
  std::unique_ptr<rpc::CallMetrics> call_metrics_;
  std::unique_ptr<rpc::LiveStreams> streams_;
  std::unique_ptr<rpc::WorkerPool> pool_;
  std::unique_ptr<rpc::Entrance> entrance_;
  std::unique_ptr<ContentRpc> rpc_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ContentService::Stub> stub_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_CONTENT_SERVER_H_
