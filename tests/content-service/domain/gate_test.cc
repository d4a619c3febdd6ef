#include "content-service/domain/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "common/pathway/content.h"
#include "common/trust/canonical.h"
#include "content-service/domain/compile_sources.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;

v1::GateReport RunOn(const Sources& sources, GateOptions options = {}) {
  const CompiledSources compiled = CompileSources("tiny", sources, Noon);
  EXPECT_TRUE(compiled.ok()) << compiled.report.DebugString();
  options.places = [&sources] { return PlacesIn(sources); };
  if (options.clock == nullptr) options.clock = Noon;
  return RunGate(*pathway::LoadContent(compiled.content).value(), options)
      .value();
}

// The tiny sources with another text in one file.
Sources TinyWith(const std::string& path, const std::string& from,
                 const std::string& to) {
  Sources sources = TinySources();
  for (v1::SourceFile& file : sources) {
    if (file.path() != path) continue;
    std::string text = file.content();
    EXPECT_EQ(absl::StrReplaceAll({{from, to}}, &text), 1) << from;
    file.set_content(text);
  }
  return sources;
}

TEST(RunGateTest, PassesContentWhoseCasesPassAndReachEverything) {
  std::vector<std::string> stages;
  const v1::GateReport report = RunOn(
      TinySources(),
      {.as_of_date = "", .on_progress = [&](const v1::GateProgress& progress) {
         stages.push_back(progress.message());
       }});
  EXPECT_TRUE(report.passed()) << report.DebugString();
  EXPECT_EQ(report.pathway_id(), "tiny");
  EXPECT_EQ(report.digest(), CompileTiny().digest);
  EXPECT_EQ(report.engine_version(), pathway::kEngineVersion);
  EXPECT_EQ(report.coverage_size(), 4);
  EXPECT_THAT(
      stages,
      ElementsAre("running 4 cases", "4 passed, 0 failed", "proving no-error",
                  "proving influence", "proving monotone", "proving floors",
                  "proving unknown-is-safe", "proving invariants",
                  "proving guidance", "proving texts"));
  EXPECT_EQ(report.solver_version(), "z3 4.8.12");
  EXPECT_EQ(report.properties_size(), 8);
}

TEST(RunGateTest, PassesAPathwayThatUsesInstruments) {
  const Sources sources = SourcesIn("tests/fixtures/pathways/measures");
  const CompiledSources compiled = CompileSources("measures", sources, Noon);
  ASSERT_TRUE(compiled.ok()) << compiled.report.DebugString();
  const auto pathway = pathway::LoadContent(compiled.content);
  ASSERT_THAT(pathway, IsOk());
  const auto report = RunGate(**pathway, {.as_of_date = "", .clock = Noon});
  ASSERT_THAT(report, IsOk());
  EXPECT_TRUE(report->passed()) << report->DebugString();
}

TEST(RunGateTest, EndsWhereNobodyWaitsAnyMore) {
  const CompiledSources compiled = CompileTiny();
  EXPECT_THAT(
      RunGate(
          *pathway::LoadContent(compiled.content).value(),
          {.as_of_date = "", .clock = Noon, .cancelled = [] { return true; }}),
      StatusIs(absl::StatusCode::kCancelled));
}

TEST(RunGateTest, SaysWhatThePathwayExceptsAndHowMuchIsInIt) {
  const v1::GateReport report = RunOn(TinySources());
  ASSERT_EQ(report.exceptions_size(), 1);
  EXPECT_EQ(report.exceptions(0).element(), "items/hx.cold_hands");
  EXPECT_EQ(report.exceptions(0).kind(), v1::ProofException::KIND_UNORDERED);
  EXPECT_EQ(report.exceptions(0).reason(),
            "It changes the advice and not the urgency.");
  EXPECT_EQ(report.counts().item_count(), 3);
  EXPECT_EQ(report.counts().rule_count(), 2);
  EXPECT_EQ(report.counts().case_count(), 4);
}

TEST(RunGateTest, NamesTheLineOfACaseThatFails) {
  const v1::GateReport report =
      RunOn(TinyWith("rules.txtpb", "pain.now >= 7", "pain.now >= 9"));
  EXPECT_FALSE(report.passed());
  ASSERT_EQ(report.case_failures_size(), 1);
  EXPECT_EQ(report.case_failures(0).file(), "cases/all.jsonl");
  EXPECT_EQ(report.case_failures(0).line(), 2);
}

TEST(RunGateTest, ComparesReviewsWithTheDayThatIsGiven) {
  EXPECT_EQ(RunOn(TinySources()).as_of_date(), "2027-01-15");
  const v1::GateReport late =
      RunOn(TinySources(), {.as_of_date = "2027-06-01"});
  EXPECT_EQ(late.as_of_date(), "2027-06-01");
  EXPECT_FALSE(late.passed());
}

// Anyone makes it again, at any time, and without the sources.
TEST(ResultDigestTest, IsThatOfTheContentAndTheDay) {
  const v1::GateReport report = RunOn(TinySources());
  EXPECT_EQ(report.result_digest(), ResultDigest(report));
  int calls = 0;
  const auto later = [&calls] {
    return Noon() + absl::Hours(1) + ++calls * absl::Milliseconds(1);
  };
  const auto again =
      RunGate(*pathway::LoadContent(CompileTiny().content).value(),
              {.as_of_date = "2027-01-15", .clock = later});
  ASSERT_THAT(again, IsOk());
  EXPECT_NE(trust::CanonicalBytes(*again), trust::CanonicalBytes(report));
  EXPECT_EQ(again->result_digest(), report.result_digest());
  EXPECT_NE(RunOn(TinySources(), {.as_of_date = "2027-01-16"}).result_digest(),
            report.result_digest());
}

TEST(ResultDigestTest, IsTheSameWhereverTheFindingsStand) {
  const Sources broken = TinyWith("rules.txtpb", "em.bleeding == \"yes\"",
                                  "em.bleeding == \"yes\" && pain.now >= 1");
  const v1::GateReport report = RunOn(broken);
  EXPECT_FALSE(report.passed());
  const auto again = RunGate(
      *pathway::LoadContent(CompileSources("tiny", broken, Noon).content)
           .value(),
      {.as_of_date = "", .clock = Noon});
  ASSERT_THAT(again, IsOk());
  EXPECT_FALSE(again->properties(3).findings(0).has_place());
  EXPECT_EQ(again->result_digest(), report.result_digest());
}

}  // namespace
}  // namespace plumbline::content
