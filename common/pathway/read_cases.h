// Reads cases: one object of JSON a line, an intake with the result that it
// must have.
//
//   {"id": "VIG-039", "source": "…", "narrative": "…", "answers": {…},
//    "expected_disposition": "same_day", "must_flag": ["MED_OVERUSE"]}
//
// Also: must_not_flag, must_show, must_not_show, must_gate, expected_certainty
// ("final" or "provisional"), rationale. Empty lines are skipped.

#ifndef PLUMBLINE_COMMON_PATHWAY_READ_CASES_H_
#define PLUMBLINE_COMMON_PATHWAY_READ_CASES_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/element_place.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Reads cases against a pathway whose items give the answers their types.
// `file` names the places. Faults: malformed JSON, a key that a case does not
// have or has twice, what AnswerJsonReader refuses, an id that stands twice in
// the file. A case with a fault is left out.
struct ReadCasesResult {
  google::protobuf::RepeatedPtrField<v1::Case> cases;
  Faults faults;
};
ReadCasesResult ReadCases(const v1::Pathway& message, const std::string& file,
                          absl::string_view bytes);

// Adds the cases of `source` to those of `message`, and their places to
// `place`, that of `message`. An id that stands twice is for CompilePathway().
void AddCases(const SourceText& source, v1::Pathway* message,
              ElementPlace* place, Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_READ_CASES_H_
