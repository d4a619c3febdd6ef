#include "content-service/domain/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/pathway/content.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/statement.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;

v1::GateReport RunOnTiny(const OnProgress& on_progress) {
  const CompiledSources compiled = CompileTiny();
  return RunGate(*pathway::LoadContent(compiled.content).value(), TinySources(),
                 Noon, on_progress)
      .value();
}

TEST(CompileSourcesTest, MakesTheSameContentEveryTime) {
  const CompiledSources compiled = CompileTiny();
  ASSERT_TRUE(compiled.ok()) << compiled.report.DebugString();
  EXPECT_EQ(compiled.digest, trust::Sha256Hex(compiled.content));
  EXPECT_EQ(CompileTiny().content, compiled.content);
}

TEST(CompileSourcesTest, ReportsFaultsAndKeepsNoContent) {
  const CompiledSources compiled = CompileSources("tiny", {}, Noon);
  EXPECT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.content, "");
  EXPECT_EQ(compiled.digest, "");
  EXPECT_FALSE(compiled.report.passed());
  EXPECT_EQ(compiled.report.as_of_date(), "2027-01-15");
}

TEST(CompileSourcesTest, CountsFaultsThatItDoesNotList) {
  Sources sources = TinySources();
  std::string rules;
  for (int i = 0; i < kListedFaultsMax + 500; ++i) {
    absl::StrAppend(&rules, "rules { rule_id: \"R-", i, "\" }\n");
  }
  for (v1::SourceFile& file : sources) {
    if (file.path() == "rules.txtpb") file.set_content(rules);
  }
  const CompiledSources compiled = CompileSources("tiny", sources, Noon);
  EXPECT_EQ(compiled.report.faults_size(), kListedFaultsMax);
  EXPECT_EQ(compiled.report.fault_count(), kListedFaultsMax + 1);
}

TEST(RunGateTest, PassesContentWhoseCasesPassAndReachEverything) {
  std::vector<std::string> stages;
  const v1::GateReport report =
      RunOnTiny([&](const v1::GateProgress& progress) {
        stages.push_back(progress.message());
      });
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
  const auto report =
      RunGate(**pathway, sources, Noon, [](const v1::GateProgress&) {});
  ASSERT_THAT(report, IsOk());
  EXPECT_TRUE(report->passed()) << report->DebugString();
}

TEST(RunGateTest, EndsWhereNobodyWaitsAnyMore) {
  const CompiledSources compiled = CompileTiny();
  EXPECT_THAT(
      RunGate(
          *pathway::LoadContent(compiled.content).value(), TinySources(), Noon,
          [](const v1::GateProgress&) {}, [] { return true; }),
      StatusIs(absl::StatusCode::kCancelled));
}

TEST(AttestReportTest, HoldsTheReportThatTheStatementNames) {
  const v1::GateReport report = RunOnTiny([](const v1::GateProgress&) {});
  const v1::Attestation attestation =
      AttestReport(TinyPolicy(), "tiny", report, Noon());
  const auto statement = trust::ParseStatement(attestation.statement());
  ASSERT_THAT(statement, IsOk());
  EXPECT_EQ(statement->digest(), report.digest());
  EXPECT_EQ(statement->audience(), "test");
  EXPECT_EQ(statement->report_digest(),
            trust::Sha256Hex(trust::CanonicalBytes(report)));
  EXPECT_EQ(attestation.payload(), trust::CanonicalBytes(report));
}

}  // namespace
}  // namespace plumbline::content
