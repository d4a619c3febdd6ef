// What a change does, compared with what trying every pair of intakes of small
// pathways says: whether there is one, how small it is, and which are shown
// after it. PLUMBLINE_PATHWAYS=5000 asks for a long run, PLUMBLINE_FIRST says
// with which seed it begins.

#include "content-service/gate/effect.h"

#include <gmock/gmock.h>
#include <google/protobuf/repeated_ptr_field.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/pathway/compile.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/faulty_pathway.h"
#include "tests/content-service/gate/all_intakes.h"
#include "tests/content-service/gate/findings_text.h"
#include "tests/content-service/gate/oracle.h"
#include "tests/content-service/gate/random_small_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;
using pathway::SlotAnswer;
using pathway::Truth;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Effect> Effects(const CompiledPathway& base,
                            const CompiledPathway& target,
                            int examples_max = 3) {
  const auto effects = FindEffects(base, target,
                                   {.bounds = {},
                                    .surroundings = WallClock(),
                                    .examples_max = examples_max});
  EXPECT_TRUE(effects.ok()) << effects.status();
  return effects.value_or(std::vector<Effect>());
}

// What a value says, whatever the slots of its item.
std::string WordOf(const Item& item, std::int64_t value) {
  switch (item.type) {
    case ItemType::kChoice:
      return item.options[value].code;
    case ItemType::kBoolean:
      return value != 0 ? "yes" : "no";
    case ItemType::kInteger:
      return absl::StrCat(value);
    case ItemType::kDecimal:
      return absl::StrCat(pathway::DecimalValue(item, value));
    case ItemType::kMultiChoice:
      break;
  }
  std::set<std::string> codes;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if ((value >> i & 1) != 0) codes.insert(item.options[i].code);
  }
  return absl::StrJoin(codes, "+");
}

// The words that an item takes.
std::set<std::string> WordsOf(const Item& item) {
  std::set<std::string> words;
  for (const std::int64_t value : LegalValues(item)) {
    words.insert(WordOf(item, value));
  }
  return words;
}

// A set of places.
using Bits = std::vector<std::uint64_t>;

bool Has(const Bits& bits, std::size_t place) {
  return (bits[place / 64] >> place % 64 & 1) != 0;
}

// Before and after, of which every pair of intakes is tried.
class AllPairs {
 public:
  // What makes a pair as large as it is: bit i is item i of the target, and
  // what it asks as before; after these come the items of the base alone.
  using Size = std::uint32_t;

  AllPairs(const CompiledPathway& base, const CompiledPathway& target,
           const AllIntakes& befores, const AllIntakes& afters)
      : base_(base), target_(target), befores_(befores), afters_(afters) {
    CountItems();
    for (const KnownIntake& before : befores.all()) {
      sizes_before_.push_back(SizesOf(before.intake, base_, places_before_));
    }
    for (const KnownIntake& after : afters.all()) {
      sizes_after_.push_back(SizesOf(after.intake, target_, places_after_));
    }
    for (std::size_t i = 0; i < target.items.size(); ++i) {
      if (counterparts_[i] >= 0) Compare(counterparts_[i], i);
    }
    for (std::size_t i = 0; i < befores.all().size(); ++i) TryWithEvery(i);
  }

  // Those of all pairs that change so.
  std::set<Size> SizesOf(Direction direction, bool complete) const {
    const auto found = sizes_.find({direction, complete});
    return found == sizes_.end() ? std::set<Size>() : found->second;
  }

  Size SizeOf(int before, int after, bool complete) const {
    return sizes_before_[before][complete] | sizes_after_[after][complete];
  }

  // An item that is of another type now has two places.
  std::set<std::string> LinkIdsOf(Size size) const {
    std::set<std::string> link_ids;
    for (std::size_t i = 0; i < link_ids_.size(); ++i) {
      if ((size >> i & 1) != 0) link_ids.insert(link_ids_[i]);
    }
    return link_ids;
  }

  bool IsSaidAlike(int before, int after) const {
    return Has(SaidAlike(before), after);
  }

 private:
  using Kind = std::pair<Direction, bool>;
  using Sizes = std::array<Size, 2>;  // By whether both are complete.

  // What is said of one item: not asked, open, closed, or a word.
  using Said = std::string;
  static constexpr char kNotAsked[] = "(not asked)";
  static constexpr char kOpen[] = "(open)";
  static constexpr char kClosed[] = "(closed)";

  // What both ask.
  struct Column {
    std::vector<Said> before;    // By intake of the base.
    std::map<Said, Bits> alike;  // By that: those of the target.
  };

  void CountItems() {
    for (const Item& item : target_.items) {
      counterparts_.push_back(CounterpartOf(item));
      places_after_.push_back(link_ids_.size());
      link_ids_.push_back(item.link_id);
    }
    for (std::size_t i = 0; i < base_.items.size(); ++i) {
      const auto found = std::find(counterparts_.begin(), counterparts_.end(),
                                   static_cast<int>(i));
      if (found != counterparts_.end()) {
        places_before_.push_back(found - counterparts_.begin());
      } else {
        places_before_.push_back(link_ids_.size());
        link_ids_.push_back(base_.items[i].link_id);
      }
    }
  }

  int CounterpartOf(const Item& item) const {
    for (std::size_t i = 0; i < base_.items.size(); ++i) {
      if (base_.items[i].link_id == item.link_id &&
          base_.items[i].type == item.type) {
        return static_cast<int>(i);
      }
    }
    return -1;
  }

  // Of the answers of one intake: all count, or where both intakes are complete
  // those that are not calm.
  static Sizes SizesOf(const Intake& intake, const CompiledPathway& pathway,
                       const std::vector<std::size_t>& places) {
    Sizes sizes = {0, 0};
    for (std::size_t i = 0; i < intake.size(); ++i) {
      if (!intake[i].IsAnswered()) continue;
      const Item& item = pathway.items[i];
      const WorseAnswers worse(
          item, pathway.source->items(static_cast<int>(i)).worse());
      sizes[0] |= Size{1} << places[i];
      if (intake[i].value != worse.CalmValue(LegalValues(item))) {
        sizes[1] |= Size{1} << places[i];
      }
    }
    return sizes;
  }

