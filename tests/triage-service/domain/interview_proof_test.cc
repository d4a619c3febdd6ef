// Every stop of an interview is right: in small random pathways, all the ways
// in which an intake can go on are tried. What the interview calls settled is
// the same in each of them. PLUMBLINE_PATHWAYS=2000 asks for a long run.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "common/pathway/evaluate.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "triage-service/domain/interview.h"

namespace plumbline::triage {
namespace {

using pathway::Below;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;
using pathway::SlotAnswer;
using pathway::Truth;

constexpr int kIntakes = 25;
// The most ways to go on that are tried for one intake.
constexpr int kWaysMax = 400;

int PathwaysToTry() {
  const char* const asked = std::getenv("PLUMBLINE_PATHWAYS");
  int count = 40;
  if (asked == nullptr) return count;
  EXPECT_TRUE(absl::SimpleAtoi(asked, &count)) << asked;
  return count;
}

std::string RandomLeaf(std::mt19937_64& random) {
  static const auto& leaves = *new std::vector<std::string>{
      "em.cold",
      "em.bone == 'yes'",
      "em.bone != 'no'",
      "lasting",
      "'nsaid' in med.taken",
      "size(med.taken) == 2",
      "pt.age >= 11",
      "pain.now >= 6",
      "pain.days <= 2.5",
      "has(pt.pregnant)",
      "has(psy.harm)",
      "has(score.mood)",
      "(has(score.mood) && score.mood >= 2)",
      "(has(psy.harm) && psy.harm == 'yes')",
      "(has(pt.pregnant) ? pt.pregnant == 'yes' : em.cold)"};
  return leaves[Below(random, leaves.size())];
}

std::string RandomCondition(std::mt19937_64& random, int depth) {
  const std::uint64_t kind = depth == 0 ? 0 : Below(random, 6);
  if (kind <= 1) return RandomLeaf(random);
  const std::string first = RandomCondition(random, depth - 1);
  if (kind == 2) return absl::StrCat("!(", first, ")");
  const std::string second = RandomCondition(random, depth - 1);
  if (kind == 3) return absl::StrCat("(", first, " || ", second, ")");
  return absl::StrCat("(", first, " && ", second, ")");
}

// Above SELF_CARE.
pathway::v1::Disposition RandomDisposition(std::mt19937_64& random) {
  return static_cast<pathway::v1::Disposition>(2 + Below(random, 4));
}

// The example, with so few values that all can be tried.
pathway::v1::Pathway SmallMessage() {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.clear_cases();
  for (pathway::v1::Item& item : *message.mutable_items()) {
    if (item.link_id() == "pt.age") {
      item.mutable_integer_range()->set_minimum(10);
      item.mutable_integer_range()->set_maximum(12);
    } else if (item.link_id() == "pt.pregnant") {
      item.set_enable_when("pt.age >= 11");
    } else if (item.link_id() == "pain.now") {
      item.mutable_integer_range()->set_minimum(4);
      item.mutable_integer_range()->set_maximum(7);
    } else if (item.link_id() == "pain.days") {
      item.mutable_decimal_range()->set_minimum(2);
      item.mutable_decimal_range()->set_maximum(3);
    } else if (item.link_id() == "mood.interest" ||
               item.link_id() == "mood.low") {
      item.mutable_integer_range()->set_maximum(2);
    }
  }
  message.mutable_scores(0)->mutable_bands(1)->set_maximum(4);
  return message;
}

// Rules, policies, gates and conditions at random.
std::shared_ptr<const CompiledPathway> RandomPathway(std::mt19937_64& random) {
  pathway::v1::Pathway message = SmallMessage();
  for (pathway::v1::Rule& rule : *message.mutable_rules()) {
    rule.set_when(RandomCondition(random, 2));
    rule.set_disposition(RandomDisposition(random));
    rule.clear_on_unknown();
    if (Below(random, 2) == 0) {
      rule.mutable_on_unknown()->mutable_escalate()->set_at_least(
          RandomDisposition(random));
      rule.mutable_on_unknown()->mutable_escalate()->set_flag("SAFETY_UNKNOWN");
    } else if (rule.disposition() == pathway::v1::DISPOSITION_EMERGENCY_NOW) {
      rule.mutable_on_unknown()->set_ask(true);
    }
  }
  for (pathway::v1::Item& item : *message.mutable_items()) {
    if (!item.has_if_unknown() || item.emergency()) continue;
    item.mutable_if_unknown()->set_at_least(RandomDisposition(random));
  }
  for (pathway::v1::Gate& gate : *message.mutable_gates()) {
    gate.set_withhold_when(RandomCondition(random, 2));
  }
  for (pathway::v1::GuidanceRecord& record : *message.mutable_guidance()) {
    if (!record.show_when().empty()) {
      record.set_show_when(RandomCondition(random, 1));
    }
  }
  return pathway::CompileOrDie(message);
}

// What can be said of an item: each of its values, and that there is none.
std::vector<SlotAnswer> AnswersTo(const Item& item) {
  std::vector<SlotAnswer> answers = {pathway::Closed()};
  const auto add = [&answers](std::int64_t value) {
    answers.push_back({.state = SlotAnswer::State::kAnswered, .value = value});
  };
  switch (item.type) {
    case ItemType::kChoice:
      for (std::size_t i = 0; i < item.options.size(); ++i) {
        if (!item.options[i].means_unknown) add(static_cast<int>(i));
      }
      break;
    case ItemType::kMultiChoice:
      for (std::uint64_t set = 1; set < 1u << item.options.size(); ++set) {
        const bool alone = (set & (set - 1)) == 0;
        if ((set & item.exclusive_mask) != 0 && !alone) continue;
        add(static_cast<std::int64_t>(set));
      }
      break;
    case ItemType::kBoolean:
      add(0);
      add(1);
      break;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      for (std::int64_t v = item.minimum; v <= item.maximum; ++v) add(v);
      break;
  }
  return answers;
}

// The next open item that may be answered, whatever else will be.
std::optional<int> NextOpen(const CompiledPathway& pathway,
                            const Intake& intake,
                            const Evaluation& evaluation) {
  for (int i = 0; i < static_cast<int>(intake.size()); ++i) {
    if (intake[i].state != SlotAnswer::State::kOpen) continue;
    if (IsLegalForEver(pathway, intake, evaluation, i)) return i;
  }
  return std::nullopt;
}

// Calls `visit` with every intake that `intake` can become. False where there
// are more than `ways_left`.
bool ForEveryWayOn(const CompiledPathway& pathway, Intake& intake,
                   int& ways_left,
                   const std::function<void(const Decision&)>& visit) {
  const Evaluation evaluation = Evaluate(pathway, intake);
  const std::optional<int> next = NextOpen(pathway, intake, evaluation);
  if (!next.has_value()) {
    if (--ways_left < 0) return false;
    visit(Decide(pathway, intake, evaluation));
    return true;
  }
  bool all = true;
  for (const SlotAnswer& answer : AnswersTo(pathway.items[*next])) {
    intake[*next] = answer;
    all = all && ForEveryWayOn(pathway, intake, ways_left, visit);
  }
  intake[*next] = SlotAnswer();
  return all;
}

// What becomes of an intake in all the ways in which it can go on.
struct Future {
  bool same_disposition = true;
  bool same_outcome = true;  // Disposition, flags and guidance.
};

std::optional<Future> FutureOf(const CompiledPathway& pathway, Intake intake,
                               const Decision& now) {
  Future future;
  int ways_left = kWaysMax;
  const bool all =
      ForEveryWayOn(pathway, intake, ways_left, [&](const Decision& later) {
        if (later.disposition != now.disposition) {
          future.same_disposition = false;
        }
        if (later.disposition != now.disposition || later.flags != now.flags ||
            later.shown != now.shown) {
          future.same_outcome = false;
        }
      });
  return all ? std::optional(future) : std::nullopt;
}

// A random intake with most items answered.
Intake RandomIntake(const CompiledPathway& pathway, std::mt19937_64& random) {
  Intake intake(pathway.items.size());
  const int percent = 50 + static_cast<int>(Below(random, 50));
  const int calm_percent = static_cast<int>(Below(random, 100));
  AnswerOpenItems(pathway, percent, calm_percent, random, intake);
  return intake;
}

// What was seen of the intakes whose ways on could all be tried.
struct Tally {
  int settled_dispositions = 0;
  int settled_outcomes = 0;
  int asked_although_nothing_could_change = 0;
};

// Tries random intakes of the random pathway of this seed.
void TryPathway(std::uint64_t seed, Tally& tally) {
  std::mt19937_64 random(seed);
  const auto pathway = RandomPathway(random);
  ASSERT_NE(pathway, nullptr);
  for (int i = 0; i < kIntakes; ++i) {
    const Intake intake = RandomIntake(*pathway, random);
    const Evaluation evaluation = Evaluate(*pathway, intake);
    const Decision decision = Decide(*pathway, intake, evaluation);
    const Interview interview =
        NextItems(*pathway, intake, evaluation, decision);
    for (const OpenItem& open : interview.items) {
      ASSERT_EQ(intake[open.item].state, SlotAnswer::State::kOpen);
    }
    const auto future = FutureOf(*pathway, intake, decision);
    if (!future.has_value()) continue;
    if (interview.disposition_settled) {
      ++tally.settled_dispositions;
      ASSERT_TRUE(future->same_disposition) << "intake " << i;
    }
    if (interview.outcome_settled) {
      ++tally.settled_outcomes;
      ASSERT_TRUE(future->same_outcome) << "intake " << i;
    } else if (future->same_outcome) {
      ++tally.asked_although_nothing_could_change;
    }
  }
}

class InterviewProofTest : public testing::TestWithParam<int> {};

TEST_P(InterviewProofTest, WhatIsSettledIsTheSameInEveryWayOn) {
  const int pathways = PathwaysToTry();
  Tally tally;
  for (int i = 0; i < pathways; ++i) {
    const auto seed = static_cast<std::uint64_t>(GetParam() * 1'000'000 + i);
    TryPathway(seed, tally);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
  // That there was something to see.
  EXPECT_GT(tally.settled_dispositions, pathways);
  EXPECT_GT(tally.settled_outcomes, pathways);
  RecordProperty("settled_dispositions", tally.settled_dispositions);
  RecordProperty("settled_outcomes", tally.settled_outcomes);
  RecordProperty("asked_although_nothing_could_change",
                 tally.asked_although_nothing_could_change);
}

INSTANTIATE_TEST_SUITE_P(Streams, InterviewProofTest, testing::Range(0, 4));

// Every seed that ever failed.
TEST(InterviewProofSeedTest, StaysMended) {
  Tally tally;
  for (const std::uint64_t seed : {2'000'115}) {
    TryPathway(seed, tally);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace plumbline::triage
