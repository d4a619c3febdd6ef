// The gRPC face of triage-service: reads requests, calls inward, translates.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_TRIAGE_RPC_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_TRIAGE_RPC_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/pathway/fault.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/domain/release_table.h"
#include "triage-service/rpc/assessor.h"
#include "triage-service/rpc/explain_intake.h"

namespace plumbline::triage {

// Thread-safe.
class TriageRpc final : public v1::TriageService::CallbackService {
 public:
  struct Options {
    std::string build_version;
    // Content older than this is called stale.
    absl::Duration content_age_max = absl::Hours(24);
  };

  // All must outlive this; `entrance` has a pool.
  TriageRpc(Options options, rpc::Entrance& entrance, rpc::LiveStreams& streams,
            const ReleaseTable& table, const ChannelStatuses& statuses,
            const Assessor& assessor);

  grpc::ServerUnaryReactor* Assess(grpc::CallbackServerContext* context,
                                   const v1::AssessRequest* request,
                                   v1::AssessResponse* response) override;
  grpc::ServerBidiReactor<v1::BatchAssessRequest, v1::BatchAssessResponse>*
  BatchAssess(grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* NextItems(grpc::CallbackServerContext* context,
                                      const v1::NextItemsRequest* request,
                                      v1::NextItemsResponse* response) override;
  // Of an inline intake; recorded ones wait for the decision log.
  grpc::ServerUnaryReactor* ExplainAssessment(
      grpc::CallbackServerContext* context,
      const v1::ExplainAssessmentRequest* request,
      v1::ExplainAssessmentResponse* response) override;
  grpc::ServerUnaryReactor* GetServerInfo(
      grpc::CallbackServerContext* context,
      const v1::GetServerInfoRequest* request,
      v1::GetServerInfoResponse* response) override;

  // Not built yet (docs/status.md).
  grpc::ServerUnaryReactor* GetAssessment(
      grpc::CallbackServerContext* context,
      const v1::GetAssessmentRequest* request,
      v1::GetAssessmentResponse* response) override;
  grpc::ServerUnaryReactor* ListAssessments(
      grpc::CallbackServerContext* context,
      const v1::ListAssessmentsRequest* request,
      v1::ListAssessmentsResponse* response) override;
  grpc::ServerWriteReactor<v1::ReplayAssessmentsResponse>* ReplayAssessments(
      grpc::CallbackServerContext* context,
      const v1::ReplayAssessmentsRequest* request) override;
  grpc::ServerWriteReactor<v1::BacktestResponse>* Backtest(
      grpc::CallbackServerContext* context,
      const v1::BacktestRequest* request) override;
  grpc::ServerUnaryReactor* PurgeAssessments(
      grpc::CallbackServerContext* context,
      const v1::PurgeAssessmentsRequest* request,
      v1::PurgeAssessmentsResponse* response) override;
  grpc::ServerUnaryReactor* VerifyDecisionLog(
      grpc::CallbackServerContext* context,
      const v1::VerifyDecisionLogRequest* request,
      v1::VerifyDecisionLogResponse* response) override;

 private:
  absl::Status DoAssess(const v1::AssessRequest& request,
                        v1::AssessResponse& response) const;
  absl::Status DoNextItems(const v1::NextItemsRequest& request,
                           v1::NextItemsResponse& response) const;
  absl::Status DoExplainAssessment(
      const rpc::Call& call, const v1::ExplainAssessmentRequest& request,
      v1::ExplainAssessmentResponse& response) const;
  // `faults` are those of the request so far.
  absl::Status ExplainInline(const rpc::Call& call,
                             const v1::InlineIntake& intake,
                             const ExplainForm& form, pathway::Faults faults,
                             v1::ExplainAssessmentResponse& response) const;
  const Options options_;
  rpc::Entrance& entrance_;
  rpc::LiveStreams& streams_;
  const ReleaseTable& table_;
  const ChannelStatuses& statuses_;
  const Assessor& assessor_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_TRIAGE_RPC_H_
