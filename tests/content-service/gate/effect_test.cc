// What a change does, compared with what trying every pair of intakes of small
// pathways says. PLUMBLINE_PATHWAYS: how many; PLUMBLINE_FIRST: the first seed.

#include "content-service/gate/effect.h"

#include <gmock/gmock.h>
#include <google/protobuf/repeated_ptr_field.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
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
#include "tests/content-service/gate/random_small_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Disposition;
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

// Before and after, of which every pair of intakes is tried.
class AllPairs {
 public:
  AllPairs(const CompiledPathway& base, const CompiledPathway& target,
           const AllIntakes& befores, const AllIntakes& afters)
      : base_(base),
        target_(target),
        base_orders_(OrdersOf(base)),
        target_orders_(OrdersOf(target)) {
    for (const Item& item : target.items) {
      counterparts_.push_back(CounterpartOf(item));
      words_.push_back(WordsOf(item));
    }
    for (const Item& item : base.items) base_words_.push_back(WordsOf(item));
    for (const KnownIntake& before : befores.all()) {
      for (const KnownIntake& after : afters.all()) Try(before, after);
    }
  }

  // The least size of a pair; nothing: there is none.
  std::optional<int> LeastSize(Direction direction, bool complete) const {
    const auto found = least_.find({direction, complete});
    if (found == least_.end()) return std::nullopt;
    return found->second;
  }

  bool IsSaidAlike(const KnownIntake& before, const KnownIntake& after) const {
    for (std::size_t i = 0; i < target_.items.size(); ++i) {
      const int other = counterparts_[i];
      if (other < 0 || after.evaluation.enabled[i] == Truth::kFalse ||
          before.evaluation.enabled[other] == Truth::kFalse) {
        continue;
      }
      if (!IsSaidAlike(other, before.intake[other], i, after.intake[i])) {
        return false;
      }
    }
    return true;
  }

 private:
  int CounterpartOf(const Item& item) const {
    for (std::size_t i = 0; i < base_.items.size(); ++i) {
      if (base_.items[i].link_id == item.link_id &&
          base_.items[i].type == item.type) {
        return static_cast<int>(i);
      }
    }
    return -1;
  }

  bool IsSaidAlike(std::size_t base_item, const SlotAnswer& before,
                   std::size_t target_item, const SlotAnswer& after) const {
    const auto word_before =
        before.IsAnswered() ? WordOf(base_.items[base_item], before.value) : "";
    const auto word_after =
        after.IsAnswered() ? WordOf(target_.items[target_item], after.value)
                           : "";
    if (before.IsAnswered() && words_[target_item].count(word_before) == 0) {
      return true;
    }
    if (after.IsAnswered() && base_words_[base_item].count(word_after) == 0) {
      return true;
    }
    return before.state == after.state && word_before == word_after;
  }

  void Try(const KnownIntake& before, const KnownIntake& after) {
    const Disposition was = before.decision.disposition;
    const Disposition is = after.decision.disposition;
    if (was == is || !IsSaidAlike(before, after)) return;
    const Direction direction =
        is < was ? Direction::kLessUrgent : Direction::kMoreUrgent;
    const bool complete = before.complete && after.complete;
    const int size = SizeOf(before.intake, after.intake, complete);
    const auto [least, is_new] =
        least_.emplace(Kind{direction, complete}, size);
    if (!is_new) least->second = std::min(least->second, size);
  }

  int SizeOf(const Intake& before, const Intake& after, bool complete) const {
    int size = 0;
    std::vector<bool> counts(base_.items.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      counts[i] = Counts(before[i], base_orders_[i], complete);
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      const bool counts_after = Counts(after[i], target_orders_[i], complete);
      if (counterparts_[i] < 0) {
        size += counts_after ? 1 : 0;
      } else if (counts_after) {
        counts[counterparts_[i]] = true;
      }
    }
    size += static_cast<int>(std::count(counts.begin(), counts.end(), true));
    return size;
  }

  static bool Counts(const SlotAnswer& slot, const Order& order,
                     bool complete) {
    return slot.IsAnswered() && (!complete || slot.value != order.CalmValue());
  }

  using Kind = std::pair<Direction, bool>;

  const CompiledPathway& base_;
  const CompiledPathway& target_;
  const std::vector<Order> base_orders_;
  const std::vector<Order> target_orders_;
  std::vector<int> counterparts_;  // By item of the target; -1: none.
  std::vector<std::set<std::string>> words_;
  std::vector<std::set<std::string>> base_words_;
  std::map<Kind, int> least_;
};

// Changes something of a pathway, which may not compile then.
class Change {
 public:
  explicit Change(std::mt19937_64& random) : random_(random) {}