  static Said SaidOf(const KnownIntake& known, const Item& item,
                     std::size_t index) {
    if (known.evaluation.enabled[index] == Truth::kFalse) return kNotAsked;
    const SlotAnswer& slot = known.intake[index];
    if (slot.IsAnswered()) return WordOf(item, slot.value);
    return slot.state == SlotAnswer::State::kClosed ? kClosed : kOpen;
  }

  // The definition, said again.
  static bool IsSaidAlike(const Said& before, const std::set<Said>& words,
                          const Said& after, const std::set<Said>& other) {
    if (before == kNotAsked || after == kNotAsked) return true;
    if (words.count(before) > 0 && other.count(before) == 0) return true;
    if (other.count(after) > 0 && words.count(after) == 0) return true;
    return before == after;
  }

  void Compare(std::size_t base_item, std::size_t target_item) {
    const Item& was = base_.items[base_item];
    const Item& is = target_.items[target_item];
    const std::set<Said> words = WordsOf(was);
    const std::set<Said> other = WordsOf(is);
    Column column;
    for (const KnownIntake& before : befores_.all()) {
      column.before.push_back(SaidOf(before, was, base_item));
    }
    const std::set<Said> differing(column.before.begin(), column.before.end());
    for (std::size_t i = 0; i < afters_.all().size(); ++i) {
      const Said after = SaidOf(afters_.all()[i], is, target_item);
      for (const Said& before : differing) {
        Bits& alike = column.alike[before];
        alike.resize(afters_.all().size() / 64 + 1);
        if (IsSaidAlike(before, words, after, other)) {
          alike[i / 64] |= std::uint64_t{1} << i % 64;
        }
      }
    }
    columns_.push_back(std::move(column));
  }

  // The intakes of the target that say the same.
  Bits SaidAlike(std::size_t before) const {
    Bits all(afters_.all().size() / 64 + 1, ~std::uint64_t{0});
    for (const Column& column : columns_) {
      const Bits& alike = column.alike.at(column.before[before]);
      for (std::size_t i = 0; i < all.size(); ++i) all[i] &= alike[i];
    }
    return all;
  }

  void TryWithEvery(std::size_t before) {
    const KnownIntake& was = befores_.all()[before];
    const Bits alike = SaidAlike(before);
    for (std::size_t i = 0; i < afters_.all().size(); ++i) {
      const KnownIntake& is = afters_.all()[i];
      if (!Has(alike, i) ||
          is.decision.disposition == was.decision.disposition) {
        continue;
      }
      const bool complete = was.complete && is.complete;
      const bool less = is.decision.disposition < was.decision.disposition;
      sizes_[{less ? Direction::kLessUrgent : Direction::kMoreUrgent, complete}]
          .insert(sizes_before_[before][complete] | sizes_after_[i][complete]);
    }
  }

  const CompiledPathway& base_;
  const CompiledPathway& target_;
  const AllIntakes& befores_;
  const AllIntakes& afters_;
  std::vector<int> counterparts_;  // By item of the target; -1: none.
  std::vector<std::size_t> places_before_;
  std::vector<std::size_t> places_after_;
  std::vector<std::string> link_ids_;  // By place.
  std::vector<Sizes> sizes_before_;
  std::vector<Sizes> sizes_after_;
  std::vector<Column> columns_;
  std::map<Kind, std::set<Size>> sizes_;
};

// Changes something of a pathway, which may not compile then. What read what is
// gone reads another item.
class Change {
 public:
  // A kind of change; false: there was nothing to change.
  using Kind = bool (Change::*)();

  static const std::map<std::string, Kind>& Kinds() {
    static const auto& kinds = *new std::map<std::string, Kind>{
        {"condition", &Change::ChangeCondition},
        {"disposition", &Change::ChangeDisposition},
        {"enabling", &Change::ChangeEnabling},
        {"item added", &Change::AddItem},
        {"item dropped", &Change::DropItem},
        {"item policy", &Change::ChangeItemPolicy},
        {"option", &Change::ChangeOption},
        {"option added", &Change::AddOption},
        {"option dropped", &Change::DropOption},
        {"range", &Change::ChangeRange},
        {"rule added", &Change::AddRule},
        {"rule dropped", &Change::DropRule},
        {"rule policy", &Change::ChangeRulePolicy},
        {"step", &Change::ChangeStep},
        {"type", &Change::ChangeType}};
    return kinds;
  }

  Change(pathway::v1::Pathway& pathway, std::mt19937_64& random)
      : pathway_(pathway), random_(random) {}

  bool Apply(Kind kind) { return (this->*kind)(); }

 private:
  int Below(int n) {
    return static_cast<int>(random_() % static_cast<std::uint64_t>(n));
  }

  bool OnceIn(int n) { return Below(n) == 0; }

  template <typename Element>
  Element& Any(google::protobuf::RepeatedPtrField<Element>& list) {
    return *list.Mutable(Below(list.size()));
  }

  // Null: there is none.
  template <typename Condition>
  pathway::v1::Item* AnyItem(Condition condition) {
    std::vector<pathway::v1::Item*> items;
    for (auto& item : *pathway_.mutable_items()) {
      if (condition(item)) items.push_back(&item);
    }
    if (items.empty()) return nullptr;
    return items[Below(static_cast<int>(items.size()))];
  }

  static bool HasOptions(const pathway::v1::Item& item) {
    return item.options_size() > 0;
  }

  static bool IsNumber(const pathway::v1::Item& item) {
    return item.has_integer_range() || item.has_decimal_range();
  }

  pathway::v1::Rule& AnyRule() { return Any(*pathway_.mutable_rules()); }

