#include "content-service/gate/catch_mutation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/example_pathway.h"
#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::v1::Pathway;
using ::testing::StartsWith;

// The example with one more case, and simple texts.
Pathway Message() {
  Pathway message = pathway::ExampleMessage();
  for (auto& record : *message.mutable_guidance()) {
    record.set_review_by("2027-05-31");
    for (auto& text : *record.mutable_texts()) {
      text.set_title("Rest");
      text.set_body("Rest a bit.");
    }
  }
  return message;
}

Catch Caught(const std::function<void(Pathway&)>& apply) {
  return CatchMutation(Message(),
                       {.kind = MutationKind::kNegate,
                        .element = "rules/R",
                        .what = "",
                        .apply = apply},
                       "2026-11-22", WallClock());
}

TEST(CatchMutationTest, SaysWhatIsRefusedWhereItIsRead) {
  const Catch caught =
      Caught([](Pathway& to) { to.mutable_rules(0)->set_when("no.such"); });
  EXPECT_EQ(caught.by, CaughtBy::kReading);
  EXPECT_THAT(caught.why, StartsWith("rules[R-E01].when: "));
}

TEST(CatchMutationTest, SaysWhichCaseFails) {
  const Catch caught = Caught(
      [](Pathway& to) { to.mutable_rules(0)->set_when("em.bone == 'no'"); });
  EXPECT_EQ(caught.by, CaughtBy::kCases);
  EXPECT_THAT(caught.why, StartsWith("ANK-1: "));
}

// Cases do not look at what is worse.
TEST(CatchMutationTest, SaysWhatIsRefutedWhereNoCaseFails) {
  const Catch caught = Caught([](Pathway& to) {
    ItemOf(to, "em.bone")
        .mutable_worse()
        ->mutable_options()
        ->mutable_chains(0)
        ->mutable_levels()
        ->SwapElements(0, 1);
  });
  EXPECT_EQ(caught.by, CaughtBy::kProof) << caught.why;
  EXPECT_THAT(caught.why, StartsWith("monotone: "));
}

TEST(CatchMutationTest, SaysWhatHasNoEffect) {
  const Catch caught = Caught([](Pathway& to) {
    to.mutable_rules(3)->set_when("lasting && !(pain.now < 7)");
  });
  EXPECT_EQ(caught.by, CaughtBy::kNoEffect) << caught.why;
}

TEST(CatchMutationTest, SaysWhatNothingCatches) {
  const Catch caught = Caught([](Pathway& to) {
    to.mutable_guidance(3)->set_show_when("pain.days <= 8.0");
  });
  EXPECT_EQ(caught.by, CaughtBy::kNothing) << caught.why;
}

}  // namespace
}  // namespace plumbline::gate
