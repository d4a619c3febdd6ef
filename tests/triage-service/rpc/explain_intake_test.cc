#include "triage-service/rpc/explain_intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool Never() { return false; }

absl::StatusOr<v1::ExplainAssessmentResponse> Explained(
    const std::string& answers, const ExplainForm& form = {},
    absl::FunctionRef<bool()> expired = Never) {
  pathway::v1::Pathway message = ChangeableAnkle();
  pathway::AddSpanish("(es) ", message);
  const auto release = pathway::CompileOrDie(message);
  return ExplainIntake(*release, pathway::CheckText(*release, answers), form,
                       expired);
}

template <typename Messages>
std::vector<std::string> LinkIdsOf(const Messages& messages) {
  std::vector<std::string> link_ids;
  for (const auto& message : messages) link_ids.push_back(message.link_id());
  return link_ids;
}

constexpr char kHarm[] = R"(
  answers { link_id: "em.bone" code: "no" }
  answers { link_id: "em.cold" boolean: false }
  answers { link_id: "pt.age" integer: 30 }
  answers { link_id: "mood.interest" integer: 3 }
  answers { link_id: "mood.low" integer: 0 }
  answers { link_id: "psy.harm" code: "yes" })";

TEST(ExplainIntakeTest, ARuleIsExplainedByAnswersRationaleAndSources) {
  const auto explained = Explained(R"(
      answers { link_id: "em.bone" code: "yes" }
      answers { link_id: "em.cold" boolean: true })");
  ASSERT_THAT(explained, IsOk());
  ASSERT_EQ(explained->reasons_size(), 1);
  const v1::Reason& reason = explained->reasons(0);
  EXPECT_EQ(reason.rule_id(), "R-E01");
  EXPECT_THAT(LinkIdsOf(reason.sufficient_answers()), ElementsAre("em.bone"));
  EXPECT_EQ(reason.sufficient_answers(0).code(), "yes");
  EXPECT_FALSE(reason.cut_short());
  EXPECT_EQ(reason.rationale(), "Bone that shows is an emergency.");
  EXPECT_THAT(reason.sources(), ElementsAre("E-1", "C-1", "book", "paper"));
  EXPECT_THAT(reason.citations(), ElementsAre("A paper.", "A book."));
}

TEST(ExplainIntakeTest, APolicyIsExplainedByItsUnknownItems) {
  const auto explained = Explained(R"(
      answers { link_id: "em.bone" code: "unsure" }
      answers { link_id: "em.cold" boolean: false }
      answers { link_id: "pain.now" integer: 3 })");
  ASSERT_THAT(explained, IsOk());
  ASSERT_EQ(explained->reasons_size(), 2);
  const v1::Reason& of_item = explained->reasons(0);
  EXPECT_EQ(of_item.policy().link_id(), "em.bone");
  EXPECT_THAT(LinkIdsOf(of_item.policy().items()), ElementsAre("em.bone"));
  EXPECT_EQ(of_item.policy().items(0).state(),
            pathway::v1::UnknownItem::STATE_CLOSED);
  EXPECT_THAT(of_item.sufficient_answers(), IsEmpty());
  EXPECT_EQ(of_item.rationale(), "We could not rule out an open break.");
  EXPECT_THAT(of_item.citations(), ElementsAre("A book."));
  const v1::Reason& of_rule = explained->reasons(1);
  EXPECT_EQ(of_rule.policy().rule_id(), "R-E01");
  EXPECT_THAT(LinkIdsOf(of_rule.policy().items()), ElementsAre("em.bone"));
  EXPECT_EQ(of_rule.rationale(), "Bone that shows is an emergency.");
  EXPECT_THAT(of_rule.citations(), ElementsAre("A paper.", "A book."));
}

