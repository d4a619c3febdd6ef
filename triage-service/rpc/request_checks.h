// What every request of TriageService must look like, before any release is
// looked for. Each check adds its faults, with field paths, to a list: a caller
// is told of all of them at once, and never of a value that it gave.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_REQUEST_CHECKS_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_REQUEST_CHECKS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/answers.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/fault.h"
#include "plumbline/pathway/v1/decision.pb.h"

namespace plumbline::triage {

inline constexpr int kAnswersMax = 1000;
inline constexpr int kIntakesMax = 1000;
inline constexpr std::size_t kSubjectBytesMax = 128;
inline constexpr std::size_t kRequestIdBytesMax = 128;
inline constexpr std::size_t kItemIdBytesMax = 128;
inline constexpr std::size_t kLocaleBytesMax = 35;

// Which release decides.
struct ReleaseChoice {
  std::string pathway_id;
  std::string channel_id;  // May be empty.
  std::string pin;         // May be empty.
};

// Reads `pathway` (`pathways/{pathway}`), `channel` and `release_digest`. What
// is malformed is kept as it is: where it names no release none is found, and
// where one is found the answers can be checked along with the rest.
ReleaseChoice CheckReleaseChoice(absl::string_view pathway,
                                 absl::string_view channel,
                                 absl::string_view release_digest,
                                 pathway::Faults* faults);

void CheckLocale(absl::string_view locale, pathway::Faults* faults);

// The view that `view` stands for.
pathway::DecisionView CheckView(pathway::v1::DecisionView view,
                                pathway::Faults* faults);

// How many answers there are; what they say is for CheckAnswers().
void CheckAnswerCount(const pathway::AnswerMessages& answers,
                      pathway::Faults* faults);

// The most changes of a counterfactual that `max_changes` stands for.
int CheckMaxChanges(int max_changes, pathway::Faults* faults);

// Reads `name`: `logs/{log}/assessments/{assessment}`.
void CheckAssessmentName(absl::string_view name, pathway::Faults* faults);

// Adds the faults of a message that stands in the field `field` of another.
void AddBelow(absl::string_view field, pathway::Faults below,
              pathway::Faults* faults);

void CheckSubject(absl::string_view subject, pathway::Faults* faults);
void CheckRequestId(absl::string_view request_id, pathway::Faults* faults);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_REQUEST_CHECKS_H_
