#include "common/pathway/compile_item.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/check_bands.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "common/pathway/texts.h"

namespace plumbline::pathway {
namespace {

bool IsChoice(const Item& item) {
  return item.type == ItemType::kChoice || item.type == ItemType::kMultiChoice;
}

// One item of the message and what becomes of it; see CompileItem().
class ItemCompiler {
 public:
  ItemCompiler(Compiler& compiler, const v1::Item& message, ElementPath path,
               const IndexById& groups, Item& item)
      : compiler_(compiler),
        message_(message),
        path_(std::move(path)),
        groups_(groups),
        item_(item) {}

  // Returns whether it is clear what values the item has.
  bool Run() {
    item_.link_id = message_.link_id();
    item_.emergency = message_.emergency();
    item_.changeable = message_.changeable();
    if (message_.group_id().empty()) {
      Fault("group_id", "required: the section");
    } else {
      compiler_.Find(path_.Field("group_id"), message_.group_id(), groups_,
                     "group");
    }
    compiler_.CheckText(path_.Field("prompt"), message_.prompt());
    compiler_.CheckOptionalText(path_.Field("help"), message_.help());
    if (!CheckType()) return false;
    item_.type = static_cast<ItemType>(message_.type());
    CompileOptions();
    CompileIntegers();
    CompileDecimals();
    CheckItemBands();
    if (item_.emergency && !message_.enable_when().empty()) {
      Fault("enable_when",
            "an emergency item is always asked; leave this out, or take the "
            "mark 'emergency' away");
    }
    return HasValues();
  }

 private:
  void Fault(absl::string_view field, std::string message) {
    compiler_.AddFault(path_.Field(field), std::move(message));
  }

  bool HasValues() const {
    if (IsChoice(item_)) return !item_.options.empty();
    return item_.type == ItemType::kBoolean || has_range_;
  }

  bool CheckType() {
    const bool is_one = v1::ItemType_IsValid(message_.type()) &&
                        message_.type() != v1::ITEM_TYPE_UNSPECIFIED;
    if (!is_one) Fault("type", "required: a type, such as ITEM_TYPE_CHOICE");
    return is_one;
  }

  // Refuses a field that only items of another type have.
  bool BelongsTo(bool belongs, bool is_set, absl::string_view field,
                 absl::string_view types) {
    if (belongs && !is_set) Fault(field, absl::StrCat("required for ", types));
    if (!belongs && is_set) {
      Fault(field, absl::StrCat("only ", types, " have this; this item is ",
                                TypeName(item_.type)));
    }
    return belongs && is_set;
  }

  void CompileOptions() {
    if (!BelongsTo(IsChoice(item_), message_.options_size() > 0, "options",
                   "choice and multi-choice items")) {
      return;
    }
    if (message_.options_size() < 2) {
      Fault("options", "there is 1; write at least 2");
    }
    if (!compiler_.CheckCount(path_.Field("options"), message_.options_size(),
                              kOptionsMax)) {
      return;
    }
    const std::vector<ElementPath> paths = compiler_.CheckIds(
        path_, "options", message_.options(), "code",
        [](const v1::Option& option) { return option.code(); }, kWordForm,
        nullptr);
    for (int i = 0; i < message_.options_size(); ++i) {
      CompileOption(message_.options(i), paths[i]);
    }
    CheckOptionsTogether();
    CheckOptionTexts(paths);
  }

  // Who answers tells options apart by their words alone.
  void CheckOptionTexts(const std::vector<ElementPath>& paths) {
    for (int i = 0; i < message_.options_size(); ++i) {
      const v1::Option& option = message_.options(i);
      for (int j = 0; j < i && !option.text().empty(); ++j) {
        const v1::Option& other = message_.options(j);
        if (!AreSameWords(option.text(), other.text())) continue;
        compiler_.AddFault(paths[i].Field("text"),
                           absl::StrCat("has the words of '", other.code(),
                                        "'; nobody could tell them apart"));
        break;
      }
    }
  }

  void CompileOption(const v1::Option& message, const ElementPath& path) {
    compiler_.CheckText(path.Field("text"), message.text());
    compiler_.CheckOptionalText(path.Field("informational"),
                                message.informational());
    Option option;
    option.code = message.code();
    option.exclusive = message.exclusive();
    option.means_unknown = message.means_unknown();
    if (option.exclusive && item_.type != ItemType::kMultiChoice) {
      compiler_.AddFault(path.Field("exclusive"),
                         "only options of multi-choice items stand alone; the "
                         "options of a choice item always do");
    }
    if (option.means_unknown && item_.type != ItemType::kChoice) {
      compiler_.AddFault(path.Field("means_unknown"),
                         "only options of choice items can mean unknown");
    }
    if (message.at_least() != v1::DISPOSITION_UNSPECIFIED) {
      option.at_least = compiler_.CheckDisposition(path.Field("at_least"),
                                                   message.at_least());
      if (option.means_unknown) {
        compiler_.AddFault(path.Field("at_least"),
                           "an option that means unknown is never an answer, "
                           "and has no floor; write 'if_unknown' for the item");
      }
      if (!message.informational().empty()) {
        compiler_.AddFault(path.Field("informational"),
                           "an option with 'at_least' changes what is decided; "
                           "leave one of the two out");
      }
    }
    if (option.exclusive) {
      item_.exclusive_mask |= std::uint64_t{1} << item_.options.size();
    }
    item_.options.push_back(std::move(option));
  }

