// Random changes of a pathway.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_CHANGE_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_CHANGE_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/compile.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

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
        {"type", &Change::ChangeType},
        {"unit", &Change::ChangeUnit}};
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

  bool ChangeUnit() {
    pathway::v1::Item* const item = AnyItem([](const auto& other) {
      return other.has_integer_range() || other.has_decimal_range();
    });
    if (item == nullptr) return false;
    (item->has_integer_range() ? *item->mutable_integer_range()->mutable_unit()
                               : *item->mutable_decimal_range()->mutable_unit())
        .assign("min");
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
  std::shared_ptr<const pathway::CompiledPathway> pathway;
  std::set<std::string> changes;
};

// By one change of any kind, or at times by several.
inline Changed MakeChanged(const pathway::CompiledPathway& base,
                           std::mt19937_64& random) {
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

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_CHANGE_H_
