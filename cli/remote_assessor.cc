#include "cli/remote_assessor.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/resource_name.h"

namespace plumbline::cli {
namespace {

class RemoteAssessor final : public Assessor {
 public:
  RemoteAssessor(RemoteTriage triage, Form form, const AssessorOptions& options)
      : triage_(std::move(triage)),
        form_(std::move(form)),
        content_server_(options.content.server),
        channel_(ChannelOf(options)),
        locale_(options.locale),
        pin_(options.release_digest) {}

  const pathway::v1::Pathway& form() const override { return form_.pathway; }
  const std::string& form_digest() const override { return form_.digest; }

  absl::StatusOr<triage::v1::Assessment> Assess(
      const Answers& answers) override {
    triage::v1::AssessRequest request;
    Address(request);
    *request.mutable_answers() = answers;
    request.set_view(pathway::v1::DECISION_VIEW_FULL);
    auto response = triage_.Call(&TriageStub::Assess, request);
    if (!response.ok()) return response.status();
    return std::move(*response->mutable_assessment());
  }

  // The first answer pins the release, so that an interview stays with it.
  absl::StatusOr<NextQuestion> Next(const Answers& answers) override {
    triage::v1::NextItemsRequest request;
    Address(request);
    *request.mutable_answers() = answers;
    request.set_max_items(1);
    auto response = triage_.Call(&TriageStub::NextItems, request);
    if (!response.ok()) return response.status();
    pin_ = response->release_digest();
    if (pin_ != form_.digest) return DecidesByOther(pin_);
    NextQuestion next;
    next.disposition = response->disposition();
    next.most_urgent_possible = response->most_urgent_possible();
    next.disposition_settled = response->disposition_settled();
    next.locale = response->locale();
    next.done = response->may_stop() || response->items().empty();
    if (!next.done) {
      next.item = response->items(0).item();
      next.item.set_prompt(response->items(0).prompt());
      next.group_title = response->items(0).group_title();
    }
    return next;
  }

  absl::StatusOr<triage::v1::ExplainAssessmentResponse> Explain(
      const Answers& answers, const ExplainQuestion& question) override {
    triage::v1::ExplainAssessmentRequest request;
    ChooseRelease(*request.mutable_intake());
    *request.mutable_intake()->mutable_answers() = answers;
    request.set_counterfactuals(question.counterfactuals);
    request.set_max_changes(question.changes_max);
    request.set_locale(locale_);
    return triage_.Call(&TriageStub::ExplainAssessment, request);
  }

 private:
  absl::Status DecidesByOther(const std::string& digest) const {
    return absl::FailedPreconditionError(absl::StrCat(
        "the service decides by content ", digest,
        ", and --pathway is content ", form_.digest,
        ": an interview needs both to be the same. ", HowToBeTheSame()));
  }

  std::string HowToBeTheSame() const {
    if (form_.origin == Form::Origin::kContentService) {
      return "If the service has just moved on, the same command succeeds "
             "now; otherwise give the folder of that content";
    }
    const std::string from =
        content_server_.empty()
            ? " with --content-server HOST:PORT"
            : absl::StrCat(", for which plumb asks ", content_server_);
    return absl::StrCat("Give --pathway ", form_.pathway.pathway_id(), from,
                        ", or the folder of that content");
  }

  template <typename Request>
  void Address(Request& request) const {
    ChooseRelease(request);
    request.set_locale(locale_);
  }

  // `message` has the fields that say which release decides.
  template <typename Message>
  void ChooseRelease(Message& message) const {
    message.set_pathway(PathwayName(form_.pathway.pathway_id()));
    message.set_channel(channel_);
    message.set_release_digest(pin_);
  }

  const RemoteTriage triage_;
  const Form form_;
  const std::string content_server_;  // May be empty.
  const std::string channel_;
  const std::string locale_;
  std::string pin_;
};

}  // namespace

std::unique_ptr<Assessor> NewRemoteAssessor(RemoteTriage triage, Form form,
                                            const AssessorOptions& options) {
  return std::make_unique<RemoteAssessor>(std::move(triage), std::move(form),
                                          options);
}

}  // namespace plumbline::cli
