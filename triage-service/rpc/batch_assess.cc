#include "triage-service/rpc/batch_assess.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"
#include "google/rpc/status.pb.h"
#include "triage-service/rpc/request_checks.h"

namespace plumbline::triage {
namespace {

// When a client whose stream was shed or sent away may come back.
constexpr absl::Duration kRetryDelay = absl::Milliseconds(250);
// More are not looked for: an error has room for fewer (rpc::kErrorBytesMax).
constexpr std::size_t kFaultsMax = 1000;

absl::Status GoingAway() {
  return rpc::WithRetryDelay(
      rpc::WithReason(
          absl::UnavailableError("this replica is stopping; results "
                                 "that were received stand"),
          "GOING_AWAY"),
      kRetryDelay);
}

absl::Status Overloaded() {
  return rpc::WithRetryDelay(
      rpc::WithReason(absl::ResourceExhaustedError(
                          "too much work is waiting; results that were "
                          "received stand"),
                      "OVERLOADED"),
      kRetryDelay);
}

google::rpc::Status ToMessage(const absl::Status& status) {
  const grpc::Status grpc_status = rpc::ToGrpcStatus(status);
  google::rpc::Status message;
  if (!message.ParseFromString(grpc_status.error_details()) ||
      message.code() == 0) {
    message.set_code(grpc_status.error_code());
    message.set_message(grpc_status.error_message());
  }
  return message;
}

void MustBeEmpty(bool is_empty, const char* field, pathway::Faults* faults) {
  if (is_empty) return;
  faults->push_back({field, "is for the first message of a stream alone"});
}

// The fields of an intake; what its answers say is for CheckAnswers().
pathway::Faults CheckIntake(const v1::Intake& intake) {
  pathway::Faults faults;
  if (intake.item_id().size() > kItemIdBytesMax) {
    faults.push_back({"item_id", absl::StrCat("must be at most ",
                                              kItemIdBytesMax, " bytes")});
  }
  CheckAnswerCount(intake.answers(), &faults);
  CheckSubject(intake.subject(), &faults);
  CheckRequestId(intake.request_id(), &faults);
  return faults;
}

// `intakes[3].` and the paths that were found within that intake.
void AddBelow(const std::string& path, pathway::Faults found,
              pathway::Faults* faults) {
  for (pathway::Fault& fault : found) {
    faults->push_back({path + fault.path, std::move(fault.message)});
  }
}

}  // namespace

BatchAssess::BatchAssess(rpc::Entrance& entrance, rpc::Call call,
                         const Assessor& assessor, rpc::LiveStreams& streams)
    : entrance_(entrance), call_(std::move(call)), assessor_(assessor) {
  registration_ = streams.Add([this] { GoAway(); });
  ReadNext();
}

void BatchAssess::ReadNext() {
  bool going_away = false;
  {
    sync::MutexLock lock(mutex_);
    phase_ = Phase::kStartingRead;
    going_away = going_away_;
  }
  if (going_away) return EndWith(GoingAway());
  // Outside the lock, because OnReadDone() may come at once.
  StartRead(&request_);
  {
    sync::MutexLock lock(mutex_);
    if (phase_ == Phase::kStartingRead) phase_ = Phase::kReading;
    going_away = going_away_ && phase_ == Phase::kReading;
  }
  if (going_away) EndWith(GoingAway());
}

void BatchAssess::OnReadDone(bool ok) {
  {
    sync::MutexLock lock(mutex_);
    if (phase_ == Phase::kEnded) return;
    phase_ = Phase::kWorking;
  }
  // The client has sent everything, or is gone.
  if (!ok) return EndWith(absl::OkStatus());
  if (!entrance_.pool()->TrySubmit([this] { Work(); })) EndWith(Overloaded());
}

void BatchAssess::Work() {
  response_.Clear();
  absl::Status status = TakeChoice();
  if (status.ok()) status = DecideAll();
  if (!status.ok()) return EndWith(status);
  response_.set_release_digest(chosen_->release->pathway->digest);
  StartWrite(&response_);
}

void BatchAssess::OnWriteDone(bool ok) {
  if (!ok) return EndWith(absl::CancelledError("the client is gone"));
  ReadNext();
}

void BatchAssess::GoAway() {
  bool is_reading = false;
  {
    sync::MutexLock lock(mutex_);
    going_away_ = true;
    is_reading = phase_ == Phase::kReading;
  }
  if (is_reading) EndWith(GoingAway());
}

void BatchAssess::EndWith(const absl::Status& status) {
  {
    sync::MutexLock lock(mutex_);
    if (phase_ == Phase::kEnded) return;
    phase_ = Phase::kEnded;
  }
  Finish(entrance_.End(call_, status));
}

absl::Status BatchAssess::TakeChoice() {
  pathway::Faults faults;
  absl::Status chosen = absl::OkStatus();
  if (chosen_.has_value()) {
    RefuseChoice(&faults);
  } else {
    chosen = Choose(&faults);
  }
  if (request_.intakes_size() > kIntakesMax) {
    faults.push_back({"intakes", absl::StrCat("has ", request_.intakes_size(),
                                              " intakes; at most ", kIntakesMax,
                                              " are taken")});
  }
  if (faults.empty()) return chosen;
  AddFaultsOfIntakes(&faults);
  return rpc::InvalidArgument(faults);
}

absl::Status BatchAssess::Choose(pathway::Faults* faults) {
  const ReleaseChoice choice =
      CheckReleaseChoice(request_.pathway(), request_.channel(),
                         request_.release_digest(), faults);
  CheckLocale(request_.locale(), faults);
  form_ = {request_.locale(), CheckView(request_.view(), faults)};
  absl::StatusOr<ChosenRelease> chosen = assessor_.Choose(choice);
  if (!chosen.ok()) return chosen.status();
  chosen_ = *std::move(chosen);
  return absl::OkStatus();
}

void BatchAssess::RefuseChoice(pathway::Faults* faults) const {
  MustBeEmpty(request_.pathway().empty(), "pathway", faults);
  MustBeEmpty(request_.channel().empty(), "channel", faults);
  MustBeEmpty(request_.release_digest().empty(), "release_digest", faults);
  MustBeEmpty(request_.locale().empty(), "locale", faults);
  MustBeEmpty(request_.view() == pathway::v1::DECISION_VIEW_UNSPECIFIED, "view",
              faults);
}

void BatchAssess::AddFaultsOfIntakes(pathway::Faults* faults) const {
  // A message of too many intakes is refused for that and its own fields.
  if (request_.intakes_size() > kIntakesMax) return;
  for (int i = 0; i < request_.intakes_size(); ++i) {
    if (faults->size() > kFaultsMax || call_.Expired()) return;
    const v1::Intake& intake = request_.intakes(i);
    AddBelow(absl::StrCat("intakes[", i, "]."), CheckIntake(intake), faults);
    if (!chosen_.has_value() || intake.answers_size() > kAnswersMax) continue;
    pathway::CheckedAnswers answers =
        pathway::CheckAnswers(*chosen_->release->pathway, intake.answers());
    AddBelow(absl::StrCat("intakes[", i, "]."), std::move(answers.violations),
             faults);
  }
}

absl::Status BatchAssess::DecideAll() {
  response_.mutable_results()->Reserve(request_.intakes_size());
  for (const v1::Intake& intake : request_.intakes()) {
    if (call_.Expired()) {
      return absl::CancelledError("nobody waits for the results any more");
    }
    Decide(intake, response_.add_results());
  }
  return absl::OkStatus();
}

void BatchAssess::Decide(const v1::Intake& intake,
                         v1::BatchResult* result) const {
  if (intake.item_id().size() <= kItemIdBytesMax) {
    result->set_item_id(intake.item_id());
  }
  v1::Assessment assessment;
  const absl::Status status = assessor_.Assess(
      *chosen_, intake.answers(), form_, CheckIntake(intake), &assessment);
  if (status.ok()) {
    *result->mutable_assessment() = std::move(assessment);
  } else {
    *result->mutable_status() = ToMessage(status);
  }
}

}  // namespace plumbline::triage