  pathway::v1::Disposition AnyDisposition() {
    return static_cast<pathway::v1::Disposition>(1 + Below(5));
  }

  // Moves the last element to any place.
  template <typename Element>
  void MoveLast(google::protobuf::RepeatedPtrField<Element>& list) {
    const int place = Below(list.size());
    for (int i = list.size() - 1; i > place; --i) list.SwapElements(i, i - 1);
  }

  static bool Mentions(const std::string& text, const std::string& name) {
    return text.find(name) != std::string::npos;
  }

  // Has every expression read something else than `name`.
  void Forget(const std::string& name) {
    const auto forget = [&name](std::string* text) {
      if (Mentions(*text, name)) *text = "em.now";
    };
    for (auto& item : *pathway_.mutable_items()) {
      forget(item.mutable_enable_when());
    }
    for (auto& rule : *pathway_.mutable_rules()) forget(rule.mutable_when());
    for (auto& gate : *pathway_.mutable_gates()) {
      forget(gate.mutable_withhold_when());
    }
    for (auto& record : *pathway_.mutable_guidance()) {
      forget(record.mutable_show_when());
    }
    pathway_.clear_invariants();
    for (int i = 0; i < pathway_.definitions_size(); ++i) {
      if (!Mentions(pathway_.definitions(i).expression(), name)) continue;
      const std::string gone = pathway_.definitions(i).name();
      pathway_.mutable_definitions()->DeleteSubrange(i, 1);
      Forget(gone);
      return Forget(name);
    }
  }

  void ForgetScores() {
    pathway_.clear_scores();
    Forget("score.");
  }

  void ForgetItem(const std::string& link_id) {
    ForgetScores();
    Forget(link_id);
  }

  bool ChangeDisposition() {
    AnyRule().set_disposition(AnyDisposition());
    return true;
  }

  bool DropRule() {
    const int rule = Below(pathway_.rules_size());
    for (auto& item : *pathway_.mutable_items()) {
      item.mutable_worse()->clear_exceptions();
    }
    pathway_.mutable_rules()->DeleteSubrange(rule, 1);
    return true;
  }

  void AddRuleOf(const std::string& when) {
    const pathway::v1::Rule like = AnyRule();
    pathway::v1::Rule& rule = *pathway_.add_rules();
    rule = like;
    rule.set_rule_id("R-new");
    rule.set_flag("ADDED");
    rule.set_when(when);
    rule.set_disposition(AnyDisposition());
  }

  bool AddRule() {
    AddRuleOf(OtherThan(AnyRule().when()));
    return true;
  }

  bool ChangeCondition() {
    pathway::v1::Rule& rule = AnyRule();
    rule.set_when(OtherThan(rule.when()));
    return true;
  }

  std::string OtherThan(const std::string& condition) {
    const std::string& other = AnyRule().when();
    switch (Below(4)) {
      case 0:
        return absl::StrCat("!(", condition, "\n)");
      case 1:
        return absl::StrCat("(", condition, "\n) && (", other, "\n)");
      case 2:
        return absl::StrCat("(", condition, "\n) || (", other, "\n)");
      default:
        return other;
    }
  }

  bool ChangeItemPolicy() {
    pathway::v1::Item* const item =
        AnyItem([](const auto& other) { return other.has_if_unknown(); });
    if (item == nullptr) return false;
    item->clear_emergency();
    if (OnceIn(2)) {
      item->clear_if_unknown();
    } else {
      item->mutable_if_unknown()->set_at_least(AnyDisposition());
    }
    return true;
  }

  bool ChangeRulePolicy() {
    auto& policy = *AnyRule().mutable_on_unknown();
    if (policy.has_escalate() && OnceIn(3)) {
      policy.set_ignore("Invented.");
    } else {
      policy.mutable_escalate()->set_at_least(AnyDisposition());
      policy.mutable_escalate()->set_flag("NEW");
    }
    return true;
  }

  bool DropItem() {
    const int index = Below(pathway_.items_size());
    const std::string link_id = pathway_.items(index).link_id();
    if (link_id == "em.now") return false;
    pathway_.mutable_items()->DeleteSubrange(index, 1);
    ForgetItem(link_id);
    return true;
  }

  bool AddItem() {
    for (const auto& item : pathway_.items()) {
      if (item.link_id() == "new.sign") return false;
    }
    pathway::v1::Item item;
    for (const auto& other : pathway_.items()) {
      if (other.link_id() == "em.now") item = other;
    }
    item.set_link_id("new.sign");
    if (OnceIn(2)) item.clear_if_unknown();
    AddRuleOf("new.sign");
    if (OnceIn(3)) {
      item.clear_emergency();
      item.set_enable_when(pathway_.rules(0).when());
      pathway_.mutable_rules()->rbegin()->set_when("has(new.sign) && new.sign");
    }
    *pathway_.add_items() = item;
    MoveLast(*pathway_.mutable_items());
    return true;
  }

  // Which makes it another item.
  bool ChangeType() {
    pathway::v1::Item& item = Any(*pathway_.mutable_items());
    if (item.link_id() == "em.now") return false;
    ForgetItem(item.link_id());
    item.clear_options();
    item.clear_integer_range();
    item.clear_decimal_range();
    item.clear_worse();
    std::string test = item.link_id();
    if (item.type() != pathway::v1::ITEM_TYPE_BOOLEAN && OnceIn(2)) {
      item.set_type(pathway::v1::ITEM_TYPE_BOOLEAN);
      item.mutable_worse()->set_true_is_worse(true);
    } else if (item.type() != pathway::v1::ITEM_TYPE_INTEGER) {
      item.set_type(pathway::v1::ITEM_TYPE_INTEGER);
      item.mutable_integer_range()->set_maximum(1);
      item.mutable_integer_range()->set_unit("1");
      item.mutable_worse()->set_direction(pathway::v1::Worse::DIRECTION_UP);
      absl::StrAppend(&test, " > 0");
    } else {
      return false;
    }
    AddRuleOf(item.enable_when().empty()
                  ? test
                  : absl::StrCat("has(", item.link_id(), ") && ", test));
    return true;
  }