TEST(ExplainIntakeTest, AnUndecidedRuleNamesWhatItWaitsFor) {
  const auto explained = Explained(kHarm);
  ASSERT_THAT(explained, IsOk());
  ASSERT_EQ(explained->undecided_size(), 1);
  const v1::UndecidedReason& undecided = explained->undecided(0);
  EXPECT_EQ(undecided.rule().rule_id(), "R-D01");
  EXPECT_THAT(LinkIdsOf(undecided.rule().items()),
              ElementsAre("pain.now", "pain.days"));
  EXPECT_EQ(undecided.rule().items(0).state(),
            pathway::v1::UnknownItem::STATE_OPEN);
  EXPECT_EQ(undecided.rationale(), "Bad pain that lasts should be looked at.");
  EXPECT_THAT(undecided.sources(), ElementsAre("paper"));
  EXPECT_THAT(undecided.citations(), ElementsAre("A paper."));
}

TEST(ExplainIntakeTest, ACounterfactualSaysWhatIsDropped) {
  const auto explained = Explained(
      absl::StrCat(kHarm, "answers { link_id: 'pain.now' integer: 4 }"),
      {.counterfactuals = true});
  ASSERT_THAT(explained, IsOk());
  ASSERT_EQ(explained->counterfactuals_size(), 4);
  const v1::Counterfactual& self_care = explained->counterfactuals(3);
  EXPECT_EQ(self_care.disposition(), pathway::v1::DISPOSITION_SELF_CARE);
  ASSERT_THAT(LinkIdsOf(self_care.changes()), ElementsAre("mood.interest"));
  EXPECT_EQ(self_care.changes(0).integer(), 1);
  EXPECT_THAT(self_care.dropped_link_ids(), ElementsAre("psy.harm"));
  EXPECT_EQ(self_care.certainty(), pathway::v1::CERTAINTY_FINAL);
}

TEST(ExplainIntakeTest, ACounterfactualThatIsNotFoundHasNoCertainty) {
  const auto explained =
      Explained(kHarm, {.counterfactuals = true, .changes_max = 1});
  ASSERT_THAT(explained, IsOk());
  const v1::Counterfactual& days = explained->counterfactuals(1);
  EXPECT_EQ(days.disposition(), pathway::v1::DISPOSITION_WITHIN_DAYS);
  EXPECT_EQ(days.not_found_within(), 1);
  EXPECT_EQ(days.certainty(), pathway::v1::CERTAINTY_UNSPECIFIED);
}

TEST(ExplainIntakeTest, ItemsThatAreNamedStandInPathwayOrder) {
  const auto explained = Explained(kHarm);
  ASSERT_THAT(explained, IsOk());
  EXPECT_THAT(
      LinkIdsOf(explained->items()),
      ElementsAre("pain.now", "pain.days", "mood.interest", "psy.harm"));
  EXPECT_EQ(explained->items(3).prompt(), "Thoughts of harming yourself?");
}

TEST(ExplainIntakeTest, EveryTextIsInTheLocale) {
  const auto explained = Explained(
      kHarm, {.locale = "es-MX", .counterfactuals = true, .changes_max = 1});
  ASSERT_THAT(explained, IsOk());
  EXPECT_EQ(explained->decision().locale(), "es");
  EXPECT_EQ(explained->reasons(0).rationale(),
            "(es) You should talk to someone today.");
  EXPECT_EQ(explained->undecided(0).rationale(),
            "(es) Bad pain that lasts should be looked at.");
  ASSERT_EQ(explained->disposition_texts_size(), 5);
  EXPECT_EQ(explained->disposition_texts(0).title(), "(es) Care at home");
  EXPECT_EQ(explained->disposition_texts(0).instruction(),
            "(es) Rest and watch.");
  EXPECT_EQ(explained->disposition_texts(4).title(), "(es) Emergency: go now");
  for (const pathway::v1::Item& item : explained->items()) {
    EXPECT_EQ(item.prompt().rfind("(es) ", 0), 0u) << item.link_id();
  }
}

TEST(ExplainIntakeTest, NothingIsSearchedThatNobodyWaitsFor) {
  int asked = 0;
  const auto later = [&asked] { return ++asked > 2; };
  EXPECT_THAT(Explained(kHarm, {.counterfactuals = true}, later),
              StatusIs(absl::StatusCode::kCancelled,
                       "nobody waits for the answer any more"));
  EXPECT_EQ(asked, 3);
  EXPECT_THAT(Explained(kHarm, {}, [] { return true; }),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace plumbline::triage
