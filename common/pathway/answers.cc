#include "common/pathway/answers.h"

#include <bitset>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

// The field of v1::Answer that answers an item of this type.
absl::string_view FieldOf(ItemType type) {
  switch (type) {
    case ItemType::kChoice:
      return "code";
    case ItemType::kMultiChoice:
      return "codes";
    case ItemType::kBoolean:
      return "boolean";
    case ItemType::kInteger:
      return "integer";
    case ItemType::kDecimal:
      return "decimal";
  }
  return "";
}

// The field of v1::Answer that is set; empty where none is.
absl::string_view FieldOf(const v1::Answer& answer) {
  switch (answer.value_case()) {
    case v1::Answer::kBoolean:
      return "boolean";
    case v1::Answer::kInteger:
      return "integer";
    case v1::Answer::kDecimal:
      return "decimal";
    case v1::Answer::kCode:
      return "code";
    case v1::Answer::kCodes:
      return "codes";
    case v1::Answer::kNoValue:
      return "no_value";
    case v1::Answer::VALUE_NOT_SET:
      break;
  }
  return "";
}

std::string OptionList(const Item& item) {
  std::string codes;
  for (const Option& option : item.options) {
    absl::StrAppend(&codes, codes.empty() ? "" : ", ", option.code);
  }
  return codes;
}

std::string Range(const Item& item) {
  return absl::StrCat(FormatNumber(DecimalValue(item, item.minimum)), " to ",
                      FormatNumber(DecimalValue(item, item.maximum)));
}

int OptionIndex(const Item& item, absl::string_view code) {
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if (item.options[i].code == code) return static_cast<int>(i);
  }
  return -1;
}

SlotAnswer Answered(std::int64_t value) {
  return {.state = SlotAnswer::State::kAnswered, .value = value};
}

SlotAnswer Closed(SlotAnswer::NoValue no_value, std::int64_t value = 0) {
  return {.state = SlotAnswer::State::kClosed,
          .no_value = no_value,
          .value = value};
}

// Reads one message after the other into an intake. Values that were given
// appear in no message: they may be a patient's.
class AnswerReader {
 public:
  explicit AnswerReader(const CompiledPathway& pathway)
      : pathway_(pathway),
        intake_(pathway.items.size()),
        numbers_(pathway.items.size(), -1) {}

  void Read(const v1::Answer& answer, int number) {
    if (violations_.size() >= kViolationsMax) {
      is_cut_short_ = true;
      return;
    }
    number_ = number;
    const auto found = pathway_.item_by_link_id.find(answer.link_id());
    if (found == pathway_.item_by_link_id.end()) {
      return Violation("link_id", "no item of this link id in the pathway");
    }
    const int index = found->second;
    const Item& item = pathway_.items[index];
    if (numbers_[index] < 0) {
      numbers_[index] = number;
      return ReadAnswer(answer, item, intake_[index]);
    }
    Violation(
        "link_id",
        absl::StrCat("'", item.link_id, "' is answered in answers[",
                     numbers_[index], "] already; answer each item once"));
    // Which of the two holds is not known: the item rules out no other.
    intake_[index] = SlotAnswer();
    SlotAnswer doubled;
    ReadAnswer(answer, item, doubled);
  }

