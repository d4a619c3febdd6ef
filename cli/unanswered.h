// Questions without an answer, as a list to read.

#ifndef PLUMBLINE_CLI_UNANSWERED_H_
#define PLUMBLINE_CLI_UNANSWERED_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <map>
#include <ostream>
#include <string>
#include <utility>

#include "cli/pathway_texts.h"
#include "plumbline/pathway/v1/decision.pb.h"

namespace plumbline::cli {

using UnknownItems =
    google::protobuf::RepeatedPtrField<pathway::v1::UnknownItem>;

// Each question once, in the order of the questionnaire.
class Unanswered {
 public:
  // `texts` must outlive this.
  explicit Unanswered(const PathwayTexts& texts) : texts_(texts) {}

  void Add(const UnknownItems& items);
  void Remove(const Unanswered& others);

  bool empty() const { return items_.empty(); }

  // One a line: "Can you walk? (em.walk; asked, no usable answer)".
  void Print(std::ostream& out) const;

 private:
  const PathwayTexts& texts_;
  // By place in the questionnaire, then by id.
  std::map<std::pair<int, std::string>, pathway::v1::UnknownItem> items_;
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_UNANSWERED_H_
