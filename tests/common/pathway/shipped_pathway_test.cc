// The shipped pathway on random intakes: no expression is an error where
// nothing is unknown, and what is decided with unknowns holds under every
// completion. And where its cases come from.

#include "tests/common/pathway/shipped_pathway.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "common/pathway/evaluate.h"
#include "tests/common/pathway/completions.h"

namespace plumbline::pathway {
namespace {

constexpr int kIntakes = 40;
constexpr int kCompletions = 5;

// Every truth that the decision is made of.
std::vector<Truth> TruthsOf(const Evaluation& evaluation) {
  std::vector<Truth> truths = evaluation.enabled;
  for (const Value& value : evaluation.definitions) {
    truths.push_back(ToTruth(value));
  }
  for (const auto* list :
       {&evaluation.rules, &evaluation.gates, &evaluation.show_when}) {
    truths.insert(truths.end(), list->begin(), list->end());
  }
  return truths;
}

TEST(ShippedPathwayTest, DecidedTruthsHoldUnderEveryCompletion) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(46);
  int compared = 0;
  for (int i = 0; i < kIntakes; ++i) {
    const Intake part = RandomPart(*pathway, random);
    const Evaluation before = Evaluate(*pathway, part);
    const std::vector<Truth> decided = TruthsOf(before);
    for (int completion = 0; completion < kCompletions; ++completion) {
      const Intake complete = Completed(*pathway, part, random);
      const Evaluation after = Evaluate(*pathway, complete);
      if (!IsLegal(complete, after)) continue;
      const std::vector<Truth> actual = TruthsOf(after);
      for (std::size_t t = 0; t < actual.size(); ++t) {
        if (decided[t] == Truth::kUnknown) continue;
        ++compared;
        EXPECT_EQ(decided[t], actual[t]) << "truth " << t;
      }
    }
  }
  EXPECT_GT(compared, 100);
}

TEST(ShippedPathwayTest, CompleteIntakesLeaveNothingUnknown) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(68);
  for (int i = 0; i < kIntakes * kCompletions; ++i) {
    const Intake complete =
        Completed(*pathway, Intake(pathway->items.size()), random);
    const std::vector<Truth> truths = TruthsOf(Evaluate(*pathway, complete));
    for (std::size_t t = 0; t < truths.size(); ++t) {
      EXPECT_NE(truths[t], Truth::kUnknown) << "truth " << t;
    }
  }
}

TEST(ShippedPathwayTest, CasesComeFromUsOrFromASource) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  std::set<std::string> sources;
  for (const v1::Source& source : pathway->source->sources()) {
    sources.insert(source.source_id());
  }
  for (const v1::Case& one : pathway->source->cases()) {
    const std::string origin = one.source().substr(0, one.source().find(','));
    const bool is_ours = absl::StartsWith(one.source(), "written by us");
    EXPECT_TRUE(is_ours || sources.count(origin) == 1)
        << one.case_id() << ": " << one.source();
  }
}

}  // namespace
}  // namespace plumbline::pathway
