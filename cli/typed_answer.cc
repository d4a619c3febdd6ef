#include "cli/typed_answer.h"

#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/unit.h"
#include "common/pathway/names.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Answer;
using pathway::v1::Item;

// " years", or nothing where a number has no unit.
std::string BehindNumber(absl::string_view ucum) {
  const std::string words = UnitInWords(ucum);
  return words.empty() ? "" : absl::StrCat(" ", words);
}

std::string HowToAnswer(const Item& item) {
  switch (item.type()) {
    case pathway::v1::ITEM_TYPE_CHOICE:
      return absl::StrCat("a number from 1 to ", item.options_size());
    case pathway::v1::ITEM_TYPE_MULTI_CHOICE:
      return absl::StrCat("numbers from 1 to ", item.options_size(),
                          " with commas between them");
    case pathway::v1::ITEM_TYPE_BOOLEAN:
      return "1 for yes, 2 for no";
    case pathway::v1::ITEM_TYPE_INTEGER:
      return absl::StrCat("a whole number from ",
                          item.integer_range().minimum(), " to ",
                          item.integer_range().maximum(),
                          BehindNumber(item.integer_range().unit()));
    case pathway::v1::ITEM_TYPE_DECIMAL:
      return absl::StrCat("a number from ", item.decimal_range().minimum(),
                          " to ", item.decimal_range().maximum(),
                          BehindNumber(item.decimal_range().unit()),
                          ", in steps of ", item.decimal_range().step());
    default:
      return "nothing: this question is of a kind that plumb does not know";
  }
}

absl::Status Unreadable(const Item& item) {
  return absl::InvalidArgumentError(absl::StrCat(
      "Please give ", HowToAnswer(item), "; Enter skips, ? means not sure."));
}

absl::StatusOr<std::string> OptionCode(const Item& item,
                                       absl::string_view typed) {
  int number = 0;
  if (absl::SimpleAtoi(typed, &number) && number >= 1 &&
      number <= item.options_size()) {
    return item.options(number - 1).code();
  }
  for (const auto& option : item.options()) {
    if (option.code() == typed) return option.code();
  }
  return Unreadable(item);
}

absl::Status SetOptions(const Item& item, absl::string_view typed,
                        Answer* answer) {
  for (const absl::string_view part : absl::StrSplit(typed, ',')) {
    const absl::StatusOr<std::string> code =
        OptionCode(item, absl::StripAsciiWhitespace(part));
    if (!code.ok()) return code.status();
    answer->mutable_codes()->add_codes(*code);
  }
  return absl::OkStatus();
}

absl::Status SetValue(const Item& item, absl::string_view typed,
                      Answer* answer) {
  std::int64_t integer = 0;
  double decimal = 0;
  switch (item.type()) {
    case pathway::v1::ITEM_TYPE_CHOICE: {
      const absl::StatusOr<std::string> code = OptionCode(item, typed);
      if (!code.ok()) return code.status();
      answer->set_code(*code);
      return absl::OkStatus();
    }
    case pathway::v1::ITEM_TYPE_MULTI_CHOICE:
      return SetOptions(item, typed, answer);
    case pathway::v1::ITEM_TYPE_BOOLEAN:
      if (typed != "1" && typed != "yes" && typed != "y" && typed != "2" &&
          typed != "no" && typed != "n") {
        return Unreadable(item);
      }
      answer->set_boolean(typed == "1" || typed[0] == 'y');
      return absl::OkStatus();
    case pathway::v1::ITEM_TYPE_INTEGER:
      if (!absl::SimpleAtoi(typed, &integer)) return Unreadable(item);
      answer->set_integer(integer);
      return absl::OkStatus();
    case pathway::v1::ITEM_TYPE_DECIMAL:
      if (!absl::SimpleAtod(typed, &decimal) || !std::isfinite(decimal)) {
        return Unreadable(item);
      }
      answer->set_decimal(decimal);
      return absl::OkStatus();
    default:
      return Unreadable(item);
  }
}

// "3", "4 to 10"
std::string RangeText(const pathway::v1::Band& band) {
  const std::string minimum = pathway::FormatNumber(band.minimum());
  if (band.minimum() == band.maximum()) return minimum;
  return absl::StrCat(minimum, " to ", pathway::FormatNumber(band.maximum()));
}

}  // namespace

std::string QuestionText(const Item& item) {
  std::string text = absl::StrCat(item.prompt(), "\n");
  if (!item.help().empty()) absl::StrAppend(&text, "  ", item.help(), "\n");
  for (int i = 0; i < item.options_size(); ++i) {
    absl::StrAppend(&text, "  ", i + 1, ") ", item.options(i).text(), "\n");
  }
  for (const pathway::v1::Band& band : item.bands()) {
    absl::StrAppend(&text, "  ", RangeText(band), ": ", band.label(), "\n");
  }
  absl::StrAppend(&text, "[", HowToAnswer(item), "] ");
  return text;
}

absl::StatusOr<Answer> ParseTyped(const Item& item, absl::string_view typed) {
  const std::string word =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(typed));
  Answer answer;
  answer.set_link_id(item.link_id());
  if (word.empty() || word == "skip") {
    answer.set_no_value(pathway::v1::NO_VALUE_NOT_ANSWERED);
    return answer;
  }
  if (word == "?") {
    answer.set_no_value(pathway::v1::NO_VALUE_UNSURE);
    return answer;
  }
  const absl::Status status = SetValue(item, word, &answer);
  if (!status.ok()) return status;
  return answer;
}

}  // namespace plumbline::cli
