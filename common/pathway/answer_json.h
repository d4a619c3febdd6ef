// Answers as an object of JSON, by link id, in the form of answers files and of
// cases:
//
//   {"em.bladder": "none", "pt.age": 38, "sx.weight_loss": "no",
//    "hx.conditions": ["none"], "pain.now": null,
//    "pain.trend": {"no_value": "DECLINED"}}

#ifndef PLUMBLINE_COMMON_PATHWAY_ANSWER_JSON_H_
#define PLUMBLINE_COMMON_PATHWAY_ANSWER_JSON_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/pathway/fault.h"
#include "common/pathway/json_tree.h"
#include "common/pathway/source_text.h"
#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Reads answers against a pathway, whose items give them their types. The
// pathway must outlive the reader.
class AnswerJsonReader {
 public:
  explicit AnswerJsonReader(const v1::Pathway& pathway);

  struct Result {
    google::protobuf::RepeatedPtrField<v1::Answer> answers;
    std::vector<std::size_t> offsets;  // Of the key of each answer.
  };

  // Reads `object`, a value in `source`. Faults: what is no object, an item
  // that does not exist, a value of another type than the item's. `path` is
  // that of the answers; a fault's is `answers[em.bladder]`.
  Result Read(const SourceText& source, const JsonValue& object,
              const std::string& path, Faults* faults) const;

 private:
  // "; did you mean 'em.bladder'?", or nothing.
  std::string Hint(const std::string& link_id) const;

  absl::flat_hash_map<std::string, const v1::Item*> items_;  // By link id.
  std::vector<absl::string_view> link_ids_;  // In pathway order.
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ANSWER_JSON_H_
