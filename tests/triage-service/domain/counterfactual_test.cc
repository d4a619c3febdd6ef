#include "triage-service/domain/counterfactual.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/pathway/answers.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/decide.h"
#include "common/pathway/names.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/shipped_pathway.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;
using pathway::SlotAnswer;
using pathway::Truth;

Counterfactual FindIn(const CompiledPathway& pathway,
                      const CheckedAnswers& checked, Disposition disposition,
                      const CounterfactualLimits& limits) {
  return FindCounterfactuals(pathway, checked.intake, checked.evaluation,
                             {disposition}, limits, [] { return false; })
      .front();
}

// "em.bone=1 psy.harm=0; not asked: pain.now", slot values; or
// "not found within 2".
std::string ToText(const CompiledPathway& pathway,
                   const Counterfactual& counterfactual) {
  if (!counterfactual.found) {
    return absl::StrCat("not found within ", counterfactual.not_found_within,
                        counterfactual.cut_short ? ", cut short" : "");
  }
  std::vector<std::string> changes;
  for (const int item : counterfactual.changes) {
    changes.push_back(absl::StrCat(pathway.items[item].link_id, "=",
                                   counterfactual.intake[item].value));
  }
  std::string text = absl::StrJoin(changes, " ");
  if (!counterfactual.dropped.empty()) {
    absl::StrAppend(
        &text, "; not asked: ",
        absl::StrJoin(LinkIds(pathway, counterfactual.dropped), " "));
  }
  return absl::StrCat(text, counterfactual.cut_short ? ", cut short" : "");
}

std::string Found(const pathway::v1::Pathway& message,
                  const std::string& answers, Disposition disposition,
                  const CounterfactualLimits& limits = {}) {
  const auto pathway = pathway::CompileOrDie(message);
  return ToText(*pathway,
                FindIn(*pathway, pathway::CheckText(*pathway, answers),
                       disposition, limits));
}

std::string Found(const std::string& answers, Disposition disposition,
                  const CounterfactualLimits& limits = {}) {
  return Found(ChangeableAnkle(), answers, disposition, limits);
}

// SELF_CARE. pain.now is 4, pain.days 0.5, the mood 0 and 1.
const std::string& Calm() {
  static const auto& calm = *new std::string(pathway::kNothingApplies);
  return calm;
}

TEST(CounterfactualTest, OneChangeIsFewerThanTwo) {
  EXPECT_EQ(Found(Calm(), Disposition::kEmergencyNow), "em.bone=1");
}

TEST(CounterfactualTest, TakesAsManyChangesAsItNeeds) {
  EXPECT_EQ(Found(Calm(), Disposition::kWithinDays), "pain.now=7 pain.days=5");
}

TEST(CounterfactualTest, WhatIsNewlyAskedIsAnsweredAndCounted) {
  // A mood of 2 has psy.harm asked.
  EXPECT_EQ(Found(Calm(), Disposition::kSameDay), "mood.interest=1 psy.harm=1");
  // A mood of 3 is ROUTINE.
  EXPECT_EQ(Found(Calm(), Disposition::kRoutine), "mood.interest=2 psy.harm=0");
}

TEST(CounterfactualTest, SaysWithinHowManyChangesThereIsNone) {
  EXPECT_EQ(Found(Calm(), Disposition::kSameDay, {.changes_max = 1}),
            "not found within 1");
  EXPECT_EQ(Found(Calm(), Disposition::kWithinDays, {.changes_max = 1}),
            "not found within 1");
}

TEST(CounterfactualTest, NeverChangesWhatIsNotChangeable) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  AddRule("pt.age >= 60", pathway::v1::DISPOSITION_SAME_DAY, message);
  AddRule("has(pt.pregnant) && pt.pregnant == 'yes'",
          pathway::v1::DISPOSITION_ROUTINE, message);
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay, {.changes_max = 4}),
            "not found within 4");
  EXPECT_EQ(Found(message, Calm(), Disposition::kRoutine, {.changes_max = 4}),
            "not found within 4");
}

constexpr char kHarm[] = R"(
  answers { link_id: "em.bone" code: "no" }
  answers { link_id: "em.cold" boolean: false }
  answers { link_id: "pt.age" integer: 30 }
  answers { link_id: "pt.pregnant" code: "no" }
  answers { link_id: "med.taken" codes { codes: "none" } }
  answers { link_id: "pain.now" integer: 4 }
  answers { link_id: "pain.days" decimal: 0.5 }
  answers { link_id: "mood.interest" integer: 2 }
  answers { link_id: "mood.low" integer: 2 }
  answers { link_id: "psy.harm" code: "yes" })";

