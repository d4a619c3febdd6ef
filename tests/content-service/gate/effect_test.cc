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
#include "tests/content-service/gate/all_pairs.h"
#include "tests/content-service/gate/findings_text.h"
#include "tests/content-service/gate/oracle.h"
#include "tests/content-service/gate/random_change.h"
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
    if (count == examples_max) return "";
    return LeftAbove(0);
  }

 private:
  // Says of what changes by more steps, and is not shown.
  std::string LeftAbove(int steps) const {
    for (const auto& [other, sizes] : left_) {
      if (other <= steps || sizes.empty()) continue;
      return absl::StrCat("nothing is shown that changes by ", other, " by [",
                          absl::StrJoin(pairs_.LinkIdsOf(*sizes.begin()), " "),
                          "]");
    }
    return "";
  }

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
    if (told.size() != example.link_ids.size()) return "has a link_id twice";
    if (told != pairs_.LinkIdsOf(size)) return "has other link_ids";
    const int steps = AllPairs::StepsBetween(example.base_disposition,
                                             example.target_disposition);
    const std::string larger = LeftAbove(steps);
    if (!larger.empty()) return absl::StrCat("is too early: ", larger);
    if (left_[steps].count(size) == 0) return "has all of one before it";
    for (const AllPairs::Size other : left_[steps]) {
      if (std::popcount(other) >= std::popcount(size)) continue;
      return absl::StrCat("is larger than [",
                          absl::StrJoin(pairs_.LinkIdsOf(other), " "), "]");
    }
    for (auto& [of, sizes] : left_) {
      std::erase_if(sizes, [size](AllPairs::Size other) {
        return (other & size) == size;
      });
    }
    return "";
  }

  const BeforeAndAfter& both_;
  const AllPairs& pairs_;
  const Effect& effect_;
  // Of pairs that may be shown yet, by steps.
  std::map<int, std::set<AllPairs::Size>> left_;
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
            "more, incomplete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pain.now:0} => "
            "{em.bone:no,em.cold:false,pain.now:0,sx.new:true} by [em.bone "
            "em.cold pain.now sx.new]\n");
}

// Pain that was 9 may be 0 now.
TEST_F(EffectOfExampleTest, OfAnAnswerThatIsGoneIsThatOfAnyOther) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    message.mutable_items(pathway::kPainNow)
        ->mutable_integer_range()
        ->set_maximum(8);
  });
  EXPECT_EQ(effects.substr(0, effects.find('\n')),
            "less, complete: EMERGENCY_NOW -> SELF_CARE "
            "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:9,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,"
            "pain.days:0.0} by [em.cold pain.now]");
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
            "less, incomplete: EMERGENCY_NOW -> SELF_CARE "
            "{em.bone:no,em.cold:true,pain.now:5} => "
            "{em.bone:no,pain.now:5} by [em.bone pain.now em.cold]\n");
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

// 3 of one are not 3 of the other.
TEST_F(EffectOfExampleTest, OfAnotherUnitIsThatOfAnyAnswersToBoth) {
  const std::string effects = Effects([](pathway::v1::Pathway& message) {
    ItemOf(message, "pain.days").mutable_decimal_range()->set_unit("wk");
  });
  EXPECT_EQ(effects.substr(0, effects.find("less, incomplete")),
            "less, complete: WITHIN_DAYS -> SELF_CARE "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.5} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:0.0} by [pain.now pain.days]\n"
            "more, complete: SELF_CARE -> WITHIN_DAYS "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:0.0} => "
            "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
            "pain.days:2.5} by [pain.now pain.days]\n");
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
            "more, incomplete: SELF_CARE -> SAME_DAY "
            "{em.bone:no,em.cold:false,pain.now:0} => "
            "{em.bone:perhaps,em.cold:false,pain.now:0} by [em.bone em.cold "
            "pain.now]\n");
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
      "more, complete: SELF_CARE -> EMERGENCY_NOW "
      "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:0,"
      "pain.days:0.0} => "
      "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:11,"
      "pain.days:0.0} by [em.cold pain.now]\n"
      "less, incomplete: ROUTINE -> SELF_CARE "
      "{em.bone:no,em.cold:false} => {em.bone:no,em.cold:false,"
      "pain.now:11} by [em.bone em.cold pain.now]\n"
      "more, incomplete: SELF_CARE -> EMERGENCY_NOW "
      "{em.bone:no,em.cold:true,pain.now:0} => "
      "{em.bone:no,em.cold:true,pain.now:11} by [em.bone em.cold "
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
            "less, incomplete: SAME_DAY -> SELF_CARE "
            "{em.bone:no,em.cold:false,pain.now:0,mood.low:2} by [em.bone "
            "em.cold pain.now mood.low]\n");
}

// Though the emergencies take as many answers.
TEST_F(EffectOfExampleTest, IsShownByTheLargestChangeFirst) {
  const auto complete = [](int examples_max) {
    const std::string effects = Effects(
        [](pathway::v1::Pathway& message) {
          for (const int rule : {0, 1, 3}) {
            message.mutable_rules(rule)->set_disposition(
                pathway::v1::DISPOSITION_ROUTINE);
          }
          message.clear_invariants();
          message.clear_cases();
        },
        examples_max);
    return effects.substr(0, effects.find("less, incomplete"));
  };
  const std::string bone =
      "less, complete: EMERGENCY_NOW -> ROUTINE "
      "{em.bone:yes,em.cold:false,pt.age:0,med.taken:[none],pain.now:0,"
      "pain.days:0.0} by [em.bone]\n";
  const std::string cold =
      "less, complete: EMERGENCY_NOW -> ROUTINE "
      "{em.bone:no,em.cold:true,pt.age:0,med.taken:[none],pain.now:5,"
      "pain.days:0.0} by [em.cold pain.now]\n";
  const std::string days =
      "less, complete: WITHIN_DAYS -> ROUTINE "
      "{em.bone:no,em.cold:false,pt.age:0,med.taken:[none],pain.now:7,"
      "pain.days:2.5} by [pain.now pain.days]\n";
  EXPECT_EQ(complete(1), bone);
  EXPECT_EQ(complete(2), bone + cold);
  EXPECT_EQ(complete(20), bone + cold + days);
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