  bool DropOption() {
    pathway::v1::Item* const one = AnyItem(HasOptions);
    if (one == nullptr) return false;
    pathway::v1::Item& item = *one;
    const int index = Below(item.options_size());
    const std::string code = item.options(index).code();
    item.mutable_options()->DeleteSubrange(index, 1);
    Forget(absl::StrCat("'", code, "'"));
    if (!item.worse().has_options()) return true;
    for (auto& chain :
         *item.mutable_worse()->mutable_options()->mutable_chains()) {
      for (int i = chain.levels_size() - 1; i >= 0; --i) {
        auto& codes = *chain.mutable_levels(i)->mutable_codes();
        codes.erase(std::remove(codes.begin(), codes.end(), code), codes.end());
        if (codes.empty()) chain.mutable_levels()->DeleteSubrange(i, 1);
      }
    }
    return true;
  }

  bool AddOption() {
    pathway::v1::Item* const one = AnyItem(HasOptions);
    if (one == nullptr) return false;
    pathway::v1::Item& item = *one;
    pathway::v1::Option& option = *item.add_options();
    option.set_code("added");
    option.set_text("Added");
    const bool is_set = item.type() == pathway::v1::ITEM_TYPE_MULTI_CHOICE;
    if (is_set && OnceIn(3)) option.set_exclusive(true);
    if (!is_set && OnceIn(3)) option.set_means_unknown(true);
    MoveLast(*item.mutable_options());
    return true;
  }

  // Or its place.
  bool ChangeOption() {
    pathway::v1::Item* const one = AnyItem(HasOptions);
    if (one == nullptr) return false;
    pathway::v1::Item& item = *one;
    pathway::v1::Option& option = Any(*item.mutable_options());
    if (OnceIn(3)) {
      MoveLast(*item.mutable_options());
    } else if (item.type() == pathway::v1::ITEM_TYPE_CHOICE) {
      option.set_means_unknown(!option.means_unknown());
    } else {
      option.set_exclusive(!option.exclusive());
    }
    return true;
  }

  bool ChangeRange() {
    pathway::v1::Item* const item = AnyItem(IsNumber);
    if (item == nullptr) return false;
    if (OnceIn(2)) ForgetScores();
    const bool is_end = OnceIn(2);
    if (item->has_decimal_range()) {
      auto& range = *item->mutable_decimal_range();
      if (is_end) {
        range.set_maximum(range.maximum() == 1 ? 0.5 : 1);
      } else {
        range.set_minimum(OnceIn(2) ? -0.5 : 0.5);
      }
      return true;
    }
    auto& range = *item->mutable_integer_range();
    const int by = OnceIn(2) ? 1 : -1;
    if (is_end) {
      range.set_maximum(range.maximum() + by);
    } else {
      range.set_minimum(range.minimum() + by);
    }
    return true;
  }

  // Of a range that may be wider, too.
  bool ChangeStep() {
    pathway::v1::Item* const item =
        AnyItem([](const auto& other) { return other.has_decimal_range(); });
    if (item == nullptr) return false;
    auto& range = *item->mutable_decimal_range();
    if (OnceIn(3)) range.set_maximum(1);
    switch (Below(4)) {
      case 0:
        range.set_step(1);
        break;
      case 1:
        range.set_step(0.25);
        break;
      case 2:
        range.set_step(0.1);
        break;
      default:
        range.set_step(1.0 / 6);
    }
    return true;
  }

  bool ChangeEnabling() {
    pathway::v1::Item& item = Any(*pathway_.mutable_items());
    if (item.link_id() == "em.now") return false;
    item.clear_emergency();
    if (OnceIn(2)) ForgetScores();
    if (item.enable_when().empty()) {
      item.set_enable_when(AnyRule().when());
    } else if (OnceIn(3)) {
      item.clear_enable_when();
    } else {
      item.set_enable_when(OtherThan(item.enable_when()));
    }
    return true;
  }

  pathway::v1::Pathway& pathway_;
  std::mt19937_64& random_;
};

// A pathway, and what was changed.
struct Changed {
  std::shared_ptr<const CompiledPathway> pathway;
  std::set<std::string> changes;
};

// By one change of any kind, or at times by several.
Changed MakeChanged(const CompiledPathway& base, std::mt19937_64& random) {
  const auto& kinds = Change::Kinds();
  auto kind = std::next(kinds.begin(),
                        static_cast<std::ptrdiff_t>(random() % kinds.size()));
  for (int attempt = 1;; ++attempt) {
    if (attempt % 20 == 0 && ++kind == kinds.end()) kind = kinds.begin();
    pathway::v1::Pathway message = *base.source;
    Changed changed{.pathway = nullptr, .changes = {kind->first}};
    if (!Change(message, random).Apply(kind->second)) continue;
    while (random() % 4 == 0) {
      const auto other = std::next(
          kinds.begin(), static_cast<std::ptrdiff_t>(random() % kinds.size()));
      if (Change(message, random).Apply(other->second)) {
        changed.changes.insert(other->first);
      }
    }
    changed.pathway = pathway::CompilePathway(message, "").pathway;
    if (changed.pathway != nullptr) return changed;
  }
}

// What was seen.
struct Tally {
  int pathways = 0;
  int examples = 0;
  std::map<std::string, int> changes;
  std::map<std::string, int> some;
  std::map<std::string, int> none;
};

std::string NameOf(const Effect& effect) {
  return absl::StrCat(
      effect.direction == Direction::kLessUrgent ? "less" : "more",
      effect.complete ? ", complete" : ", incomplete");
}

// Two small pathways, and all their intakes.
struct BeforeAndAfter {
  SmallPathway base;
  Changed target;
  std::unique_ptr<AllIntakes> befores;
  std::unique_ptr<AllIntakes> afters;
};