TEST(CounterfactualTest, GoesTowardsLessUrgentToo) {
  EXPECT_EQ(Found(kHarm, Disposition::kRoutine), "psy.harm=0");
}

// Three steps each way; psy.harm stands behind mood.low, and 0 before 1.
TEST(CounterfactualTest, WhatIsNotAskedAnyMoreIsDroppedAndNotCounted) {
  EXPECT_EQ(Found(kHarm, Disposition::kSelfCare),
            "mood.interest=0 mood.low=1; not asked: psy.harm");
}

TEST(CounterfactualTest, AnAnswerThatIsNotChangeableIsNotDroppedEither) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.mutable_items(9)->set_changeable(false);
  EXPECT_EQ(Found(message, kHarm, Disposition::kSelfCare, {.changes_max = 4}),
            "not found within 4");
}

TEST(CounterfactualTest, AnItemThatIsNotChangeableIsNotNewlyAskedEither) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.mutable_items(9)->set_changeable(false);
  EXPECT_EQ(Found(message, Calm(), Disposition::kRoutine, {.changes_max = 4}),
            "not found within 4");
}

TEST(CounterfactualTest, UnknownItemsAreAnsweredAgainstTheirPolicies) {
  // SAME_DAY by the policies of em.bone and of R-E01.
  const std::string answers =
      absl::StrReplaceAll(Calm(), {{"code: \"no\" }\n  answers { link_id: "
                                    "\"em.cold\"",
                                    "code: \"unsure\" }\n  answers { link_id: "
                                    "\"em.cold\""}});
  EXPECT_EQ(Found(answers, Disposition::kSelfCare), "em.bone=0");
  EXPECT_EQ(Found(answers, Disposition::kEmergencyNow), "em.bone=1");
}

TEST(CounterfactualTest, APolicyMayGiveTheDispositionOfWhatStaysUnknown) {
  // An emergency, beside which em.bone is not answered.
  EXPECT_EQ(Found(R"(answers { link_id: "em.bone" code: "unsure" }
                     answers { link_id: "em.cold" boolean: true }
                     answers { link_id: "pain.now" integer: 8 })",
                  Disposition::kSameDay),
            "em.cold=0");
}

TEST(CounterfactualTest, OfEquallyManyChangesTheFewestStepsAreTaken) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  AddRule("pain.now <= 2 || pain.days >= 1.0 || pain.now >= 9",
          pathway::v1::DISPOSITION_SAME_DAY, message);
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay), "pain.days=2");
  message.mutable_rules(0)->set_when("pain.now <= 2 || pain.now >= 9");
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay), "pain.now=2");
  message.mutable_rules(0)->set_when("pain.now <= 3 || pain.days >= 1.0");
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay), "pain.now=3");
}

// Two rules; nothing is known of what the more urgent one reads.
TEST(CounterfactualTest, SaysWhetherItsDispositionIsFinal) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  AddRule("pain.now >= 7", pathway::v1::DISPOSITION_ROUTINE, message);
  AddRule("pain.days >= 9.0", pathway::v1::DISPOSITION_SAME_DAY, message);
  const auto pathway = pathway::CompileOrDie(message);
  const std::string days = "answers { link_id: \"pain.days\" decimal: 0.5 }";
  const CheckedAnswers open =
      pathway::CheckText(*pathway, absl::StrReplaceAll(Calm(), {{days, ""}}));
  const auto found = FindIn(*pathway, open, Disposition::kRoutine, {});
  EXPECT_EQ(ToText(*pathway, found), "pain.now=7");
  EXPECT_FALSE(found.is_final);
  const CheckedAnswers full = pathway::CheckText(*pathway, Calm());
  EXPECT_TRUE(FindIn(*pathway, full, Disposition::kRoutine, {}).is_final);
}

// No rule waits for em.bone: what it would be answered could only make it less
// urgent.
TEST(CounterfactualTest, WhatAPolicyAloneRaisesIsNotFinalEither) {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  AddRule("em.cold", pathway::v1::DISPOSITION_EMERGENCY_NOW, message);
  const auto pathway = pathway::CompileOrDie(message);
  const CheckedAnswers cold = pathway::CheckText(
      *pathway, R"(answers { link_id: "em.bone" code: "unsure" }
                   answers { link_id: "em.cold" boolean: true })");
  const auto found = FindIn(*pathway, cold, Disposition::kSameDay, {});
  EXPECT_EQ(ToText(*pathway, found), "em.cold=0");
  EXPECT_FALSE(found.is_final);
  EXPECT_EQ(Decide(*pathway, found.intake, Evaluate(*pathway, found.intake))
                .most_urgent_possible,
            Disposition::kSameDay);
}