  // Evaluates, and refuses answers to items that are not asked.
  CheckedAnswers Finish() {
    Evaluation evaluation = Evaluate(pathway_, intake_);
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      if (numbers_[i] < 0 || evaluation.enabled[i] != Truth::kFalse) continue;
      const Item& item = pathway_.items[i];
      number_ = numbers_[i];
      Violation("link_id",
                absl::StrCat("'", item.link_id,
                             "' is not asked with these answers; leave it out. "
                             "It is asked where ",
                             item.enable_when->text));
    }
    if (is_cut_short_) {
      violations_.push_back(
          {"answers", absl::StrCat("from ", kViolationsMax,
                                   " violations on, further answers are not "
                                   "read; mend these first")});
    }
    if (!violations_.empty()) return {{}, {}, std::move(violations_)};
    return {std::move(intake_), std::move(evaluation), {}};
  }

 private:
  void Violation(absl::string_view field, std::string message) {
    violations_.push_back({absl::StrCat("answers[", number_, "]",
                                        field.empty() ? "" : ".", field),
                           std::move(message)});
  }

  void ReadAnswer(const v1::Answer& answer, const Item& item,
                  SlotAnswer& slot) {
    const absl::string_view field = FieldOf(answer);
    if (field == "no_value") return ReadNoValue(answer, item, slot);
    if (field != FieldOf(item.type)) {
      return Violation(field,
                       absl::StrCat("'", item.link_id, "' takes '",
                                    FieldOf(item.type), "' or 'no_value'"));
    }
    ReadValue(answer, item, slot);
  }

  void ReadNoValue(const v1::Answer& answer, const Item& item,
                   SlotAnswer& slot) {
    switch (answer.no_value()) {
      case v1::NO_VALUE_NOT_ANSWERED:
        slot = Closed(SlotAnswer::NoValue::kNotAnswered);
        return;
      case v1::NO_VALUE_DECLINED:
        slot = Closed(SlotAnswer::NoValue::kDeclined);
        return;
      case v1::NO_VALUE_UNSURE:
        slot = Closed(SlotAnswer::NoValue::kUnsure);
        return;
      default:  // UNSPECIFIED, and numbers that are no value of the enum.
        return Violation("no_value",
                         absl::StrCat("'", item.link_id,
                                      "' takes NO_VALUE_NOT_ANSWERED, "
                                      "NO_VALUE_DECLINED or NO_VALUE_UNSURE"));
    }
  }

  void ReadValue(const v1::Answer& answer, const Item& item, SlotAnswer& slot) {
    switch (item.type) {
      case ItemType::kChoice:
        return ReadCode(answer.code(), item, slot);
      case ItemType::kMultiChoice:
        return ReadCodes(answer.codes(), item, slot);
      case ItemType::kBoolean:
        slot = Answered(answer.boolean() ? 1 : 0);
        return;
      case ItemType::kInteger:
        return ReadInteger(answer.integer(), item, slot);
      case ItemType::kDecimal:
        return ReadDecimal(answer.decimal(), item, slot);
    }
  }

  void ReadCode(const std::string& code, const Item& item, SlotAnswer& slot) {
    const int option = OptionIndex(item, code);
    if (option < 0) {
      return Violation("code", absl::StrCat("'", item.link_id,
                                            "' has no such option; it has ",
                                            OptionList(item)));
    }
    slot = item.options[option].means_unknown
               ? Closed(SlotAnswer::NoValue::kMeansUnknown, option)
               : Answered(option);
  }

  void ReadCodes(const v1::CodeSet& codes, const Item& item, SlotAnswer& slot) {
    if (codes.codes().empty()) {
      return Violation("codes",
                       absl::StrCat("'", item.link_id,
                                    "' needs at least one option; where there "
                                    "is no answer, give 'no_value'"));
    }
    if (codes.codes_size() > static_cast<int>(item.options.size())) {
      return Violation(
          "codes", absl::StrCat("'", item.link_id, "' has ",
                                item.options.size(), " options, and there are ",
                                codes.codes_size(), "; give each once"));
    }
    bool ok = true;
    std::uint64_t mask = 0;
    for (int i = 0; i < codes.codes_size(); ++i) {
      const std::string field = absl::StrCat("codes.codes[", i, "]");
      const int option = OptionIndex(item, codes.codes(i));
      if (option < 0) {
        Violation(field, absl::StrCat("'", item.link_id,
                                      "' has no such option; it has ",
                                      OptionList(item)));
        ok = false;
        continue;
      }
      const std::uint64_t bit = std::uint64_t{1} << option;
      if ((mask & bit) != 0) {
        Violation(field, absl::StrCat("'", item.link_id,
                                      "' holds this option already; give each "
                                      "once"));
        ok = false;
      }
      mask |= bit;
    }
    const bool alone = std::bitset<64>(mask).count() == 1;
    if ((mask & item.exclusive_mask) != 0 && !alone) {
      Violation("codes", absl::StrCat("'", item.link_id,
                                      "' has options that stand alone: ",
                                      ExclusiveList(item)));
      ok = false;
    }
    if (ok) slot = Answered(static_cast<std::int64_t>(mask));
  }

  static std::string ExclusiveList(const Item& item) {
    std::string codes;
    for (const Option& option : item.options) {
      if (!option.exclusive) continue;
      absl::StrAppend(&codes, codes.empty() ? "" : ", ", option.code);
    }
    return codes;
  }

  void ReadInteger(std::int64_t number, const Item& item, SlotAnswer& slot) {
    if (number < item.minimum || number > item.maximum) {
      return Violation("integer", absl::StrCat("'", item.link_id,
                                               "' must be from ", Range(item)));
    }
    slot = Answered(number);
  }

  void ReadDecimal(double number, const Item& item, SlotAnswer& slot) {
    if (!std::isfinite(number)) {
      return Violation("decimal", absl::StrCat("'", item.link_id,
                                               "' must be a finite number"));
    }
    if (number < DecimalValue(item, item.minimum) ||
        number > DecimalValue(item, item.maximum)) {
      return Violation("decimal", absl::StrCat("'", item.link_id,
                                               "' must be from ", Range(item)));
    }
    const std::int64_t steps =
        std::llround(number * static_cast<double>(item.scale));
    if (DecimalValue(item, steps) != number) {
      const double step = 1 / static_cast<double>(item.scale);
      return Violation(
          "decimal", absl::StrCat("'", item.link_id, "' must be a multiple of ",
                                  FormatNumber(step)));
    }
    slot = Answered(steps);
  }

  const CompiledPathway& pathway_;
  Intake intake_;
  std::vector<int> numbers_;  // By item: the message that answers it, or -1.
  int number_ = 0;            // The message being read.
  Faults violations_;
  bool is_cut_short_ = false;  // Whether answers were not read.
};