BeforeAndAfter MakeBeforeAndAfter(std::mt19937_64& random) {
  constexpr std::size_t kIntakesMax = 2000;
  for (;;) {
    BeforeAndAfter both;
    both.base = SmallPathwayMaker(random).Make();
    if (both.base.pathway == nullptr) continue;  // Which is told.
    const CompiledPathway& base = *both.base.pathway;
    both.befores = std::make_unique<AllIntakes>(base, kIntakesMax);
    if (both.befores->AreTooMany()) continue;
    both.target = MakeChanged(base, random);
    both.afters =
        std::make_unique<AllIntakes>(*both.target.pathway, kIntakesMax);
    if (!both.afters->AreTooMany()) return both;
  }
}

// Finds what is wrong with the examples of one effect.
class ExamplesCheck {
 public:
  ExamplesCheck(const BeforeAndAfter& both, const AllPairs& pairs,
                const Effect& effect)
      : both_(both),
        pairs_(pairs),
        effect_(effect),
        left_(pairs.SizesOf(effect.direction, effect.complete)) {}

  std::string Wrong(int examples_max) {
    const int count = static_cast<int>(effect_.examples.size());
    if (!effect_.undecided.empty()) return effect_.undecided;
    if (count > examples_max) return "there are too many";
    for (int i = 0; i < count; ++i) {
      const std::string wrong = Wrong(effect_.examples[i]);
      if (!wrong.empty()) return absl::StrCat("example ", i, " ", wrong);
    }
    if (count == examples_max || left_.empty()) return "";
    return absl::StrCat("nothing is shown by [",
                        absl::StrJoin(pairs_.LinkIdsOf(*left_.begin()), " "),
                        "]");
  }

 private:
  std::string Wrong(const EffectExample& example) {
    const int before = both_.befores->IndexOf(example.base);
    const int after = both_.afters->IndexOf(example.target);
    if (before < 0 || after < 0) return "is not legal";
    if (!pairs_.IsSaidAlike(before, after)) return "is not said alike";
    const KnownIntake& was = both_.befores->all()[before];
    const KnownIntake& is = both_.afters->all()[after];
    if (was.decision.disposition != example.base_disposition ||
        is.decision.disposition != example.target_disposition) {
      return "has other dispositions";
    }
    if ((was.complete && is.complete) != effect_.complete) {
      return effect_.complete ? "is not complete" : "is complete";
    }
    const bool less = example.target_disposition < example.base_disposition;
    const bool more = example.target_disposition > example.base_disposition;
    if (effect_.direction == Direction::kLessUrgent ? !less : !more) {
      return "goes the other way";
    }
    return WrongSize(pairs_.SizeOf(before, after, effect_.complete), example);
  }

  // Takes what has all of `size` away.
  std::string WrongSize(AllPairs::Size size, const EffectExample& example) {
    const std::set<std::string> told(example.link_ids.begin(),
                                     example.link_ids.end());
    if (told != pairs_.LinkIdsOf(size)) return "has other link_ids";
    if (left_.count(size) == 0) return "has all of one before it";
    for (const AllPairs::Size other : left_) {
      if (std::popcount(other) >= std::popcount(size)) continue;
      return absl::StrCat("is larger than [",
                          absl::StrJoin(pairs_.LinkIdsOf(other), " "), "]");
    }
    std::erase_if(
        left_, [size](AllPairs::Size other) { return (other & size) == size; });
    return "";
  }

  const BeforeAndAfter& both_;
  const AllPairs& pairs_;
  const Effect& effect_;
  std::set<AllPairs::Size> left_;  // Of pairs that may be shown yet.
};

void TryPathway(std::uint64_t seed, Tally& tally) {
  std::mt19937_64 random(seed);
  const BeforeAndAfter both = MakeBeforeAndAfter(random);
  const CompiledPathway& base = *both.base.pathway;
  const CompiledPathway& target = *both.target.pathway;
  const AllPairs pairs(base, target, *both.befores, *both.afters);
  const int examples_max = 1 + static_cast<int>(random() % 5);
  const std::vector<Effect> effects = Effects(base, target, examples_max);
  ASSERT_THAT(effects, SizeIs(4));
  for (const Effect& effect : effects) {
    EXPECT_EQ(ExamplesCheck(both, pairs, effect).Wrong(examples_max), "")
        << "seed " << seed << ", " << NameOf(effect)
        << ", changed: " << absl::StrJoin(both.target.changes, ", ") << "\n"
        << both.base.text << "\n"
        << target.source->ShortDebugString();
    ++(effect.examples.empty() ? tally.none : tally.some)[NameOf(effect)];
    tally.examples += static_cast<int>(effect.examples.size());
  }
  ++tally.pathways;
  for (const std::string& change : both.target.changes) {
    ++tally.changes[change];
  }
}

int FromEnvironment(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  int number = otherwise;
  EXPECT_TRUE(text == nullptr || absl::SimpleAtoi(text, &number)) << name;
  return number;
}

TEST(EffectTest, SaysOfSmallPathwaysWhatTryingEveryPairSays) {
  const int count = FromEnvironment("PLUMBLINE_PATHWAYS", 120);
  const int first = FromEnvironment("PLUMBLINE_FIRST", 1);
  Tally tally;
  for (int i = 0; i < count; ++i) {
    TryPathway(static_cast<std::uint64_t>(first) + i, tally);
    if (HasFatalFailure()) return;
  }
  std::cout << "pathways: " << tally.pathways
            << ", examples: " << tally.examples << "\n";
  for (const auto& [change, times] : tally.changes) {
    std::cout << change << ": " << times << "\n";
  }
  for (const auto& [name, none] : tally.none) {
    std::cout << name << ": none " << none << ", some " << tally.some[name]
              << "\n";
  }
  if (count < 100) return;
  // That there was something to see.
  EXPECT_THAT(tally.none, SizeIs(4));
  for (const auto& [name, none] : tally.none) {
    EXPECT_GE(none * 10, count) << name;
    EXPECT_GE(tally.some[name] * 10, count) << name;
  }
  EXPECT_THAT(tally.changes, SizeIs(Change::Kinds().size()));
}