  void Apply(pathway::v1::Pathway& pathway) {
    switch (Below(9)) {
      case 0:
        return ChangeDisposition(pathway);
      case 1:
        return Drop(*pathway.mutable_rules());
      case 2:
        return ChangeCondition(pathway);
      case 3:
        return ChangePolicy(pathway);
      case 4:
        return Drop(*pathway.mutable_items());
      case 5:
        return ChangeOptions(pathway);
      case 6:
        return ChangeRange(pathway);
      case 7:
        return ChangeEnabling(pathway);
      default:
        return ChangeRulePolicy(pathway);
    }
  }

 private:
  int Below(int n) {
    return static_cast<int>(random_() % static_cast<std::uint64_t>(n));
  }

  template <typename Element>
  Element* Any(google::protobuf::RepeatedPtrField<Element>& list) {
    return list.empty() ? nullptr : list.Mutable(Below(list.size()));
  }

  template <typename Element>
  void Drop(google::protobuf::RepeatedPtrField<Element>& list) {
    if (!list.empty()) list.DeleteSubrange(Below(list.size()), 1);
  }

  pathway::v1::Disposition AnyDisposition() {
    return static_cast<pathway::v1::Disposition>(1 + Below(5));
  }

  void ChangeDisposition(pathway::v1::Pathway& pathway) {
    pathway::v1::Rule* const rule = Any(*pathway.mutable_rules());
    if (rule != nullptr) rule->set_disposition(AnyDisposition());
  }

  void ChangeCondition(pathway::v1::Pathway& pathway) {
    pathway::v1::Rule* const rule = Any(*pathway.mutable_rules());
    if (rule == nullptr) return;
    rule->set_when(Below(2) == 0 ? absl::StrCat("!(", rule->when(), ")")
                                 : Any(*pathway.mutable_rules())->when());
  }

  void ChangePolicy(pathway::v1::Pathway& pathway) {
    pathway::v1::Item* const item = Any(*pathway.mutable_items());
    if (item == nullptr || !item->has_if_unknown()) return;
    if (Below(2) == 0) return item->clear_if_unknown();
    item->mutable_if_unknown()->set_at_least(AnyDisposition());
  }

  void ChangeRulePolicy(pathway::v1::Pathway& pathway) {
    pathway::v1::Rule* const rule = Any(*pathway.mutable_rules());
    if (rule == nullptr) return;
    if (rule->on_unknown().has_escalate()) {
      rule->mutable_on_unknown()->mutable_escalate()->set_at_least(
          AnyDisposition());
    } else {
      auto& escalate = *rule->mutable_on_unknown()->mutable_escalate();
      escalate.set_at_least(AnyDisposition());
      escalate.set_flag("NEW");
    }
  }

  void ChangeOptions(pathway::v1::Pathway& pathway) {
    pathway::v1::Item* const item = Any(*pathway.mutable_items());
    if (item == nullptr || item->options().empty()) return;
    if (Below(2) == 0) {
      pathway::v1::Option& option = *Any(*item->mutable_options());
      if (item->type() == pathway::v1::ITEM_TYPE_CHOICE) {
        option.set_means_unknown(!option.means_unknown());
      } else {
        option.set_exclusive(!option.exclusive());
      }
    } else {
      pathway::v1::Option& option = *item->add_options();
      option.set_code("added");
      option.set_text("Added");
    }
  }

  void ChangeRange(pathway::v1::Pathway& pathway) {
    for (pathway::v1::Item& item : *pathway.mutable_items()) {
      if (item.has_integer_range() && Below(2) == 0) {
        auto& range = *item.mutable_integer_range();
        range.set_maximum(range.maximum() + (Below(2) == 0 ? 1 : -1));
      } else if (item.has_decimal_range()) {
        auto& range = *item.mutable_decimal_range();
        range.set_step(range.step() / (Below(2) == 0 ? 2 : 5));
      }
    }
  }

  void ChangeEnabling(pathway::v1::Pathway& pathway) {
    pathway::v1::Item* const item = Any(*pathway.mutable_items());
    if (item == nullptr) return;
    if (!item->enable_when().empty()) {
      item->set_enable_when(
          Below(2) == 0 ? "" : absl::StrCat("!(", item->enable_when(), ")"));
    } else if (!pathway.rules().empty()) {
      item->set_enable_when(Any(*pathway.mutable_rules())->when());
    }
  }

  std::mt19937_64& random_;
};

// Null where no change that compiles is found.
std::shared_ptr<const CompiledPathway> Changed(const CompiledPathway& base,
                                               std::mt19937_64& random) {
  for (int attempt = 0; attempt < 30; ++attempt) {
    pathway::v1::Pathway message = *base.source;
    for (int i = 0; i <= attempt % 2; ++i) Change(random).Apply(message);
    const auto compiled = pathway::CompilePathway(message, "");
    if (compiled.pathway != nullptr) return compiled.pathway;
  }
  return nullptr;
}

