#include "common/pathway/compile_questionnaire.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pathway/check_bands.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

const IdForm kLinkIdForm = {
    IsLinkId,
    "two or more words joined by dots, such as 'em.bladder', each of "
    "lower-case letters, digits and '_'"};

bool IsChoice(const Item& item) {
  return item.type == ItemType::kChoice || item.type == ItemType::kMultiChoice;
}

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

int OptionIndex(const Item& item, absl::string_view code) {
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if (item.options[i].code == code) return static_cast<int>(i);
  }
  return -1;
}

// One item of the message and what becomes of it.
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

// Refuses segments that expressions could not read.
void CheckWords(Compiler& compiler, const ElementPath& path,
                const std::string& link_id) {
  const std::vector<std::string> words = absl::StrSplit(link_id, '.');
  for (const std::string& word : words) {
    if (!IsKeyword(word)) continue;
    compiler.AddFault(path, absl::StrCat("'", word,
                                         "' is a word of CEL; use "
                                         "another"));
  }
  if (IsReservedName(words.front())) {
    compiler.AddFault(path,
                      absl::StrCat("'", words.front(),
                                   "' means something else in expressions; "
                                   "begin with another word"));
  }
}

// Refuses an id whose beginning is another's whole: an expression could not
// tell them apart.
void CheckBeginning(Compiler& compiler, const ElementPath& path,
                    const std::string& link_id) {
  for (std::size_t dot = link_id.find('.'); dot != std::string::npos;
       dot = link_id.find('.', dot + 1)) {
    const std::string beginning = link_id.substr(0, dot);
    if (!compiler.pathway.item_by_link_id.contains(beginning)) continue;
    compiler.AddFault(path, absl::StrCat("begins with '", beginning,
                                         "', which is an item itself; give one "
                                         "of the two another name"));
  }
}

ElementPath PathOfItem(const Compiler& compiler, int index) {
  const std::string& id = compiler.message.items(index).link_id();
  const auto found = compiler.pathway.item_by_link_id.find(id);
  const bool is_named =
      found != compiler.pathway.item_by_link_id.end() && found->second == index;
  return ElementPath().Element("items", index, is_named ? id : "");
}

void CompilePolicy(Compiler& compiler, const ElementPath& path,
                   const v1::IfUnknown& message, Item& item) {
  ItemPolicy policy;
  const std::optional<Disposition> at_least =
      compiler.CheckDisposition(path.Field("at_least"), message.at_least());
  policy.at_least = at_least.value_or(policy.at_least);
  compiler.CheckFlag(path.Field("flag"), message.flag());
  policy.flag = compiler.FlagIndex(message.flag());
  compiler.CheckText(path.Field("rationale"), message.rationale());
  compiler.CheckSources(path, message.sources(), 1);
  policy.guidance =
      compiler.FindAll(path, "guidance_ids", message.guidance_ids(),
                       compiler.guidance, "guidance record");
  item.if_unknown = std::move(policy);
}

// An unknown emergency item never gives better than SAME_DAY.
void CheckEmergency(Compiler& compiler, const ElementPath& path,
                    const Item& item) {
  if (!item.emergency) return;
  if (item.if_unknown.has_value() &&
      item.if_unknown->at_least >= Disposition::kSameDay) {
    return;
  }
  compiler.AddFault(path.Field("if_unknown"),
                    "an emergency item needs a policy of at least "
                    "DISPOSITION_SAME_DAY for when it is not answered");
}

// Which options are at least as bad as which, closed under transitivity.
using Order = std::array<std::uint64_t, kOptionsMax>;

void Close(Order& worse) {
  for (int via = 0; via < kOptionsMax; ++via) {
    for (std::uint64_t& row : worse) {
      if ((row >> via & 1) != 0) row |= worse[via];
    }
  }
}

class WorseCompiler {
 public:
  WorseCompiler(Compiler& compiler, const v1::Worse& message, ElementPath path,
                const Item& item)
      : compiler_(compiler),
        message_(message),
        path_(std::move(path)),
        item_(item) {}