TEST(CounterfactualTest, SaysThatItWasCutShort) {
  EXPECT_EQ(Found(Calm(), Disposition::kWithinDays, {.work = 1}),
            "not found within 0, cut short");
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  AddRule("pain.now * pain.now == 49", pathway::v1::DISPOSITION_SAME_DAY,
          message);
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay), "pain.now=7");
  message.mutable_items(5)->mutable_integer_range()->set_maximum(5000);
  EXPECT_EQ(Found(message, Calm(), Disposition::kSameDay),
            "not found within 0, cut short");
}

// Fifty yes-or-no questions x.i0 to x.i49, of each of which a rule reads the
// answer: the first asks for SAME_DAY, the others for ROUTINE.
pathway::v1::Pathway Switches() {
  pathway::v1::Pathway message = ChangeableAnkle();
  message.clear_rules();
  message.clear_invariants();
  message.clear_cases();
  for (int i = 0; i < 50; ++i) {
    pathway::v1::Item& item = *message.add_items();
    item.set_link_id(absl::StrCat("x.i", i));
    item.set_group_id("more");
    item.set_prompt("Yes?");
    item.set_type(pathway::v1::ITEM_TYPE_BOOLEAN);
    item.set_changeable(true);
    item.mutable_worse()->set_true_is_worse(true);
    item.add_sources("book");
    AddRule(item.link_id(),
            i == 0 ? pathway::v1::DISPOSITION_SAME_DAY
                   : pathway::v1::DISPOSITION_ROUTINE,
            message);
  }
  return message;
}

// Calm, with this answer to each of them.
std::string Switched(const std::string& answer) {
  std::string answers = Calm();
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&answers, "answers { link_id: 'x.i", i,
                    "' boolean: ", answer, " }");
  }
  return answers;
}

// A search for one change that takes so much work, and no more.
void ExpectWork(const pathway::v1::Pathway& message, const std::string& answers,
                Disposition sought, std::int64_t work) {
  const auto pathway = pathway::CompileOrDie(message);
  const CheckedAnswers checked = pathway::CheckText(*pathway, answers);
  const auto is_cut_short = [&](std::int64_t given) {
    return FindIn(*pathway, checked, sought, {.changes_max = 1, .work = given})
        .cut_short;
  };
  EXPECT_TRUE(is_cut_short(work));
  EXPECT_FALSE(is_cut_short(work + 1));
}

// What one look at Switches() takes: its rules and items.
constexpr std::int64_t kLook = 50 + 60;

TEST(CounterfactualTest, EveryLookAndEveryEntryOfAnObstacleIsWork) {
  // Each rule is an obstacle of one item: too many for one change.
  ExpectWork(Switches(), Switched("true"), Disposition::kSelfCare, kLook + 50);
}

TEST(CounterfactualTest, EveryCopyAndEveryEvaluationIsWork) {
  const pathway::v1::Pathway message = Switches();
  const std::int64_t copy = message.items_size() + message.definitions_size() +
                            message.scores_size() + message.rules_size() +
                            message.gates_size() + message.guidance_size();
  // The first rule is the obstacle, of one item, whose one other value takes
  // one evaluation of that rule; then all is looked at again.
  ExpectWork(message, Switched("false"), Disposition::kSameDay,
             kLook + 1 + copy + (1 + 1) + kLook);
}

TEST(CounterfactualTest, AnItemWithoutOtherValuesTakesNoCopy) {
  pathway::v1::Pathway message = Switches();
  pathway::v1::Item& item = *message.mutable_items(10);
  item.set_type(pathway::v1::ITEM_TYPE_CHOICE);
  item.mutable_worse()->set_unordered("There is but one.");
  item.add_options()->set_code("yes");
  item.mutable_options(0)->set_text("Yes");
  item.add_options()->set_code("unsure");
  item.mutable_options(1)->set_text("Not sure");
  item.mutable_options(1)->set_means_unknown(true);
  message.mutable_rules(0)->set_when("x.i0 == 'yes'");
  ExpectWork(message,
             absl::StrReplaceAll(Switched("false"), {{"'x.i0' boolean: false",
                                                      "'x.i0' code: 'yes'"}}),
             Disposition::kSelfCare, kLook + 1);
}

