// One assessment: from a release and a patient's answers to the canonical bytes
// of a decision. Pure, deterministic, thread-safe.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_ASSESS_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_ASSESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/fault.h"
#include "common/pathway/model.h"

namespace plumbline::triage {

// Either a decision or why the answers are not legal; never both.
struct Assessed {
  // Empty violations only. Canonical bytes of a pathway.v1.Decision.
  std::string decision_bytes;
  // SHA-256 of those bytes: 64 lower-case hexadecimal digits.
  std::string decision_digest;
  // What the bytes say, for counting.
  pathway::Disposition disposition = pathway::Disposition::kSelfCare;
  bool final = true;
  // Every violation, as CheckAnswers() gives them.
  pathway::Faults violations;
};

// Decides `answers` by `release`. `locale` is as the client asked for it; the
// decision says which one it got.
Assessed Assess(const pathway::CompiledPathway& release,
                const pathway::AnswerMessages& answers,
                absl::string_view locale, pathway::DecisionView view);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_ASSESS_H_
