// Proofs as they stand in the report of the gate.

#include "content-service/domain/prove.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_replace.h"
#include "common/pathway/content.h"
#include "content-service/domain/compile_sources.h"
#include "content-service/domain/gate.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::ElementsAre;

// Bleeding gives less than its option promises.
TEST(AddProofsTest, RefutesWithThePlaceAndAnIntakeThatShowsIt) {
  Sources sources = TinySources();
  for (v1::SourceFile& file : sources) {
    if (file.path() != "rules.txtpb") continue;
    std::string text = file.content();
    EXPECT_EQ(
        absl::StrReplaceAll(
            {{"DISPOSITION_EMERGENCY_NOW", "DISPOSITION_WITHIN_DAYS"}}, &text),
        1);
    file.set_content(text);
  }
  const CompiledSources compiled = CompileSources("tiny", sources, Noon);
  ASSERT_TRUE(compiled.ok()) << compiled.report.DebugString();
  const auto report = RunGate(*pathway::LoadContent(compiled.content).value(),
                              {.as_of_date = "",
                               .places = [&] { return PlacesIn(sources); },
                               .clock = Noon});
  ASSERT_THAT(report, IsOk());
  EXPECT_FALSE(report->passed());
  const v1::PropertyResult& floors = report->properties(3);
  EXPECT_EQ(floors.property(), "floors");
  EXPECT_EQ(floors.verdict(), v1::PropertyResult::VERDICT_REFUTED);
  ASSERT_EQ(floors.findings_size(), 1);
  const v1::Finding& finding = floors.findings(0);
  EXPECT_TRUE(finding.failure());
  EXPECT_THAT(finding.elements(), ElementsAre("items/em.bleeding"));
  EXPECT_EQ(finding.place().file(), "questionnaire.txtpb");
  EXPECT_EQ(finding.place().line(), 6);
  EXPECT_EQ(finding.message(),
            "'yes' gives WITHIN_DAYS here, and must give at least "
            "EMERGENCY_NOW");
  EXPECT_EQ(finding.counterexample().case_id(), "floors-1");
  ASSERT_EQ(finding.counterexample().answers_size(), 1);
  EXPECT_EQ(finding.counterexample().answers(0).code(), "yes");
}

}  // namespace
}  // namespace plumbline::content
