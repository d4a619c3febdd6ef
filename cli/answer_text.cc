#include "cli/answer_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/names.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Answer;
using pathway::v1::Item;

std::string OptionText(const Item& item, const std::string& code) {
  for (const pathway::v1::Option& option : item.options()) {
    if (option.code() == code) return option.text();
  }
  return code;
}

// The number, and what the part of the range that it lies in is called.
std::string NumberText(const Item& item, double number) {
  const std::string text = pathway::FormatNumber(number);
  for (const pathway::v1::Band& band : item.bands()) {
    if (band.minimum() <= number && number <= band.maximum()) {
      return absl::StrCat(text, " (", band.label(), ")");
    }
  }
  return text;
}

std::string NoValueText(pathway::v1::NoValue no_value) {
  switch (no_value) {
    case pathway::v1::NO_VALUE_DECLINED:
      return "declined to answer";
    case pathway::v1::NO_VALUE_UNSURE:
      return "not sure";
    default:  // Also numbers that this build does not know.
      return "no answer";
  }
}

}  // namespace

std::string AnswerText(const Item& item, const Answer& answer) {
  switch (answer.value_case()) {
    case Answer::kBoolean:
      return answer.boolean() ? "Yes" : "No";
    case Answer::kInteger:
      return NumberText(item, static_cast<double>(answer.integer()));
    case Answer::kDecimal:
      return NumberText(item, answer.decimal());
    case Answer::kCode:
      return OptionText(item, answer.code());
    case Answer::kCodes: {
      std::vector<std::string> texts;
      for (const std::string& code : answer.codes().codes()) {
        texts.push_back(OptionText(item, code));
      }
      return absl::StrJoin(texts, "; ");
    }
    case Answer::kNoValue:
      return NoValueText(answer.no_value());
    case Answer::VALUE_NOT_SET:
      break;
  }
  return "no answer";
}

}  // namespace plumbline::cli
