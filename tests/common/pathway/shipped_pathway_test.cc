// The shipped pathway on random intakes: no expression is an error where
// nothing is unknown, and what is decided with unknowns holds under every
// completion. And where its cases come from.

#include "tests/common/pathway/shipped_pathway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/evaluate.h"
#include "common/pathway/evidence_use.h"
#include "common/pathway/names.h"
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
  for (const v1::Evidence& evidence : pathway->source->evidence()) {
    sources.insert(evidence.evidence_id());
  }
  for (const v1::Case& one : pathway->source->cases()) {
    const std::string origin = one.source().substr(0, one.source().find(','));
    const bool is_ours = absl::StartsWith(one.source(), "written by us");
    EXPECT_TRUE(is_ours || sources.count(origin) == 1)
        << one.case_id() << ": " << one.source();
  }
}

// How much of one source article is used, and how much is left out with a
// reason.
struct ArticleUse {
  int cited = 0;
  int not_shipped = 0;

  friend bool operator==(const ArticleUse&, const ArticleUse&) = default;
  friend void PrintTo(const ArticleUse& use, std::ostream* out) {
    *out << use.cited << " cited, " << use.not_shipped << " not shipped";
  }
};

// By article; conflicts, which have no source of their own, under "".
std::map<std::string, ArticleUse> UseByArticle(const v1::Pathway& message) {
  const std::vector<std::vector<std::string>> uses = UsesOfEvidence(message);
  std::map<std::string, ArticleUse> by_article;
  for (int i = 0; i < message.evidence_size(); ++i) {
    const v1::Evidence& evidence = message.evidence(i);
    ArticleUse& use = by_article[evidence.source_id()];
    use.cited += uses[i].empty() ? 0 : 1;
    use.not_shipped += evidence.not_shipped().empty() ? 0 : 1;
  }
  return by_article;
}

TEST(ShippedPathwayTest, AccountsForEveryFactAndConflict) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  // 211 facts and 57 conflicts.
  EXPECT_THAT(UseByArticle(*pathway->source),
              ::testing::UnorderedElementsAre(
                  ::testing::Pair("article-000", ArticleUse{32, 2}),
                  ::testing::Pair("article-001", ArticleUse{18, 0}),
                  ::testing::Pair("article-002", ArticleUse{90, 3}),
                  ::testing::Pair("article-003", ArticleUse{41, 0}),
                  ::testing::Pair("article-004", ArticleUse{25, 0}),
                  ::testing::Pair("", ArticleUse{54, 3})));
}

// A fact that is left out names the conflict that says so.
TEST(ShippedPathwayTest, LeavesNoFactOutWithoutItsConflict) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  for (const v1::Evidence& evidence : pathway->source->evidence()) {
    if (evidence.not_shipped().empty() || evidence.source_id().empty()) {
      continue;
    }
    EXPECT_TRUE(absl::StartsWith(evidence.not_shipped(), "C-"))
        << evidence.evidence_id();
  }
}

// The numbers that a text says, without signs between thousands.
std::set<std::string> NumbersIn(std::string text) {
  text = std::regex_replace(text, std::regex("([0-9]),(?=[0-9]{3})"), "$1");
  std::set<std::string> numbers;
  const std::regex number("[0-9]+(\\.[0-9]+)?");
  for (std::sregex_iterator at(text.begin(), text.end(), number), end;
       at != end; ++at) {
    numbers.insert(at->str());
  }
  return numbers;
}

// The ways to say a parameter: 72 hours are 3 days, and 14 days 2 weeks.
std::set<std::string> WaysToSay(const v1::Parameter& parameter) {
  std::set<std::string> ways = {FormatNumber(parameter.value())};
  if (parameter.unit() == "h")
    ways.insert(FormatNumber(parameter.value() / 24));
  if (parameter.unit() == "d") ways.insert(FormatNumber(parameter.value() / 7));
  return ways;
}

TEST(ShippedPathwayTest, TextsSayTheNumbersThatProgramsRead) {
  const auto pathway = ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  int compared = 0;
  for (const v1::GuidanceRecord& record : pathway->source->guidance()) {
    for (const v1::GuidanceText& text : record.texts()) {
      const std::set<std::string> said =
          NumbersIn(absl::StrCat(text.title(), " ", text.body()));
      for (const v1::Parameter& parameter : record.parameters()) {
        const std::set<std::string> ways = WaysToSay(parameter);
        ++compared;
        EXPECT_TRUE(std::any_of(
            ways.begin(), ways.end(),
            [&said](const std::string& way) { return said.count(way) > 0; }))
            << record.guidance_id() << " " << text.locale() << " "
            << parameter.name();
      }
    }
  }
  EXPECT_GT(compared, 50);
}

}  // namespace
}  // namespace plumbline::pathway
