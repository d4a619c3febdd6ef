#include "content-service/domain/compile_sources.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/trust/digest.h"
#include "tests/content-service/support/tiny_content.h"

namespace plumbline::content {
namespace {

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

TEST(PlacesInTest, AreThoseOfElementsAndCases) {
  ElementPlaces places = PlacesIn(TinySources());
  EXPECT_EQ(places["items/em.bleeding"].file, "questionnaire.txtpb");
  EXPECT_EQ(places["items/em.bleeding"].line, 6);
  EXPECT_EQ(places["rules/R-R01"].line, 16);
  EXPECT_EQ(places["cases/T-2"].file, "cases/all.jsonl");
  EXPECT_EQ(places["cases/T-2"].line, 2);
}

}  // namespace
}  // namespace plumbline::content