// Some of them are cut short: each has all of the work.
TEST(CounterfactualTest, ThoseOfOneCallAreThoseOfOneCallEach) {
  std::mt19937_64 random(8);
  int cut_short = 0;
  for (int i = 0; i < 20; ++i) {
    const auto pathway = pathway::CompileOrDie(AnkleWithRandomRules(random));
    const CheckedAnswers checked = RandomAnswers(*pathway, random);
    std::vector<Disposition> others(std::begin(pathway::kDispositions),
                                    std::end(pathway::kDispositions));
    others.erase(std::find(
        others.begin(), others.end(),
        Decide(*pathway, checked.intake, checked.evaluation).disposition));
    const CounterfactualLimits limits = {.work = 2000};
    const std::vector<Counterfactual> found =
        FindCounterfactuals(*pathway, checked.intake, checked.evaluation,
                            others, limits, [] { return false; });
    ASSERT_EQ(found.size(), others.size());
    for (std::size_t k = 0; k < others.size(); ++k) {
      const Counterfactual alone = FindIn(*pathway, checked, others[k], limits);
      EXPECT_EQ(found[k].disposition, others[k]);
      EXPECT_EQ(ToText(*pathway, found[k]), ToText(*pathway, alone));
      EXPECT_EQ(found[k].is_final, alone.is_final);
      EXPECT_EQ(found[k].not_found_within, alone.not_found_within);
      cut_short += alone.cut_short ? 1 : 0;
    }
  }
  EXPECT_GT(cut_short, 5);
  EXPECT_LT(cut_short, 75);
}

TEST(CounterfactualTest, NoMoreAreSoughtOnceNobodyWaits) {
  const auto pathway = pathway::CompileOrDie(ChangeableAnkle());
  const CheckedAnswers calm = pathway::CheckText(*pathway, Calm());
  int asked = 0;
  const auto found =
      FindCounterfactuals(*pathway, calm.intake, calm.evaluation,
                          {Disposition::kEmergencyNow, Disposition::kSameDay,
                           Disposition::kRoutine},
                          {}, [&asked] { return ++asked > 2; });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(ToText(*pathway, found[0]), "em.bone=1");
  EXPECT_EQ(found[1].disposition, Disposition::kSameDay);
  EXPECT_EQ(asked, 3);
}

// By brute force, from the definition alone.

// A counterfactual, by what makes one better than another.
struct Candidate {
  std::int64_t steps = 0;
  std::vector<int> changes;
  std::vector<std::int64_t> values;

  friend bool operator<(const Candidate& a, const Candidate& b) {
    return std::tie(a.steps, a.changes, a.values) <
           std::tie(b.steps, b.changes, b.values);
  }
};

// Every number that is written out in a condition.
std::vector<double> NumbersWrittenOut(const CompiledPathway& pathway) {
  std::vector<double> numbers;
  const auto read = [&numbers](const pathway::Expression& expression) {
    for (const pathway::CheckedNode& node : expression.tree->nodes) {
      if (node.kind == pathway::NodeKind::kInt) {
        numbers.push_back(static_cast<double>(node.int_value));
      } else if (node.kind == pathway::NodeKind::kDouble) {
        numbers.push_back(node.double_value);
      }
    }
  };
  for (const pathway::Rule& rule : pathway.rules) read(rule.when);
  for (const auto& definition : pathway.definitions) {
    read(definition.expression);
  }
  for (const Item& item : pathway.items) {
    if (item.enable_when.has_value()) read(*item.enable_when);
  }
  return numbers;
}

// Every number; of very many, those near the ends and near every number that is
// written out.
std::vector<std::int64_t> LegalNumbers(const CompiledPathway& pathway,
                                       const Item& item) {
  std::set<std::int64_t> values;
  const auto add = [&](std::int64_t first, std::int64_t last) {
    first = std::max(first, item.minimum);
    last = std::min(last, item.maximum);
    for (std::int64_t value = first; value <= last; ++value) {
      values.insert(value);
    }
  };
  add(item.minimum, item.minimum + 250);
  add(item.maximum - 20, item.maximum);
  for (const double number : NumbersWrittenOut(pathway)) {
    const std::int64_t steps =
        std::llround(std::clamp(number * static_cast<double>(item.scale),
                                static_cast<double>(item.minimum) - 3,
                                static_cast<double>(item.maximum) + 3));
    add(steps - 2, steps + 2);
  }
  return {values.begin(), values.end()};
}