// The example, changed.
class EffectOfExampleTest : public ::testing::Test {
 protected:
  // "less, complete: EMERGENCY_NOW -> SAME_DAY {answers} by [em.bone]", an
  // example a line; where the answers differ "{before} => {after}". Effects
  // that have none are left out.
  static std::string Effects(
      const std::function<void(pathway::v1::Pathway&)>& change,
      int examples_max = 1) {
    pathway::v1::Pathway message = pathway::ExampleMessage();
    change(message);
    const auto base = pathway::ExamplePathway();
    const auto target = pathway::CompileOrDie(message);
    if (target == nullptr) return "";
    std::string text;
    for (const Effect& effect : gate::Effects(*base, *target, examples_max)) {
      EXPECT_EQ(effect.undecided, "");
      for (const EffectExample& example : effect.examples) {
        const std::string before = AnswersText(*base, example.base);
        const std::string after = AnswersText(*target, example.target);
        absl::StrAppend(
            &text, NameOf(effect), ": ", ToString(example.base_disposition),
            " -> ", ToString(example.target_disposition), " ",
            before == after ? after : absl::StrCat(before, " => ", after),
            " by [", absl::StrJoin(example.link_ids, " "), "]\n");
      }
    }
    return text;
  }
};

TEST_F(EffectOfExampleTest, OfNoChangeIsNone) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway&) {}), "");
}

TEST_F(EffectOfExampleTest, OfALowerRuleIsLessUrgent) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              message.mutable_rules(3)->set_disposition(
                  pathway::v1::DISPOSITION_ROUTINE);
            }),
            "less, complete: WITHIN_DAYS -> ROUTINE "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.5} by [pain.now pain.days]\n"
            "less, incomplete: WITHIN_DAYS -> ROUTINE "
            "{em.bone:no,em.cold:false,pain.now:7,pain.days:2.5} by [em.bone "
            "em.cold pain.now pain.days]\n");
}

TEST_F(EffectOfExampleTest, OfAWeakerPolicyIsOfIncompleteIntakesAlone) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              message.mutable_items(pathway::kPainNow)->clear_if_unknown();
              message.clear_cases();
            }),
            "less, incomplete: ROUTINE -> SELF_CARE "
            "{em.bone:no,em.cold:false} by [em.bone em.cold]\n");
}

TEST_F(EffectOfExampleTest, OfAWiderRuleIsMoreUrgent) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              message.mutable_rules(3)->set_when("pain.now >= 7");
            }),
            "more, complete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:0.0} by [pain.now]\n"
            "more, incomplete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pain.now:7} by [em.bone em.cold "
            "pain.now]\n");
}

// Nobody answered what nobody asked.
TEST_F(EffectOfExampleTest, OfANewItemIsThatOfAnyAnswerToIt) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              pathway::v1::Item& item = *message.add_items();
              item = message.items(pathway::kCold);
              item.set_link_id("sx.new");
              item.clear_emergency();
              item.clear_if_unknown();
              pathway::v1::Rule& rule = *message.add_rules();
              rule = message.rules(3);
              rule.set_rule_id("R-D02");
              rule.set_flag("NEW");
              rule.set_when("sx.new");
            }),
            "more, complete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0,sx.new:true} by [sx.new]\n"
            "more, incomplete: ROUTINE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false} => "
            "{em.bone:no,em.cold:false,sx.new:true} by [em.bone em.cold "
            "sx.new]\n");
}

// Pain that was 9 may be 0 now.
TEST_F(EffectOfExampleTest, OfAnAnswerThatIsGoneIsThatOfAnyOther) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    message.mutable_items(pathway::kPainNow)
        ->mutable_integer_range()
        ->set_maximum(8);
  });
  EXPECT_EQ(effects.substr(0, effects.find('\n')),
            "less, complete: WITHIN_DAYS -> SELF_CARE "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:9,"
            "pain.days:2.5} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:2.5} by [pain.now pain.days]");
}

TEST_F(EffectOfExampleTest, OfARuleThatIsGoneIsLessUrgent) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              message.mutable_rules()->DeleteSubrange(3, 1);
              message.clear_cases();
            }),
            "less, complete: WITHIN_DAYS -> SELF_CARE "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.5} by [pain.now pain.days]\n"
            "less, incomplete: WITHIN_DAYS -> SELF_CARE "
            "{em.bone:no,em.cold:false,pain.now:7,pain.days:2.5} by [em.bone "
            "em.cold pain.now pain.days]\n");
}

// What was said is told even so; its policy is gone, too.
TEST_F(EffectOfExampleTest, OfAnItemThatIsGoneIsThatOfAnyAnswerToIt) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              message.mutable_items()->DeleteSubrange(pathway::kCold, 1);
              message.mutable_rules()->DeleteSubrange(1, 1);
              message.clear_cases();
            }),
            "less, complete: EMERGENCY_NOW -> SELF_CARE "
            "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} => "
            "{em.bone:no,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} by [pain.now em.cold]\n"
            "less, incomplete: SAME_DAY -> ROUTINE {em.bone:no} by "
            "[em.bone]\n");
}

// A foot that was cold is 0 now, and one that was not is 2.
TEST_F(EffectOfExampleTest, OfAnotherTypeIsThatOfAnyAnswersToBoth) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    pathway::v1::Item& item = *message.mutable_items(pathway::kCold);
    item.set_type(pathway::v1::ITEM_TYPE_INTEGER);
    item.mutable_integer_range()->set_maximum(3);
    item.mutable_integer_range()->set_unit("1");
    item.mutable_worse()->set_direction(pathway::v1::Worse::DIRECTION_UP);
    message.mutable_rules(1)->set_when("em.cold >= 2 && pain.now >= 5");
    message.clear_cases();
  });
  EXPECT_EQ(effects.substr(0, effects.find("less, incomplete")),
            "less, complete: EMERGENCY_NOW -> SELF_CARE "
            "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:0,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} by [pain.now em.cold]\n"
            "more, complete: SELF_CARE -> EMERGENCY_NOW "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:2,pt.age:0,med.taken:[none],pain.now:5,"
            "pain.days:0.0} by [em.cold pain.now]\n");
}

