// Where intakes are decided and explained: in this process from a pathway
// folder, or by a triage-service. Commands need not know which.

#ifndef PLUMBLINE_CLI_ASSESSOR_H_
#define PLUMBLINE_CLI_ASSESSOR_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/console.h"
#include "cli/pathway_texts.h"
#include "cli/remote.h"
#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"
#include "plumbline/triage/v1/assessment.pb.h"
#include "plumbline/triage/v1/triage_service.pb.h"

namespace plumbline::cli {

using Answers = google::protobuf::RepeatedPtrField<pathway::v1::Answer>;

// What an interview has come to, and what it asks next.
struct NextQuestion {
  // Whether the interview is over; `item` is then empty.
  bool done = false;
  // With prompt and option texts in the locale.
  pathway::v1::Item item;
  std::string group_title;
  // With the answers so far, and with any that may follow.
  pathway::v1::Disposition disposition = pathway::v1::DISPOSITION_UNSPECIFIED;
  pathway::v1::Disposition most_urgent_possible =
      pathway::v1::DISPOSITION_UNSPECIFIED;
  // Whether no answer can change `disposition` any more.
  bool disposition_settled = false;
  // Of the texts.
  std::string locale;
};

// Whether it is an emergency, whatever is answered to what was not asked yet.
bool IsEmergency(const NextQuestion& next);

// What to explain besides the reasons.
struct ExplainQuestion {
  bool counterfactuals = false;
  int changes_max = 0;  // 0: what the contract gives.
};

class Assessor {
 public:
  virtual ~Assessor() = default;

  // The pathway by whose items answers are read, and whose texts say what the
  // ids in a decision stand for. A service may decide by other content.
  virtual const pathway::v1::Pathway& form() const = 0;
  virtual const std::string& form_digest() const = 0;

  // An assessment with its decision, in view FULL. INVALID_ARGUMENT lists every
  // violation. In process only `decision_digest`, `engine_version`,
  // `release_digest` and `decision` are set.
  virtual absl::StatusOr<triage::v1::Assessment> Assess(
      const Answers& answers) = 0;

  // FAILED_PRECONDITION where a service decides by other content than the form:
  // a person would be told of the emergency signs of one and asked the
  // questions of the other.
  virtual absl::StatusOr<NextQuestion> Next(const Answers& answers) = 0;

  // Why the answers are decided as they are. In process no release is named.
  virtual absl::StatusOr<triage::v1::ExplainAssessmentResponse> Explain(
      const Answers& answers, const ExplainQuestion& question) = 0;
};

// How commands say where and what.
struct AssessorOptions {
  // In process: the folder. With a server: the folder, or the pathway's id, for
  // which the content that decides comes from the content-service.
  std::string pathway;
  Remote triage;        // Empty server: in process.
  Remote content;       // For a pathway given by id.
  std::string channel;  // Empty: stable.
  std::string locale;
  std::string release_digest;  // A pin; empty: none.
};

// The channel that a service is asked for.
std::string ChannelOf(const AssessorOptions& options);

// Reads the folder, or calls the services. The faults of a folder are the
// status's message, one a line. A usage error where an option that only a
// service reads is given without one; FAILED_PRECONDITION where the folder is
// not the pinned content.
//
// The form of a pathway given by id is the pinned content; without a pin that
// by which the triage-service decides. Where that cannot be had, it is the
// channel's release, and `notes` gets a line that says so.
absl::StatusOr<std::unique_ptr<Assessor>> OpenAssessor(
    const AssessorOptions& options, std::ostream& notes);

// What the ids in a decision that `assessor` came to stand for.
PathwayTexts TextsOf(const Assessor& assessor,
                     const pathway::v1::Decision& decision);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_ASSESSOR_H_
