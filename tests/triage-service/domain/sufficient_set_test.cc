#include "triage-service/domain/sufficient_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "common/pathway/evaluate.h"
#include "common/pathway/evaluation_order.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/shipped_pathway.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Intake;
using pathway::Rule;
using pathway::Truth;

constexpr std::int64_t kPlenty = 40'000'000;

// What makes `when` true with `answers`, which it is.
SufficientSet SetOf(const CompiledPathway& pathway, const std::string& answers,
                    std::int64_t work) {
  const CheckedAnswers checked = pathway::CheckText(pathway, answers);
  EXPECT_EQ(checked.evaluation.rules[0], Truth::kTrue);
  WorkBudget budget(work);
  return FindSufficientSet(pathway, checked.intake, pathway.rules[0], budget);
}

std::vector<std::string> Sufficient(const std::string& when,
                                    const std::string& answers,
                                    std::int64_t work = kPlenty,
                                    bool is_least = true) {
  const auto pathway = pathway::CompileOrDie(AnkleWithRules({when}));
  const SufficientSet set = SetOf(*pathway, answers, work);
  EXPECT_EQ(set.is_least, is_least);
  return LinkIds(*pathway, set.items);
}

// Everything worth worrying about.
constexpr char kAllBad[] = R"(
  answers { link_id: "em.bone" code: "yes" }
  answers { link_id: "em.cold" boolean: true }
  answers { link_id: "pt.age" integer: 30 }
  answers { link_id: "pt.pregnant" code: "yes" }
  answers { link_id: "med.taken" codes { codes: "nsaid" } }
  answers { link_id: "pain.now" integer: 8 }
  answers { link_id: "pain.days" decimal: 9 }
  answers { link_id: "mood.interest" integer: 2 }
  answers { link_id: "mood.low" integer: 2 }
  answers { link_id: "psy.harm" code: "yes" })";

TEST(SufficientSetTest, HoldsWhatTheRuleNeedsAndNothingElse) {
  EXPECT_THAT(Sufficient("em.cold && pain.now >= 5", kAllBad),
              ElementsAre("em.cold", "pain.now"));
}

TEST(SufficientSetTest, TheShorterOfTwoWaysIsTaken) {
  EXPECT_THAT(
      Sufficient("em.bone == 'yes' && em.cold || pain.now >= 5", kAllBad),
      ElementsAre("pain.now"));
}

// Leaving out one answer after the other, from the last, keeps the three.
TEST(SufficientSetTest, IsLeastAndNotOnlyIrreducible) {
  EXPECT_THAT(Sufficient("(em.bone == 'yes' && em.cold && pain.now >= 5) || "
                         "('nsaid' in med.taken && pain.days > 2.0)",
                         kAllBad),
              ElementsAre("med.taken", "pain.days"));
}

TEST(SufficientSetTest, OfEqualWaysTheFirstInTheQuestionnaireIsTaken) {
  EXPECT_THAT(Sufficient("pain.now >= 5 || em.cold", kAllBad),
              ElementsAre("em.cold"));
  EXPECT_THAT(Sufficient("(em.cold && pain.days > 2.0) || "
                         "(em.bone == 'yes' && pain.now >= 5) || "
                         "(em.bone == 'yes' && pain.days > 2.0)",
                         kAllBad),
              ElementsAre("em.bone", "pain.now"));
}

TEST(SufficientSetTest, ReadsThroughDefinitionsAndScores) {
  EXPECT_THAT(
      Sufficient("lasting && has(score.mood) && score.mood >= 3", kAllBad),
      ElementsAre("pain.days", "mood.interest", "mood.low"));
}

TEST(SufficientSetTest, OneItemOfAScoreCanBeEnough) {
  EXPECT_THAT(Sufficient("has(score.mood) && score.mood >= 2", kAllBad),
              ElementsAre("mood.interest"));
}

TEST(SufficientSetTest, ReadsThroughEnabling) {
  EXPECT_THAT(Sufficient("!has(pt.pregnant) && pain.now >= 5", R"(
                answers { link_id: "pt.age" integer: 5 }
                answers { link_id: "pain.now" integer: 8 })"),
              ElementsAre("pt.age", "pain.now"));
}

TEST(SufficientSetTest, IsEmptyWhereTheRuleIsTrueOfEverything) {
  EXPECT_THAT(Sufficient("pain.now >= 0", kAllBad), IsEmpty());
}

// An item that was asked in vain says nothing.
TEST(SufficientSetTest, ClosedItemsAreNoAnswers) {
  EXPECT_THAT(Sufficient("em.bone == 'yes' || pain.now >= 5", R"(
                answers { link_id: "em.bone" code: "unsure" }
                answers { link_id: "pain.now" integer: 8 })"),
              ElementsAre("pain.now"));
}

TEST(SufficientSetTest, AtTheEndOfTheBudgetItStillSuffices) {
  const std::string when =
      "(em.bone == 'yes' && em.cold && pain.now >= 5) || "
      "('nsaid' in med.taken && pain.days > 2.0)";
  EXPECT_THAT(
      Sufficient(when, kAllBad, /*work=*/0, /*is_least=*/false),
      ElementsAre("em.bone", "em.cold", "med.taken", "pain.now", "pain.days"));
  // Enough to leave out one by one what can be left out.
  EXPECT_THAT(Sufficient(when, kAllBad, /*work=*/600, /*is_least=*/false),
              ElementsAre("em.bone", "em.cold", "pain.now"));
}