// Who says it now may have said anything before.
TEST_F(EffectOfExampleTest, OfANewOptionIsThatOfAnyOther) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              pathway::v1::Option& option =
                  *message.mutable_items(pathway::kBone)->add_options();
              option.set_code("perhaps");
              option.set_text("Perhaps");
              AddRule(message, "R-S01", "R-S02", "em.bone == 'perhaps'");
            }),
            "less, complete: EMERGENCY_NOW -> SAME_DAY "
            "{em.bone:yes,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} => "
            "{em.bone:perhaps,em.cold:false,pt.age:0,med.taken:[none],"
            "pain.now:0,pain.days:0.0} by [em.bone]\n"
            "more, complete: SELF_CARE -> SAME_DAY "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} => "
            "{em.bone:perhaps,em.cold:false,pt.age:0,med.taken:[none],"
            "pain.now:0,pain.days:0.0} by [em.bone]\n"
            "less, incomplete: EMERGENCY_NOW -> SAME_DAY {em.bone:yes} => "
            "{em.bone:perhaps} by [em.bone]\n"
            "more, incomplete: ROUTINE -> SAME_DAY "
            "{em.bone:no,em.cold:false} => {em.bone:perhaps,em.cold:false} by "
            "[em.bone em.cold]\n");
}

// It is gone, and another is new.
TEST_F(EffectOfExampleTest, OfAnOptionOfAnotherCodeIsThatOfAnyOther) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    pathway::v1::Item& item = *message.mutable_items(pathway::kBone);
    item.mutable_options(1)->set_code("open");
    auto& chain = *item.mutable_worse()->mutable_options()->mutable_chains(0);
    chain.mutable_levels(1)->set_codes(0, "open");
    RuleOf(message, "R-E01").set_when("em.bone == 'open'");
    message.clear_invariants();
    message.clear_cases();
  });
  EXPECT_EQ(effects.substr(0, effects.find("less, incomplete")),
            "less, complete: EMERGENCY_NOW -> SELF_CARE "
            "{em.bone:yes,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} by [em.bone]\n"
            "more, complete: SELF_CARE -> EMERGENCY_NOW "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} => "
            "{em.bone:open,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} by [em.bone]\n");
}

TEST_F(EffectOfExampleTest, OfOptionsInAnotherOrderIsNone) {
  EXPECT_EQ(
      Effects([](pathway::v1::Pathway& message) {
        ItemOf(message, "em.bone").mutable_options()->SwapElements(0, 2);
        ItemOf(message, "med.taken").mutable_options()->SwapElements(0, 2);
      }),
      "");
}

TEST_F(EffectOfExampleTest, OfAWiderRangeIsThatOfAnyOther) {
  EXPECT_EQ(
      Effects([](pathway::v1::Pathway& message) {
        ItemOf(message, "pain.now").mutable_integer_range()->set_maximum(11);
      }),
      "more, complete: SELF_CARE -> WITHIN_DAYS "
      "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
      "pain.days:2.5} => "
      "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:11,"
      "pain.days:2.5} by [pain.now pain.days]\n"
      "less, incomplete: ROUTINE -> SELF_CARE "
      "{em.bone:no,em.cold:false} => {em.bone:no,em.cold:false,"
      "pain.now:11} by [em.bone em.cold pain.now]\n"
      "more, incomplete: SAME_DAY -> EMERGENCY_NOW "
      "{em.cold:true} => {em.cold:true,pain.now:11} by [em.cold "
      "pain.now]\n");
}

// 2.25 could not be said before, but 2.5 could.
TEST_F(EffectOfExampleTest, OfAFinerStepIsThatOfWhatIsBetween) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    ItemOf(message, "pain.days").mutable_decimal_range()->set_step(0.25);
  });
  EXPECT_EQ(effects.substr(0, effects.find("less, incomplete")),
            "less, complete: WITHIN_DAYS -> SELF_CARE "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.5} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:0.25} by [pain.now pain.days]\n"
            "more, complete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.25} by [pain.now pain.days]\n");
}

TEST_F(EffectOfExampleTest, OfWhoIsNotAskedAnyMoreIsLessUrgent) {
  EXPECT_EQ(Effects([](pathway::v1::Pathway& message) {
              ItemOf(message, "psy.harm")
                  .set_enable_when("has(score.mood) && score.mood >= 3");
            }),
            "less, complete: SAME_DAY -> SELF_CARE "
            "{em.bone:no,em.cold:false,pt.age:12,pt.pregnant:no,"
            "med.taken:[none],pain.now:0,pain.days:0.0,mood.interest:0,"
            "mood.low:2,psy.harm:yes} => "
            "{em.bone:no,em.cold:false,pt.age:12,pt.pregnant:no,"
            "med.taken:[none],pain.now:0,pain.days:0.0,mood.interest:0,"
            "mood.low:2} by [pt.age mood.low psy.harm]\n"
            "less, incomplete: SAME_DAY -> ROUTINE "
            "{em.bone:no,em.cold:false,mood.low:2} by [em.bone em.cold "
            "mood.low]\n");
}

