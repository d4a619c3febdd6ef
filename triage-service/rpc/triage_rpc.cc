#include "triage-service/rpc/triage_rpc.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/rpc/error_details.h"
#include "triage-service/domain/interview.h"
#include "triage-service/rpc/batch_assess.h"
#include "triage-service/rpc/describe_interview.h"
#include "triage-service/rpc/describe_server.h"
#include "triage-service/rpc/request_checks.h"

namespace plumbline::triage {
namespace {

absl::Status LogOff() {
  return rpc::WithReason(
      absl::FailedPreconditionError(
          "this replica keeps no log, so that it has no recorded assessments; "
          "give the intake itself"),
      "LOG_OFF");
}

}  // namespace

TriageRpc::TriageRpc(Options options, rpc::Entrance& entrance,
                     rpc::LiveStreams& streams, const ReleaseTable& table,
                     const ChannelStatuses& statuses, const Assessor& assessor)
    : options_(std::move(options)),
      entrance_(entrance),
      streams_(streams),
      table_(table),
      statuses_(statuses),
      assessor_(assessor) {}

grpc::ServerUnaryReactor* TriageRpc::Assess(
    grpc::CallbackServerContext* context, const v1::AssessRequest* request,
    v1::AssessResponse* response) {
  return entrance_.Handle(
      context, request, response,
      [this](const rpc::Call&, const v1::AssessRequest& in,
             v1::AssessResponse& out) { return DoAssess(in, out); });
}

absl::Status TriageRpc::DoAssess(const v1::AssessRequest& request,
                                 v1::AssessResponse& response) const {
  pathway::Faults faults;
  const ReleaseChoice choice = CheckReleaseChoice(
      request.pathway(), request.channel(), request.release_digest(), &faults);
  CheckAnswerCount(request.answers(), &faults);
  CheckSubject(request.subject(), &faults);
  CheckRequestId(request.request_id(), &faults);
  CheckLocale(request.locale(), &faults);
  const DecisionForm form{request.locale(), CheckView(request.view(), &faults)};
  const absl::StatusOr<ChosenRelease> chosen = assessor_.Choose(choice);
  if (!chosen.ok()) {
    return faults.empty() ? chosen.status() : rpc::InvalidArgument(faults);
  }
  return assessor_.Assess(*chosen, request.answers(), form, std::move(faults),
                          response.mutable_assessment());
}

grpc::ServerBidiReactor<v1::BatchAssessRequest, v1::BatchAssessResponse>*
TriageRpc::BatchAssess(grpc::CallbackServerContext* context) {
  absl::StatusOr<rpc::Call> call =
      entrance_.Begin<v1::BatchAssessRequest>(context);
  if (!call.ok()) {
    return new rpc::FinishedBidiReactor<v1::BatchAssessRequest,
                                        v1::BatchAssessResponse>(
        rpc::ToGrpcStatus(call.status()));
  }
  return new triage::BatchAssess(entrance_, *std::move(call), assessor_,
                                 streams_);
}

grpc::ServerUnaryReactor* TriageRpc::NextItems(
    grpc::CallbackServerContext* context, const v1::NextItemsRequest* request,
    v1::NextItemsResponse* response) {
  return entrance_.Handle(
      context, request, response,
      [this](const rpc::Call&, const v1::NextItemsRequest& in,
             v1::NextItemsResponse& out) { return DoNextItems(in, out); });
}

absl::Status TriageRpc::DoNextItems(const v1::NextItemsRequest& request,
                                    v1::NextItemsResponse& response) const {
  pathway::Faults faults;
  const ReleaseChoice choice = CheckReleaseChoice(
      request.pathway(), request.channel(), request.release_digest(), &faults);
  CheckAnswerCount(request.answers(), &faults);
  CheckLocale(request.locale(), &faults);
  if (request.max_items() < 0) {
    faults.push_back({"max_items", "must not be negative; 0 means all"});
  }
  if (request.answers_size() > kAnswersMax) return rpc::InvalidArgument(faults);
  const absl::StatusOr<ChosenRelease> chosen = assessor_.Choose(choice);
  if (!chosen.ok()) {
    return faults.empty() ? chosen.status() : rpc::InvalidArgument(faults);
  }
  const pathway::CompiledPathway& release = *chosen->release->pathway;
  const pathway::CheckedAnswers checked =
      pathway::CheckAnswers(release, request.answers());
  faults.insert(faults.end(), checked.violations.begin(),
                checked.violations.end());
  if (!faults.empty()) return rpc::InvalidArgument(faults);
  const pathway::Decision decision =
      pathway::Decide(release, checked.intake, checked.evaluation);
  response = DescribeInterview(
      release,
      triage::NextItems(release, checked.intake, checked.evaluation, decision),
      decision, pathway::ResolveLocale(release, request.locale()),
      request.max_items());
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* TriageRpc::ExplainAssessment(
    grpc::CallbackServerContext* context,
    const v1::ExplainAssessmentRequest* request,
    v1::ExplainAssessmentResponse* response) {
  return entrance_.HandleOnPool(
      context, request, response,
      [this](const rpc::Call& call, const v1::ExplainAssessmentRequest& in,
             v1::ExplainAssessmentResponse& out) {
        return DoExplainAssessment(call, in, out);
      });
}

absl::Status TriageRpc::DoExplainAssessment(
    const rpc::Call& call, const v1::ExplainAssessmentRequest& request,
    v1::ExplainAssessmentResponse& response) const {
  pathway::Faults faults;
  CheckLocale(request.locale(), &faults);
  const ExplainForm form{
      .locale = request.locale(),
      .counterfactuals = request.counterfactuals(),
      .changes_max = CheckMaxChanges(request.max_changes(), &faults)};
  switch (request.subject_case()) {
    case v1::ExplainAssessmentRequest::kName:
      CheckAssessmentName(request.name(), &faults);
      return faults.empty() ? LogOff() : rpc::InvalidArgument(faults);
    case v1::ExplainAssessmentRequest::kIntake:
      return ExplainInline(call, request.intake(), form, std::move(faults),
                           response);
    case v1::ExplainAssessmentRequest::SUBJECT_NOT_SET:
      break;
  }
  faults.push_back({"subject", "is required: 'name' or 'intake'"});
  return rpc::InvalidArgument(faults);
}

absl::Status TriageRpc::ExplainInline(
    const rpc::Call& call, const v1::InlineIntake& intake,
    const ExplainForm& form, pathway::Faults faults,
    v1::ExplainAssessmentResponse& response) const {
  pathway::Faults of_intake;
  const ReleaseChoice choice = CheckReleaseChoice(
      intake.pathway(), intake.channel(), intake.release_digest(), &of_intake);
  const bool can_choose = of_intake.empty();
  CheckAnswerCount(intake.answers(), &of_intake);
  AddBelow("intake", std::move(of_intake), &faults);
  if (!can_choose || intake.answers_size() > kAnswersMax) {
    return rpc::InvalidArgument(faults);
  }
  const absl::StatusOr<ChosenRelease> chosen = assessor_.Choose(choice);
  if (!chosen.ok()) {
    return faults.empty() ? chosen.status() : rpc::InvalidArgument(faults);
  }
  const Release& release = *chosen->release;
  const pathway::CheckedAnswers checked =
      pathway::CheckAnswers(*release.pathway, intake.answers());
  AddBelow("intake", checked.violations, &faults);
  if (!faults.empty()) return rpc::InvalidArgument(faults);

  absl::StatusOr<v1::ExplainAssessmentResponse> explained = ExplainIntake(
      *release.pathway, checked, form, [&call] { return call.Expired(); });
  if (!explained.ok()) return explained.status();
  response = *std::move(explained);
  response.set_release(release.name);
  response.set_release_withdrawn(release.withdrawn);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* TriageRpc::GetServerInfo(
    grpc::CallbackServerContext* context,
    const v1::GetServerInfoRequest* request,
    v1::GetServerInfoResponse* response) {
  return entrance_.Handle(
      context, request, response,
      [this](const rpc::Call&, const v1::GetServerInfoRequest&,
             v1::GetServerInfoResponse& out) {
        *out.mutable_server_info() =
            DescribeServer(table_, statuses_, options_.build_version,
                           options_.content_age_max, absl::Now());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* TriageRpc::GetAssessment(
    grpc::CallbackServerContext* context,
    const v1::GetAssessmentRequest* request,
    v1::GetAssessmentResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

grpc::ServerUnaryReactor* TriageRpc::ListAssessments(
    grpc::CallbackServerContext* context,
    const v1::ListAssessmentsRequest* request,
    v1::ListAssessmentsResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

grpc::ServerWriteReactor<v1::ReplayAssessmentsResponse>*
TriageRpc::ReplayAssessments(grpc::CallbackServerContext* context,
                             const v1::ReplayAssessmentsRequest* /*request*/) {
  return new rpc::FinishedWriteReactor<v1::ReplayAssessmentsResponse>(
      entrance_.RefuseUnbuiltStream<v1::ReplayAssessmentsRequest>(context));
}

grpc::ServerWriteReactor<v1::BacktestResponse>* TriageRpc::Backtest(
    grpc::CallbackServerContext* context,
    const v1::BacktestRequest* /*request*/) {
  return new rpc::FinishedWriteReactor<v1::BacktestResponse>(
      entrance_.RefuseUnbuiltStream<v1::BacktestRequest>(context));
}

grpc::ServerUnaryReactor* TriageRpc::PurgeAssessments(
    grpc::CallbackServerContext* context,
    const v1::PurgeAssessmentsRequest* request,
    v1::PurgeAssessmentsResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

grpc::ServerUnaryReactor* TriageRpc::VerifyDecisionLog(
    grpc::CallbackServerContext* context,
    const v1::VerifyDecisionLogRequest* request,
    v1::VerifyDecisionLogResponse* /*response*/) {
  return entrance_.RefuseUnbuilt(context, request);
}

}  // namespace plumbline::triage
