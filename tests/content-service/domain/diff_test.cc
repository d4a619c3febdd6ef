#include "content-service/domain/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_replace.h"
#include "common/pathway/content.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using pathway::v1::DISPOSITION_ROUTINE;
using pathway::v1::DISPOSITION_SELF_CARE;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using v1::DispositionEffect;

class DiffTest : public ::testing::Test {
 protected:
  // The tiny pathway with another text in its rules.
  static std::shared_ptr<const pathway::CompiledPathway> Tiny(
      const std::string& from = "", const std::string& to = "") {
    Sources sources = TinySources();
    for (v1::SourceFile& file : sources) {
      if (file.path() != "rules.txtpb" || from.empty()) continue;
      std::string text = file.content();
      EXPECT_EQ(absl::StrReplaceAll({{from, to}}, &text), 1) << from;
      file.set_content(text);
    }
    const CompiledSources compiled = CompileSources("tiny", sources, Noon);
    EXPECT_TRUE(compiled.ok()) << compiled.report.DebugString();
    return pathway::LoadContent(compiled.content).value();
  }
};

TEST_F(DiffTest, TellsTheElementAndBothDirections) {
  const auto diff =
      Diff(*Tiny(), *Tiny("pain.now >= 7", "pain.now >= 9"), {.clock = Noon});
  ASSERT_THAT(diff, IsOk());
  ASSERT_EQ(diff->changes_size(), 1);
  EXPECT_EQ(diff->changes(0).element(), "rules/R-R01/when");
  ASSERT_EQ(diff->effects_size(), 4);

  const DispositionEffect& less = diff->effects(0);
  EXPECT_EQ(less.direction(), DispositionEffect::DIRECTION_LESS_URGENT);
  EXPECT_EQ(less.intakes(), DispositionEffect::INTAKES_COMPLETE);
  EXPECT_EQ(less.verdict(), DispositionEffect::VERDICT_SOME);
  ASSERT_EQ(less.examples_size(), 1);
  const v1::EffectExample& example = less.examples(0);
  EXPECT_EQ(example.base_disposition(), DISPOSITION_ROUTINE);
  EXPECT_EQ(example.target_disposition(), DISPOSITION_SELF_CARE);
  EXPECT_THAT(example.link_ids(), ElementsAre("pain.now"));
  EXPECT_EQ(example.intake().case_id(), "less-1");
  ASSERT_EQ(example.intake().answers_size(), 3);
  EXPECT_EQ(example.intake().answers(1).link_id(), "pain.now");
  EXPECT_EQ(example.intake().answers(1).integer(), 7);
  EXPECT_EQ(example.intake().expected_disposition(), DISPOSITION_SELF_CARE);
  EXPECT_EQ(example.base_intake().expected_disposition(), DISPOSITION_ROUTINE);

  EXPECT_EQ(diff->effects(1).direction(),
            DispositionEffect::DIRECTION_MORE_URGENT);
  EXPECT_EQ(diff->effects(1).verdict(), DispositionEffect::VERDICT_NONE);
  EXPECT_EQ(diff->effects(2).intakes(), DispositionEffect::INTAKES_INCOMPLETE);
  EXPECT_EQ(diff->effects(3).verdict(), DispositionEffect::VERDICT_NONE);
}

TEST_F(DiffTest, OfTheSameIsProvedToBeNothing) {
  const auto diff = Diff(*Tiny(), *Tiny(), {.clock = Noon});
  ASSERT_THAT(diff, IsOk());
  EXPECT_EQ(diff->changes_size(), 0);
  for (const DispositionEffect& effect : diff->effects()) {
    EXPECT_EQ(effect.verdict(), DispositionEffect::VERDICT_NONE);
    EXPECT_EQ(effect.reason(), "");
  }
}

TEST_F(DiffTest, SaysWhatWasNotDecided) {
  int calls = 0;
  const auto diff =
      Diff(*Tiny(), *Tiny(),
           {.clock = [&calls] { return Noon() + ++calls * absl::Hours(1); }});
  ASSERT_THAT(diff, IsOk());
  EXPECT_EQ(diff->effects(0).verdict(), DispositionEffect::VERDICT_TIMED_OUT);
  EXPECT_EQ(diff->effects(0).reason(), "the time for all questions is over");
}

TEST_F(DiffTest, EndsWhereNobodyWaitsAnyMore) {
  EXPECT_THAT(
      Diff(*Tiny(), *Tiny(), {.clock = Noon, .cancelled = [] { return true; }}),
      StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace plumbline::content