TEST_F(EffectOfExampleTest, IsShownByNoMoreExamplesThanAreAskedFor) {
  const auto change = [](pathway::v1::Pathway& message) {
    for (const int rule : {0, 1, 3}) {
      message.mutable_rules(rule)->set_disposition(
          pathway::v1::DISPOSITION_ROUTINE);
    }
    message.clear_invariants();
    message.clear_cases();
  };
  const std::string two =
      "less, complete: EMERGENCY_NOW -> ROUTINE "
      "{em.bone:yes,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
      "pain.days:0.0} by [em.bone]\n"
      "less, complete: WITHIN_DAYS -> ROUTINE "
      "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
      "pain.days:2.5} by [pain.now pain.days]\n";
  const std::string third =
      "less, complete: EMERGENCY_NOW -> ROUTINE "
      "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:5,"
      "pain.days:0.0} by [em.cold pain.now]\n";
  const auto complete = [&change](int examples_max) {
    const std::string effects = Effects(change, examples_max);
    return effects.substr(0, effects.find("less, incomplete"));
  };
  EXPECT_EQ(complete(2), two);
  EXPECT_EQ(complete(3), two + third);
  EXPECT_EQ(complete(20), two + third);
}

TEST_F(EffectOfExampleTest, ShowsOthersThatHaveAnotherReason) {
  const std::string effects = Effects(
      [](pathway::v1::Pathway& message) {
        for (const int rule : {0, 1, 3}) {
          message.mutable_rules(rule)->set_when("pain.days > 99.0");
        }
        message.mutable_items(pathway::kBone)
            ->mutable_options(1)
            ->clear_at_least();
        message.clear_invariants();
      },
      20);
  EXPECT_THAT(effects, ::testing::HasSubstr("by [em.bone]\n"));
  EXPECT_THAT(effects, ::testing::HasSubstr("by [em.cold pain.now]\n"));
  EXPECT_THAT(effects, ::testing::HasSubstr("by [pain.now pain.days]\n"));
}

TEST(EffectInBoundsTest, SaysWhatItDidNotDecide) {
  const auto pathway = pathway::ExamplePathway();
  const auto effects = FindEffects(
      *pathway, *pathway,
      {.bounds = {.total = absl::ZeroDuration()}, .surroundings = WallClock()});
  ASSERT_TRUE(effects.ok());
  ASSERT_THAT(*effects, SizeIs(4));
  for (const Effect& effect : *effects) {
    EXPECT_EQ(effect.undecided, "the time for all questions is over");
    EXPECT_THAT(effect.examples, IsEmpty());
  }
}

// The time ends while the second example is looked for.
TEST(EffectInBoundsTest, KeepsWhatItFoundBeforeTheTimeEnded) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.mutable_rules()->DeleteSubrange(3, 1);
  message.mutable_rules()->DeleteSubrange(1, 1);
  message.clear_cases();
  const auto base = pathway::ExamplePathway();
  const auto target = pathway::CompileOrDie(message);
  ASSERT_NE(target, nullptr);
  const absl::Time start = absl::UnixEpoch();
  int asked = 0;
  int asked_of_first = 0;
  const auto one = FindEffects(*base, *target,
                               {.bounds = {},
                                .surroundings = {.clock =
                                                     [&asked, start] {
                                                       ++asked;
                                                       return start;
                                                     }},
                                .examples_max = 1,
                                .on_effect = [&](int done, int /*total*/) {
                                  if (done == 1) asked_of_first = asked;
                                }});
  ASSERT_TRUE(one.ok());
  ASSERT_THAT(one->front().examples, SizeIs(1));
  asked = 0;
  const auto effects =
      FindEffects(*base, *target,
                  {.bounds = {}, .surroundings = {.clock = [&] {
                                   return start + (++asked > asked_of_first
                                                       ? absl::Hours(1)
                                                       : absl::ZeroDuration());
                                 }}});
  ASSERT_TRUE(effects.ok());
  EXPECT_THAT(effects->front().examples, SizeIs(1));
  for (const Effect& effect : *effects) {
    EXPECT_EQ(effect.undecided, "the time for all questions is over");
  }
  EXPECT_THAT(effects->back().examples, IsEmpty());
}

TEST(EffectInBoundsTest, SaysWhatItCannotPutIntoFormulas) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  ItemOf(message, "pain.days").mutable_decimal_range()->set_step(0.01);
  const auto base = pathway::ExamplePathway();
  const auto target = pathway::CompileOrDie(message);
  ASSERT_NE(target, nullptr);
  const std::vector<Effect> effects = Effects(*base, *target);
  ASSERT_THAT(effects, SizeIs(4));
  for (const Effect& effect : effects) {
    EXPECT_EQ(effect.undecided,
              "pain.days is counted in other steps, and has more than 4096 "
              "values");
    EXPECT_THAT(effect.examples, IsEmpty());
  }
}

TEST(EffectInBoundsTest, EndsWhereNobodyWaits) {
  const auto pathway = pathway::ExamplePathway();
  EXPECT_EQ(FindEffects(*pathway, *pathway,
                        {.bounds = {},
                         .surroundings = {.clock = absl::Now,
                                          .cancelled = [] { return true; }}})
                .status()
                .code(),
            absl::StatusCode::kCancelled);
}

TEST(EffectInBoundsTest, EndsWhereNobodyWaitsAnyMore) {
  const auto pathway = pathway::ExamplePathway();
  int done = 0;
  EXPECT_EQ(
      FindEffects(
          *pathway, *pathway,
          {.bounds = {},
           .surroundings = {.clock = absl::Now,
                            .cancelled = [&done] { return done == 2; }},
           .on_effect = [&done](int before, int /*total*/) { done = before; }})
          .status(),
      absl::CancelledError("nobody waits for the comparison any more"));
  EXPECT_EQ(done, 2);
}

TEST(EffectInBoundsTest, SaysHowFarItIs) {
  const auto pathway = pathway::ExamplePathway();
  std::vector<std::string> told;
  ASSERT_TRUE(FindEffects(*pathway, *pathway,
                          {.bounds = {},
                           .surroundings = WallClock(),
                           .on_effect =
                               [&told](int done, int total) {
                                 told.push_back(absl::StrCat(done, "/", total));
                               }})
                  .ok());
  EXPECT_THAT(told, ElementsAre("0/4", "1/4", "2/4", "3/4"));
}

}  // namespace
}  // namespace plumbline::gate
