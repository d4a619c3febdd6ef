// Reads answers files: {"answers": {"em.bladder": "none", "pt.age": 38}}.
//
// What the values of an item may be is said in answer_json.h. Whether answers
// are legal for their items is for CheckAnswers().

#ifndef PLUMBLINE_COMMON_PATHWAY_READ_ANSWERS_H_
#define PLUMBLINE_COMMON_PATHWAY_READ_ANSWERS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

struct ReadAnswersResult {
  google::protobuf::RepeatedPtrField<v1::Answer> answers;
  std::vector<Place> places;  // Of each answer.
  // The other keys of the object, in their order, with their values as they
  // were written; there also where the answers have faults.
  std::vector<std::pair<std::string, std::string>> other_keys;
  Faults faults;
};

// Reads the object form of an answers file. Other keys than `answers` are kept
// and not looked into.
ReadAnswersResult ReadAnswers(const v1::Pathway& message,
                              const std::string& file, absl::string_view bytes);

// Reads one line of `file`, which has that form too.
ReadAnswersResult ReadAnswersLine(const v1::Pathway& message,
                                  const std::string& file, int line,
                                  absl::string_view bytes);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_READ_ANSWERS_H_