  void CheckOptionsTogether() {
    const auto usable = [](const Option& option) {
      return !option.exclusive && !option.means_unknown;
    };
    if (std::none_of(item_.options.begin(), item_.options.end(), usable)) {
      Fault("options", item_.type == ItemType::kChoice
                           ? "all mean unknown; at least one must be an answer"
                           : "all are exclusive; at least one must not be");
    }
  }

  void CompileIntegers() {
    if (!BelongsTo(item_.type == ItemType::kInteger,
                   message_.has_integer_range(), "integer_range",
                   "integer items")) {
      return;
    }
    const v1::IntegerRange& range = message_.integer_range();
    const ElementPath path = path_.Field("integer_range");
    compiler_.CheckText(path.Field("unit"), range.unit());
    if (!CheckEnd(path.Field("minimum"), range.minimum()) ||
        !CheckEnd(path.Field("maximum"), range.maximum())) {
      return;
    }
    if (range.minimum() > range.maximum()) {
      return compiler_.AddFault(path.Field("maximum"), "is below 'minimum'");
    }
    item_.minimum = range.minimum();
    item_.maximum = range.maximum();
    has_range_ = true;
  }

  template <typename Number>
  bool CheckEnd(const ElementPath& path, Number end) {
    const bool within = end >= -kItemNumberMax && end <= kItemNumberMax;
    if (!within) {
      compiler_.AddFault(path, absl::StrCat("must be from -", kItemNumberMax,
                                            " to ", kItemNumberMax));
    }
    return within;
  }

  void CompileDecimals() {
    if (!BelongsTo(item_.type == ItemType::kDecimal,
                   message_.has_decimal_range(), "decimal_range",
                   "decimal items")) {
      return;
    }
    const v1::DecimalRange& range = message_.decimal_range();
    const ElementPath path = path_.Field("decimal_range");
    compiler_.CheckText(path.Field("unit"), range.unit());
    if (!CheckEnd(path.Field("minimum"), range.minimum()) ||
        !CheckEnd(path.Field("maximum"), range.maximum()) ||
        !CompileStep(path.Field("step"), range.step())) {
      return;
    }
    const bool on_step =
        ToSteps(path.Field("minimum"), range.minimum(), item_.minimum) &&
        ToSteps(path.Field("maximum"), range.maximum(), item_.maximum);
    has_range_ = on_step && item_.minimum <= item_.maximum;
    if (on_step && !has_range_) {
      compiler_.AddFault(path.Field("maximum"), "is below 'minimum'");
    }
  }

  bool CompileStep(const ElementPath& path, double step) {
    const bool sensible =
        step <= 1 && step >= 1 / static_cast<double>(kStepsMax);
    if (sensible) item_.scale = std::llround(1 / step);
    if (sensible && 1 / static_cast<double>(item_.scale) == step) return true;
    compiler_.AddFault(
        path, absl::StrCat("must be 1/N for a whole N from 1 to ", kStepsMax,
                           ", such as 0.1"));
    item_.scale = 1;
    return false;
  }

  bool ToSteps(const ElementPath& path, double number, std::int64_t& steps) {
    steps = std::llround(number * static_cast<double>(item_.scale));
    if (DecimalValue(item_, steps) == number) return true;
    compiler_.AddFault(
        path, absl::StrCat("is not on the step of ",
                           FormatNumber(1 / static_cast<double>(item_.scale))));
    return false;
  }

  void CheckItemBands() {
    if (message_.bands_size() == 0 || !HasValues()) return;
    if (!IsNumber(item_)) {
      return Fault("bands",
                   absl::StrCat("only integer and decimal items have this; "
                                "this item is ",
                                TypeName(item_.type)));
    }
    CheckBands(compiler_, path_, message_.bands(),
               {.minimum = DecimalValue(item_, item_.minimum),
                .maximum = DecimalValue(item_, item_.maximum),
                .whole_numbers = item_.type == ItemType::kInteger,
                .cover = false});
  }

  Compiler& compiler_;
  const v1::Item& message_;
  const ElementPath path_;
  const IndexById& groups_;
  Item& item_;
  bool has_range_ = false;
};

}  // namespace

bool IsNumber(const Item& item) {
  return item.type == ItemType::kInteger || item.type == ItemType::kDecimal;
}

absl::string_view TypeName(ItemType type) {
  switch (type) {
    case ItemType::kChoice:
      return "choice";
    case ItemType::kMultiChoice:
      return "multi-choice";
    case ItemType::kBoolean:
      return "boolean";
    case ItemType::kInteger:
      return "integer";
    case ItemType::kDecimal:
      return "decimal";
  }
  return "";
}

bool CompileItem(Compiler& compiler, const v1::Item& message,
                 const ElementPath& path, const IndexById& groups, Item& item) {
  return ItemCompiler(compiler, message, path, groups, item).Run();
}

}  // namespace plumbline::pathway
