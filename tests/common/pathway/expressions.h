// Expressions over the example pathway, for tests.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSIONS_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSIONS_H_

#include <memory>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/names.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::pathway {

// The example with one more definition, `probe`, which stands last.
inline v1::Pathway WithProbe(const std::string& expression) {
  v1::Pathway message = ExampleMessage();
  v1::Definition& probe = *message.add_definitions();
  probe.set_name("probe");
  probe.set_expression(expression);
  probe.set_rationale("A test.");
  return message;
}

// "true", "unknown", "3", "0 to 10", "'yes'"; doubles have a point.
inline std::string ToText(const Value& value) {
  const auto number = [](double d) {
    const std::string text = FormatNumber(d);
    return text.find('.') == std::string::npos ? text + ".0" : text;
  };
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* ints = std::get_if<IntInterval>(&value)) {
    return ints->IsPoint() ? absl::StrCat(ints->minimum)
                           : absl::StrCat(ints->minimum, " to ", ints->maximum);
  }
  if (const auto* doubles = std::get_if<DoubleInterval>(&value)) {
    return doubles->IsPoint() ? number(doubles->minimum)
                              : absl::StrCat(number(doubles->minimum), " to ",
                                             number(doubles->maximum));
  }
  if (const auto* text = std::get_if<absl::string_view>(&value)) {
    return absl::StrCat("'", *text, "'");
  }
  return "unknown";
}

// What `expression` comes to over answers given as the text of a v1::Case.
inline std::string ValueOver(const std::string& expression,
                             const std::string& answers) {
  const std::shared_ptr<const CompiledPathway> pathway =
      CompileOrDie(WithProbe(expression));
  if (pathway == nullptr) return "faulty";
  const CheckedAnswers checked = CheckText(*pathway, answers);
  if (!checked.violations.empty()) return "illegal";
  return ToText(checked.evaluation.definitions.back());
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSIONS_H_