  void Run() {
    CheckOrder();
    for (int i = 0; i < message_.exceptions_size(); ++i) {
      const v1::OrderException& exception = message_.exceptions(i);
      const ElementPath path = path_.Element("exceptions", i);
      compiler_.CheckText(path.Field("reason"), exception.reason());
      if (exception.rule_ids().empty()) {
        compiler_.AddFault(path.Field("rule_ids"),
                           "required: the rules that need the exception");
      }
      compiler_.FindAll(path, "rule_ids", exception.rule_ids(), compiler_.rules,
                        "rule");
    }
  }

 private:
  // No default label: a new kind of order stops the build here.
  void CheckOrder() {
    switch (message_.order_case()) {
      case v1::Worse::kOptions:
        if (Fits(item_.type == ItemType::kChoice, "options", "choice items")) {
          CheckChains();
        }
        return;
      case v1::Worse::kDirection:
        if (Fits(IsNumber(item_), "direction", "integer and decimal items") &&
            message_.direction() != v1::Worse::DIRECTION_UP &&
            message_.direction() != v1::Worse::DIRECTION_DOWN) {
          compiler_.AddFault(path_.Field("direction"),
                             "write DIRECTION_UP or DIRECTION_DOWN");
        }
        return;
      case v1::Worse::kSetInclusion:
        if (Fits(item_.type == ItemType::kMultiChoice, "set_inclusion",
                 "multi-choice items")) {
          CheckTrue("set_inclusion", message_.set_inclusion());
        }
        return;
      case v1::Worse::kTrueIsWorse:
        if (Fits(item_.type == ItemType::kBoolean, "true_is_worse",
                 "boolean items")) {
          CheckTrue("true_is_worse", message_.true_is_worse());
        }
        return;
      case v1::Worse::kUnordered:
        return compiler_.CheckText(path_.Field("unordered"),
                                   message_.unordered());
      case v1::Worse::ORDER_NOT_SET:
        break;
    }
    compiler_.AddFault(path_,
                       "required: which answers are worse, or "
                       "'unordered' with the reason");
  }

  bool Fits(bool fits, absl::string_view field, absl::string_view types) {
    if (fits) return true;
    compiler_.AddFault(
        path_.Field(field),
        absl::StrCat("only ", types, " are ordered so; this item is ",
                     TypeName(item_.type)));
    return false;
  }

  void CheckTrue(absl::string_view field, bool value) {
    if (value) return;
    compiler_.AddFault(path_.Field(field),
                       "must be true; if no answer is worse, write "
                       "'unordered' with the reason");
  }

  void CheckChains() {
    const ElementPath path = path_.Field("options");
    if (message_.options().chains().empty()) {
      compiler_.AddFault(path.Field("chains"), "required: at least one chain");
    }
    Order worse = {};
    std::vector<std::pair<int, int>> steps;  // Better, worse.
    for (int i = 0; i < message_.options().chains_size(); ++i) {
      CheckChain(path.Element("chains", i), message_.options().chains(i), worse,
                 steps);
    }
    Close(worse);
    for (const auto& [better, bad] : steps) {
      if ((worse[bad] >> better & 1) == 0) continue;
      return compiler_.AddFault(
          path, absl::StrCat("'", item_.options[better].code, "' and '",
                             item_.options[bad].code,
                             "' are each worse than the other; take one of the "
                             "chains apart"));
    }
  }

  void CheckChain(const ElementPath& path, const v1::OptionChain& chain,
                  Order& worse, std::vector<std::pair<int, int>>& steps) {
    if (chain.levels_size() < 2) {
      compiler_.AddFault(path.Field("levels"), "write at least 2 levels");
    }
    std::vector<int> before;
    for (int i = 0; i < chain.levels_size(); ++i) {
      const std::vector<int> level =
          Options(path.Element("levels", i), chain.levels(i));
      for (const int option : level) {
        for (const int equal : level) {
          worse[option] |= std::uint64_t{1} << equal;
        }
        for (const int better : before) {
          worse[better] |= std::uint64_t{1} << option;
          steps.emplace_back(better, option);
        }
      }
      before = level;
    }
  }