// What was seen.
struct Tally {
  int pathways = 0;
  std::map<std::string, int> some;
  std::map<std::string, int> none;
};

std::string NameOf(const Effect& effect) {
  return absl::StrCat(
      effect.direction == Direction::kLessUrgent ? "less" : "more",
      effect.complete ? ", complete" : ", incomplete");
}

// Finds what is wrong with an example.
std::string Wrong(const EffectExample& example, const Effect& effect,
                  const AllPairs& pairs, const AllIntakes& befores,
                  const AllIntakes& afters) {
  const int before = befores.IndexOf(example.base);
  const int after = afters.IndexOf(example.target);
  if (before < 0 || after < 0) return "is not legal";
  const KnownIntake& was = befores.all()[before];
  const KnownIntake& is = afters.all()[after];
  if (!pairs.IsSaidAlike(was, is)) return "is not said alike";
  if ((was.complete && is.complete) != effect.complete)
    return "is not complete";
  if (was.decision.disposition != example.base_disposition ||
      is.decision.disposition != example.target_disposition) {
    return "has other dispositions";
  }
  const bool less = example.target_disposition < example.base_disposition;
  return less == (effect.direction == Direction::kLessUrgent)
             ? ""
             : "goes the other way";
}

void TryPathway(std::uint64_t seed, Tally& tally) {
  std::mt19937_64 random(seed);
  const SmallPathway small = SmallPathwayMaker(random).Make();
  if (small.pathway == nullptr) return;
  const auto changed = Changed(*small.pathway, random);
  if (changed == nullptr) return;
  constexpr std::size_t kIntakesMax = 1500;
  const AllIntakes befores(*small.pathway, kIntakesMax);
  const AllIntakes afters(*changed, kIntakesMax);
  if (befores.AreTooMany() || afters.AreTooMany()) return;
  ++tally.pathways;
  const AllPairs pairs(*small.pathway, *changed, befores, afters);
  for (const Effect& effect : Effects(*small.pathway, *changed)) {
    const std::string what =
        absl::StrCat("seed ", seed, ", ", NameOf(effect), "\n", small.text,
                     "\n", changed->source->ShortDebugString());
    EXPECT_EQ(effect.undecided, "") << what;
    const auto least = pairs.LeastSize(effect.direction, effect.complete);
    ASSERT_EQ(effect.examples.empty(), !least.has_value()) << what;
    if (effect.examples.empty()) {
      ++tally.none[NameOf(effect)];
      continue;
    }
    ++tally.some[NameOf(effect)];
    EXPECT_EQ(static_cast<int>(effect.examples[0].link_ids.size()), *least)
        << what;
    for (const EffectExample& example : effect.examples) {
      EXPECT_EQ(Wrong(example, effect, pairs, befores, afters), "") << what;
    }
  }
}

int FromEnvironment(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  int number = otherwise;
  EXPECT_TRUE(text == nullptr || absl::SimpleAtoi(text, &number)) << name;
  return number;
}

TEST(EffectTest, SaysOfSmallPathwaysWhatTryingEveryPairSays) {
  const int count = FromEnvironment("PLUMBLINE_PATHWAYS", 150);
  const int first = FromEnvironment("PLUMBLINE_FIRST", 1);
  Tally tally;
  for (int seed = first; seed < first + count; ++seed) {
    TryPathway(static_cast<std::uint64_t>(seed), tally);
    if (HasFatalFailure()) return;
  }
  std::cout << "pathways: " << tally.pathways << "\n";
  // That there was something to see.
  EXPECT_GE(tally.pathways * 2, count);
  for (const auto& [name, none] : tally.none) {
    std::cout << name << ": none " << none << ", some " << tally.some[name]
              << "\n";
    EXPECT_GE(none * 10, tally.pathways) << name;
    EXPECT_GE(tally.some[name] * 10, tally.pathways) << name;
  }
  EXPECT_THAT(tally.none, SizeIs(4));
}

// The example, changed.
class EffectOfExampleTest : public ::testing::Test {
 protected:
  // "less: EMERGENCY_NOW -> SAME_DAY {answers} by [em.bone]", an example a
  // line; effects that have none are left out.
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
        absl::StrAppend(&text, NameOf(effect), ": ",
                        ToString(example.base_disposition), " -> ",
                        ToString(example.target_disposition), " ",
                        AnswersText(*target, example.target), " by [",
                        absl::StrJoin(example.link_ids, " "), "]\n");
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
            "pain.days:0.0,sx.new:true} by [sx.new]\n"
            "more, incomplete: ROUTINE -> WITHIN_DAYS "
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
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:2.5} by [pain.now pain.days]");
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
