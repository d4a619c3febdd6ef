// Runs the cases of a pathway, and says what they reach.

#ifndef PLUMBLINE_COMMON_PATHWAY_RUN_CASES_H_
#define PLUMBLINE_COMMON_PATHWAY_RUN_CASES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/pathway/model.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

struct CaseResult {
  std::string case_id;
  // Why it failed, one sentence each; empty: it passed.
  std::vector<std::string> failures;
};

// The ids that no case reaches, in pathway order. A rule is reached where it is
// true, a gate where it withholds a record, a record where it is shown, a
// policy where it applies.
struct Unreached {
  std::vector<std::string> rules;
  std::vector<std::string> item_policies;  // Link ids.
  std::vector<std::string> rule_policies;  // Rule ids.
  std::vector<std::string> gates;
  std::vector<std::string> guidance;
};

struct CasesReport {
  std::vector<CaseResult> results;  // In the order of the cases.
  int passed = 0;
  int failed = 0;
  Unreached unreached;
};

// Of how many of a kind some are not reached.
struct Coverage {
  std::size_t total = 0;
  std::vector<std::string> unreached;

  std::size_t reached() const { return total - unreached.size(); }
};

// Policies are those of items, then those of rules that escalate.
struct CoverageByKind {
  Coverage rules;
  Coverage policies;
  Coverage gates;
  Coverage guidance;
};

using Cases = google::protobuf::RepeatedPtrField<v1::Case>;

// Runs `cases`. An invariant that is false of a case fails it, and so does one
// that is unknown although every enabled item is answered: invariants are
// statements about complete intakes.
CasesReport RunCases(const CompiledPathway& pathway, const Cases& cases);

// `unreached` is of a run over `pathway`.
CoverageByKind CoverageOf(const CompiledPathway& pathway,
                          const Unreached& unreached);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_RUN_CASES_H_