  std::vector<int> Options(const ElementPath& path,
                           const v1::OptionLevel& level) {
    std::vector<int> options;
    if (level.codes().empty()) {
      compiler_.AddFault(path.Field("codes"), "required: at least one option");
    }
    for (int i = 0; i < level.codes_size(); ++i) {
      const ElementPath code_path = path.Element("codes", i);
      const int option = OptionIndex(item_, level.codes(i));
      if (option < 0) {
        compiler_.AddFault(code_path,
                           absl::StrCat("no option '", level.codes(i), "'",
                                        Suggest(level.codes(i))));
      } else if (item_.options[option].means_unknown) {
        compiler_.AddFault(code_path,
                           absl::StrCat("option '", level.codes(i),
                                        "' means unknown and has no order"));
      } else {
        options.push_back(option);
      }
    }
    return options;
  }

  std::string Suggest(const std::string& code) const {
    std::vector<absl::string_view> codes;
    for (const Option& option : item_.options) codes.push_back(option.code);
    return DidYouMean(code, codes);
  }

  Compiler& compiler_;
  const v1::Worse& message_;
  const ElementPath path_;
  const Item& item_;
};

}  // namespace

void CompileItems(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  IndexById groups;
  const std::vector<ElementPath> group_paths = compiler.CheckIds(
      {}, "groups", message.groups(), "group_id",
      [](const v1::ItemGroup& group) { return group.group_id(); }, kWordForm,
      &groups);
  for (int i = 0; i < message.groups_size(); ++i) {
    compiler.CheckText(group_paths[i].Field("title"),
                       message.groups(i).title());
  }
  if (message.groups().empty()) {
    compiler.AddFault(ElementPath().Field("groups"),
                      "required: at least one section");
  }
  if (message.items().empty()) {
    compiler.AddFault(ElementPath().Field("items"),
                      "required: at least one item");
  }
  IndexById index;
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "items", message.items(), "link_id",
      [](const v1::Item& item) { return item.link_id(); }, kLinkIdForm, &index);
  compiler.pathway.item_by_link_id = std::move(index);
  compiler.pathway.items.resize(message.items_size());
  for (int i = 0; i < message.items_size(); ++i) {
    const v1::Item& item = message.items(i);
    compiler.conditional.push_back(!item.enable_when().empty());
    if (IsLinkId(item.link_id())) {
      CheckWords(compiler, paths[i].Field("link_id"), item.link_id());
      CheckBeginning(compiler, paths[i].Field("link_id"), item.link_id());
    }
    const bool is_clear = ItemCompiler(compiler, item, paths[i], groups,
                                       compiler.pathway.items[i])
                              .Run();
    compiler.faulty.push_back(!is_clear);
  }
}

void CompileEnabling(Compiler& compiler) {
  for (int i = 0; i < compiler.message.items_size(); ++i) {
    const std::string& text = compiler.message.items(i).enable_when();
    if (text.empty()) continue;
    compiler.pathway.items[i].enable_when =
        compiler.CompileExpression(PathOfItem(compiler, i).Field("enable_when"),
                                   text, compiler.Condition());
  }
}

void CompileItemPolicies(Compiler& compiler) {
  for (int i = 0; i < compiler.message.items_size(); ++i) {
    const v1::Item& message = compiler.message.items(i);
    const ElementPath path = PathOfItem(compiler, i);
    Item& item = compiler.pathway.items[i];
    if (message.has_if_unknown()) {
      CompilePolicy(compiler, path.Field("if_unknown"), message.if_unknown(),
                    item);
    }
    CheckEmergency(compiler, path, item);
    compiler.CheckSources(path, message.sources(), 0);
    if (message.type() == v1::ITEM_TYPE_UNSPECIFIED) continue;
    WorseCompiler(compiler, message.worse(), path.Field("worse"), item).Run();
  }
}

}  // namespace plumbline::pathway
