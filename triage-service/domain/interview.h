// The interview: which questions are still worth asking, and when to stop.
//
// Only open items are asked: a closed one has been asked and has no answer, an
// absent one does not concern the patient. A question is worth asking as long
// as its answer could change the disposition, the flags, the guidance shown or
// the band of a score; every emergency item is. May ask too much, never too
// little.

#ifndef PLUMBLINE_TRIAGE_SERVICE_DOMAIN_INTERVIEW_H_
#define PLUMBLINE_TRIAGE_SERVICE_DOMAIN_INTERVIEW_H_

#include <cstdint>
#include <vector>

#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/intake.h"
#include "common/pathway/model.h"

namespace plumbline::triage {

// Something that the answer to a question can still change.
struct Influence {
  // The numbers of triage.v1.Influence.Kind.
  enum class Kind : std::uint8_t {
    kRule = 1,       // Undecided; `element` is the rule.
    kPolicy = 2,     // Of the item `element`: it applies, or might.
    kGate = 3,       // Undecided.
    kGuidance = 4,   // The condition of this record is undecided.
    kScore = 5,      // Its band is undecided.
    kEnabling = 6,   // The item `element` is asked only after some answers.
    kEmergency = 7,  // The item `element` screens for an emergency.
  };

  Kind kind = Kind::kRule;
  int element = 0;  // An index into the pathway's list.
  // Of a rule or a policy: what it asks for; else SELF_CARE.
  pathway::Disposition disposition = pathway::Disposition::kSelfCare;

  friend bool operator==(const Influence&, const Influence&) = default;
};

// A question worth asking.
struct OpenItem {
  int item = 0;
  // Asked whatever else is known: an emergency item, or what decides whether an
  // emergency item is asked.
  bool emergency = false;
  // The most urgent disposition among `influences`.
  pathway::Disposition most_urgent = pathway::Disposition::kSelfCare;
  // Never empty; most urgent first, then by kind and pathway order.
  std::vector<Influence> influences;
};

struct Interview {
  // Emergency items first, in questionnaire order; then the others by
  // `most_urgent`, then in questionnaire order. An item whose enabling waits
  // for an open item is not listed: what it waits for is.
  std::vector<OpenItem> items;
  // No answer to an open item can change the disposition.
  bool disposition_settled = false;
  // No answer to an open item can change disposition, flags or guidance.
  bool outcome_settled = false;
  // The default interview stops here: every emergency item has been asked, and
  // the disposition is settled where it is EMERGENCY_NOW, else the outcome.
  bool may_stop = false;
};

// `evaluation` and `decision` are those of `intake`. Pure, deterministic,
// thread-safe. `items` is empty where, and only where, the outcome is settled.
Interview NextItems(const pathway::CompiledPathway& pathway,
                    const pathway::Intake& intake,
                    const pathway::Evaluation& evaluation,
                    const pathway::Decision& decision);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_DOMAIN_INTERVIEW_H_