std::vector<std::int64_t> LegalValues(const CompiledPathway& pathway,
                                      const Item& item) {
  std::vector<std::int64_t> values;
  switch (item.type) {
    case ItemType::kBoolean:
      return {0, 1};
    case ItemType::kChoice:
      for (std::size_t i = 0; i < item.options.size(); ++i) {
        if (!item.options[i].means_unknown) {
          values.push_back(static_cast<std::int64_t>(i));
        }
      }
      return values;
    case ItemType::kMultiChoice:
      for (std::uint64_t set = 1; set < std::uint64_t{1} << item.options.size();
           ++set) {
        const bool alone = std::bitset<64>(set).count() == 1;
        if (alone || (set & item.exclusive_mask) == 0) {
          values.push_back(static_cast<std::int64_t>(set));
        }
      }
      return values;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      return LegalNumbers(pathway, item);
  }
  return values;
}

std::int64_t StepsOf(const Item& item, const SlotAnswer& before,
                     std::int64_t value) {
  if (!before.IsAnswered()) return 1;
  if (item.type == ItemType::kMultiChoice) {
    const auto differing = static_cast<std::uint64_t>(before.value ^ value);
    const std::bitset<64> counted(differing & ~item.exclusive_mask);
    return std::max<std::int64_t>(1,
                                  static_cast<std::int64_t>(counted.count()));
  }
  return std::abs(before.value - value);
}

// `intake` with `candidate`; nothing where that is no counterfactual.
std::optional<Disposition> DispositionWith(const CompiledPathway& pathway,
                                           const CheckedAnswers& before,
                                           const Candidate& candidate) {
  Intake intake = before.intake;
  for (std::size_t i = 0; i < candidate.changes.size(); ++i) {
    intake[candidate.changes[i]] = {.state = SlotAnswer::State::kAnswered,
                                    .value = candidate.values[i]};
  }
  const Evaluation evaluation = Evaluate(pathway, intake);
  for (std::size_t i = 0; i < intake.size(); ++i) {
    const bool asked = evaluation.enabled[i] == Truth::kTrue;
    const bool newly = before.evaluation.enabled[i] != Truth::kTrue;
    if (asked && newly && !intake[i].IsAnswered()) return std::nullopt;
    if (evaluation.enabled[i] != Truth::kFalse) continue;
    const bool given = intake[i].state != SlotAnswer::State::kOpen;
    if (given && !pathway.items[i].changeable) return std::nullopt;
    if (intake[i] != before.intake[i]) return std::nullopt;
    intake[i] = SlotAnswer();
  }
  return Decide(pathway, intake, Evaluate(pathway, intake)).disposition;
}

// The best candidate of exactly `more` further changes for each disposition.
void TryAll(const CompiledPathway& pathway, const CheckedAnswers& before,
            int more, std::size_t next, Candidate& candidate,
            std::vector<std::optional<Candidate>>& best) {
  if (more == 0) {
    const auto disposition = DispositionWith(pathway, before, candidate);
    if (!disposition.has_value()) return;
    auto& found = best[static_cast<std::size_t>(*disposition)];
    if (!found.has_value() || candidate < *found) found = candidate;
    return;
  }
  for (; next < pathway.items.size(); ++next) {
    const Item& item = pathway.items[next];
    if (!item.changeable) continue;
    for (const std::int64_t value : LegalValues(pathway, item)) {
      const SlotAnswer& present = before.intake[next];
      if (present.IsAnswered() && present.value == value) continue;
      const std::int64_t steps = StepsOf(item, present, value);
      candidate.changes.push_back(static_cast<int>(next));
      candidate.values.push_back(value);
      candidate.steps += steps;
      TryAll(pathway, before, more - 1, next + 1, candidate, best);
      candidate.steps -= steps;
      candidate.values.pop_back();
      candidate.changes.pop_back();
    }
  }
}

void ExpectLegalAndOf(const CompiledPathway& pathway,
                      const CheckedAnswers& before,
                      const Counterfactual& counterfactual) {
  const CheckedAnswers after = CheckAnswers(
      pathway, pathway::ToMessages(pathway, counterfactual.intake));
  ASSERT_TRUE(after.violations.empty()) << ToString(after.violations);
  EXPECT_EQ(Decide(pathway, after.intake, after.evaluation).disposition,
            counterfactual.disposition);
  std::vector<int> changes;
  for (std::size_t i = 0; i < after.intake.size(); ++i) {
    if (!pathway.items[i].changeable) {
      EXPECT_EQ(after.intake[i], before.intake[i]) << pathway.items[i].link_id;
    }
    if (after.intake[i] == before.intake[i]) continue;
    if (after.intake[i].IsAnswered()) changes.push_back(static_cast<int>(i));
  }
  EXPECT_EQ(changes, counterfactual.changes);
}