void WriteValue(const Item& item, std::int64_t value, v1::Answer& answer) {
  switch (item.type) {
    case ItemType::kChoice:
      answer.set_code(item.options[value].code);
      return;
    case ItemType::kMultiChoice:
      for (std::size_t i = 0; i < item.options.size(); ++i) {
        if ((static_cast<std::uint64_t>(value) >> i & 1) == 0) continue;
        answer.mutable_codes()->add_codes(item.options[i].code);
      }
      return;
    case ItemType::kBoolean:
      answer.set_boolean(value != 0);
      return;
    case ItemType::kInteger:
      answer.set_integer(value);
      return;
    case ItemType::kDecimal:
      answer.set_decimal(DecimalValue(item, value));
      return;
  }
}

void WriteNoValue(const Item& item, const SlotAnswer& slot,
                  v1::Answer& answer) {
  if (slot.no_value == SlotAnswer::NoValue::kMeansUnknown) {
    answer.set_code(item.options[slot.value].code);
  } else {
    answer.set_no_value(static_cast<v1::NoValue>(slot.no_value));
  }
}

}  // namespace

CheckedAnswers CheckAnswers(const CompiledPathway& pathway,
                            const AnswerMessages& answers) {
  AnswerReader reader(pathway);
  for (int i = 0; i < answers.size(); ++i) reader.Read(answers[i], i);
  return reader.Finish();
}

AnswerMessages ToMessages(const CompiledPathway& pathway,
                          const Intake& intake) {
  AnswerMessages messages;
  for (std::size_t i = 0; i < intake.size(); ++i) {
    if (intake[i].state == SlotAnswer::State::kOpen) continue;
    v1::Answer& answer = *messages.Add();
    answer.set_link_id(pathway.items[i].link_id);
    if (intake[i].state == SlotAnswer::State::kAnswered) {
      WriteValue(pathway.items[i], intake[i].value, answer);
    } else {
      WriteNoValue(pathway.items[i], intake[i], answer);
    }
  }
  return messages;
}

}  // namespace plumbline::pathway
