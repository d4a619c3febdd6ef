// TriageService on a real port, with releases that a test makes active: all but
// what follows the content service.

#ifndef PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_RUNNING_TRIAGE_H_
#define PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_RUNNING_TRIAGE_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "common/rpc/access.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/tokens.h"
#include "common/rpc/worker_pool.h"
#include "plumbline/auth/v1/access.pb.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/domain/release_table.h"
#include "triage-service/rpc/assessor.h"
#include "triage-service/rpc/triage_rpc.h"

namespace plumbline::triage {

inline constexpr char kTriageService[] = "plumbline.triage.v1.TriageService";

// The content of ExampleContent(number), compiled, as release `number` of its
// pathway.
Release ExampleRelease(int number);

class RunningTriage {
 public:
  // Follows ankle/stable, ankle/candidate and knee/stable; nothing is active.
  RunningTriage();

  // Makes example release `number` active on ankle/stable; returns its digest.
  std::string Activate(int number);

  // A token that holds this role alone.
  static std::string TokenOf(auth::v1::Role role);

  // Prepares a call with a token (by default an assessor's).
  static void Prepare(
      grpc::ClientContext* context,
      const std::string& token = TokenOf(auth::v1::ROLE_ASSESSOR));

  v1::TriageService::Stub& stub() { return *stub_; }
  const std::shared_ptr<grpc::Channel>& channel() { return channel_; }
  ReleaseTable& table() { return table_; }
  ChannelStatuses& statuses() { return statuses_; }
  rpc::Metrics& metrics() { return metrics_; }
  rpc::Server& server() { return *server_; }

 private:
  rpc::AccessTable access_;
  rpc::TokenTable tokens_;
  rpc::Metrics metrics_;
  rpc::CallMetrics call_metrics_;
  rpc::WorkerPool pool_;
  rpc::LiveStreams streams_;
  rpc::Entrance entrance_;
  ReleaseTable table_;
  ChannelStatuses statuses_;
  Assessor assessor_;
  TriageRpc triage_rpc_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::TriageService::Stub> stub_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_RUNNING_TRIAGE_H_