// Compares with what trying all candidates of up to `changes_max` changes finds
// for every other disposition. Returns how many counterfactuals there were.
int ExpectBest(const CompiledPathway& pathway, const CheckedAnswers& before,
               int changes_max) {
  const Disposition own =
      Decide(pathway, before.intake, before.evaluation).disposition;
  std::vector<std::vector<std::optional<Candidate>>> best;
  for (int changes = 1; changes <= changes_max; ++changes) {
    Candidate candidate;
    best.emplace_back(6);
    TryAll(pathway, before, changes, 0, candidate, best.back());
  }
  int found = 0;
  for (const Disposition disposition : pathway::kDispositions) {
    if (disposition == own) continue;
    const Counterfactual counterfactual =
        FindIn(pathway, before, disposition, {.changes_max = changes_max});
    EXPECT_FALSE(counterfactual.cut_short);
    int needed = 1;
    const auto best_of = [&](int changes) -> const std::optional<Candidate>& {
      return best[changes - 1][static_cast<std::size_t>(disposition)];
    };
    while (needed <= changes_max && !best_of(needed).has_value()) ++needed;
    EXPECT_EQ(counterfactual.found, needed <= changes_max);
    EXPECT_EQ(counterfactual.not_found_within, needed - 1);
    if (!counterfactual.found || needed > changes_max) continue;
    ++found;
    ExpectLegalAndOf(pathway, before, counterfactual);
    const Candidate& expected = *best_of(needed);
    EXPECT_EQ(counterfactual.changes, expected.changes);
    for (std::size_t i = 0; i < counterfactual.changes.size(); ++i) {
      EXPECT_EQ(counterfactual.intake[counterfactual.changes[i]].value,
                expected.values[i])
          << pathway.items[counterfactual.changes[i]].link_id;
    }
  }
  return found;
}

TEST(CounterfactualTest, TheExampleHasNoBetterOnes) {
  pathway::v1::Pathway message = ChangeableAnkle();
  // Fewer half days, for fewer pairs to try.
  message.mutable_items(6)->mutable_decimal_range()->set_maximum(6);
  message.mutable_guidance(3)->set_show_when("pain.days <= 5.0");
  message.clear_cases();
  const auto pathway = pathway::CompileOrDie(message);
  std::mt19937_64 random(3);
  int found = 0;
  for (int i = 0; i < 15; ++i) {
    found += ExpectBest(*pathway, RandomAnswers(*pathway, random), 2);
  }
  EXPECT_GT(found, 10);
}

TEST(CounterfactualTest, RandomRulesHaveNoBetterOnes) {
  std::mt19937_64 random(6);
  int found = 0;
  for (int i = 0; i < 40; ++i) {
    const auto pathway = pathway::CompileOrDie(AnkleWithRandomRules(random));
    ASSERT_NE(pathway, nullptr);
    found += ExpectBest(*pathway, RandomAnswers(*pathway, random), 2);
  }
  EXPECT_GT(found, 15);
}

TEST(CounterfactualTest, TheShippedPathwayHasNoneOfFewerChanges) {
  const auto pathway = pathway::ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(4);
  int found = 0;
  for (int i = 0; i < 15; ++i) {
    found += ExpectBest(*pathway, RandomAnswers(*pathway, random), 1);
  }
  EXPECT_GT(found, 10);
}

TEST(CounterfactualTest, OfTheShippedPathwayAreLegalWithMoreChangesToo) {
  const auto pathway = pathway::ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(5);
  int found = 0;
  for (int i = 0; i < 25; ++i) {
    const CheckedAnswers before = RandomAnswers(*pathway, random);
    const Disposition own =
        Decide(*pathway, before.intake, before.evaluation).disposition;
    for (const Disposition disposition : pathway::kDispositions) {
      if (disposition == own) continue;
      const Counterfactual counterfactual =
          FindIn(*pathway, before, disposition, {.changes_max = 3});
      if (!counterfactual.found) continue;
      ++found;
      ExpectLegalAndOf(*pathway, before, counterfactual);
    }
  }
  EXPECT_GT(found, 10);
}

}  // namespace
}  // namespace plumbline::triage