// `count` items from 0 to 3 and a rule on their sum.
std::shared_ptr<const CompiledPathway> LongTotal(int count, int threshold) {
  pathway::v1::Pathway message = AnkleWithRules({"true"});
  pathway::v1::Score& score = *message.add_scores();
  score = message.scores(0);
  score.set_name("long");
  score.clear_link_ids();
  for (int i = 0; i < count; ++i) {
    pathway::v1::Item& item = *message.add_items();
    item = message.items(7);
    item.set_link_id(absl::StrCat("long.item", i));
    score.add_link_ids(item.link_id());
  }
  score.mutable_bands(1)->set_maximum(3 * count);
  message.mutable_rules(0)->set_when(
      absl::StrCat("has(score.long) && score.long >= ", threshold));
  return pathway::CompileOrDie(message);
}

// Five threes and a one come to 16.
TEST(SufficientSetTest, IsLeastForALongQuestionnaireToo) {
  const auto pathway = LongTotal(20, 16);
  ASSERT_NE(pathway, nullptr);
  std::string answers;
  for (int i = 0; i < 20; ++i) {
    answers += absl::StrCat("answers { link_id: 'long.item", i,
                            "' integer: ", i % 4, " }");
  }
  const SufficientSet set = SetOf(*pathway, answers, kPlenty);
  EXPECT_TRUE(set.is_least);
  EXPECT_THAT(LinkIds(*pathway, set.items),
              ElementsAre("long.item1", "long.item3", "long.item7",
                          "long.item11", "long.item15", "long.item19"));
}

// The intake with `items` alone.
Intake Only(const Intake& intake, const std::vector<int>& items) {
  Intake only(intake.size());
  for (const int item : items) only[item] = intake[item];
  return only;
}

// By brute force: the first of the sets of `size` of `items`, compared item by
// item, with which alone rule `rule` is true.
std::optional<std::vector<int>> FirstSufficient(const CompiledPathway& pathway,
                                                const Intake& intake, int rule,
                                                const std::vector<int>& items,
                                                std::size_t size,
                                                std::vector<int> chosen,
                                                std::size_t next) {
  if (chosen.size() == size) {
    const bool suffices =
        Evaluate(pathway, Only(intake, chosen)).rules[rule] == Truth::kTrue;
    return suffices ? std::make_optional(chosen) : std::nullopt;
  }
  for (; next < items.size(); ++next) {
    chosen.push_back(items[next]);
    auto found =
        FirstSufficient(pathway, intake, rule, items, size, chosen, next + 1);
    if (found.has_value()) return found;
    chosen.pop_back();
  }
  return std::nullopt;
}

std::vector<int> AnsweredBehind(const CompiledPathway& pathway,
                                const Intake& intake, const Rule& rule) {
  std::vector<int> items;
  for (const auto& [kind, index] : StepsBehind(pathway, rule.when)) {
    const bool answered = kind == pathway::EvaluationStep::Kind::kItem &&
                          intake[index].IsAnswered();
    if (answered) items.push_back(index);
  }
  std::sort(items.begin(), items.end());
  return items;
}

// Compares the sets of all rules that fire with what brute force finds. Returns
// how many have more than one answer.
int ExpectFirstOfLeast(const CompiledPathway& pathway, const Intake& intake) {
  const pathway::Evaluation evaluation = Evaluate(pathway, intake);
  int larger_than_one = 0;
  for (int i = 0; i < static_cast<int>(pathway.rules.size()); ++i) {
    if (evaluation.rules[i] != Truth::kTrue) continue;
    const Rule& rule = pathway.rules[i];
    WorkBudget budget(kPlenty);
    const SufficientSet set = FindSufficientSet(pathway, intake, rule, budget);
    EXPECT_TRUE(set.is_least);
    EXPECT_GT(budget.left(), kPlenty - 200'000);
    const std::vector<int> items = AnsweredBehind(pathway, intake, rule);
    const auto first = [&](std::size_t size) {
      return FirstSufficient(pathway, intake, i, items, size, {}, 0);
    };
    EXPECT_EQ(first(set.items.size()), set.items) << rule.when.text;
    for (std::size_t size = 0; size < set.items.size(); ++size) {
      EXPECT_EQ(first(size), std::nullopt) << rule.when.text;
    }
    larger_than_one += set.items.size() > 1 ? 1 : 0;
  }
  return larger_than_one;
}

TEST(SufficientSetTest, OfTheShippedPathwayNoneIsSmallerOrEarlier) {
  const auto pathway = pathway::ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(1);
  int larger_than_one = 0;
  for (int i = 0; i < 160; ++i) {
    larger_than_one +=
        ExpectFirstOfLeast(*pathway, RandomAnswers(*pathway, random).intake);
  }
  EXPECT_GT(larger_than_one, 40);
}

TEST(SufficientSetTest, OfRandomRulesNoneIsSmallerOrEarlier) {
  std::mt19937_64 random(2);
  int larger_than_one = 0;
  for (int i = 0; i < 40; ++i) {
    const auto pathway = pathway::CompileOrDie(AnkleWithRandomRules(random));
    ASSERT_NE(pathway, nullptr);
    for (int intake = 0; intake < 4; ++intake) {
      larger_than_one +=
          ExpectFirstOfLeast(*pathway, RandomAnswers(*pathway, random).intake);
    }
  }
  EXPECT_GT(larger_than_one, 40);
}

}  // namespace
}  // namespace plumbline::triage
