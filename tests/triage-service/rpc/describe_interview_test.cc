#include "triage-service/rpc/describe_interview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/common/pathway/example_pathway.h"

namespace plumbline::triage {
namespace {

using ::testing::IsEmpty;

class DescribeInterviewTest : public ::testing::Test {
 protected:
  v1::NextItemsResponse Describe(const std::string& answers, int items_max = 0,
                                 const std::string& locale = "en") {
    const pathway::CheckedAnswers checked =
        pathway::CheckText(*release_, answers);
    const pathway::Decision decision =
        pathway::Decide(*release_, checked.intake, checked.evaluation);
    return DescribeInterview(
        *release_,
        NextItems(*release_, checked.intake, checked.evaluation, decision),
        decision, locale, items_max);
  }

  std::shared_ptr<const pathway::CompiledPathway> release_ =
      pathway::ExamplePathway();
};

TEST_F(DescribeInterviewTest, AsksEmergencyItemsFirst) {
  const v1::NextItemsResponse response = Describe("");
  ASSERT_GE(response.items_size(), 2);
  EXPECT_EQ(response.items(0).link_id(), "em.bone");
  EXPECT_EQ(response.items(0).prompt(), "Do you see bone?");
  EXPECT_EQ(response.items(0).item().options_size(), 3);
  EXPECT_EQ(response.items(0).group_title(), "Emergency");
  EXPECT_EQ(response.items(1).link_id(), "em.cold");
  EXPECT_EQ(response.open_item_count(), response.items_size());
  EXPECT_FALSE(response.may_stop());
  EXPECT_EQ(response.disposition(), pathway::v1::DISPOSITION_SAME_DAY);
  EXPECT_EQ(response.most_urgent_possible(),
            pathway::v1::DISPOSITION_EMERGENCY_NOW);
  EXPECT_EQ(response.release_digest(), std::string(64, 'a'));
  EXPECT_EQ(response.locale(), "en");
}

TEST_F(DescribeInterviewTest, NamesWhatAnAnswerCanChange) {
  const v1::NextItemsResponse response = Describe("");
  std::vector<std::string> influences;
  for (const v1::Influence& influence : response.items(0).influences()) {
    influences.push_back(v1::Influence::Kind_Name(influence.kind()) + " " +
                         influence.element_id());
  }
  EXPECT_THAT(influences,
              ::testing::IsSupersetOf({"KIND_RULE R-E01", "KIND_POLICY em.bone",
                                       "KIND_EMERGENCY em.bone"}));
  for (const v1::Influence& influence : response.items(0).influences()) {
    const bool has_disposition = influence.kind() == v1::Influence::KIND_RULE ||
                                 influence.kind() == v1::Influence::KIND_POLICY;
    EXPECT_EQ(influence.disposition() != pathway::v1::DISPOSITION_UNSPECIFIED,
              has_disposition);
  }
}

TEST_F(DescribeInterviewTest, ReturnsAtMostAsManyAsAskedFor) {
  const v1::NextItemsResponse all = Describe("");
  const v1::NextItemsResponse one = Describe("", 1);
  EXPECT_EQ(one.items_size(), 1);
  EXPECT_EQ(one.open_item_count(), all.open_item_count());
  EXPECT_EQ(Describe("", 1000).items_size(), all.items_size());
}

TEST_F(DescribeInterviewTest, StopsWhenNothingCanChange) {
  const v1::NextItemsResponse response = Describe(pathway::kNothingApplies);
  EXPECT_THAT(response.items(), IsEmpty());
  EXPECT_TRUE(response.may_stop());
  EXPECT_TRUE(response.outcome_settled());
  EXPECT_TRUE(response.disposition_settled());
  EXPECT_EQ(response.disposition(), pathway::v1::DISPOSITION_SELF_CARE);
}

TEST_F(DescribeInterviewTest, SpeaksTheLocale) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.add_locales("es");
  pathway::v1::LocaleTexts& texts = *message.add_translations();
  texts.set_locale("es");
  const auto add = [&texts](const std::string& key, const std::string& text) {
    texts.add_texts()->set_key(key);
    texts.mutable_texts(texts.texts_size() - 1)->set_text(text);
  };
  add("items/em.bone/prompt", "¿Ve hueso?");
  add("items/em.bone/options/yes", "Sí");
  add("groups/emergency/title", "Urgencia");
  auto translated = std::make_shared<pathway::CompiledPathway>(*release_);
  translated->source = std::make_shared<pathway::v1::Pathway>(message);
  release_ = translated;
  const v1::NextItemsResponse response = Describe("", 2, "es");
  EXPECT_EQ(response.items(0).prompt(), "¿Ve hueso?");
  EXPECT_EQ(response.items(0).item().prompt(), "¿Ve hueso?");
  EXPECT_EQ(response.items(0).item().options(0).text(), "No");
  EXPECT_EQ(response.items(0).item().options(1).text(), "Sí");
  EXPECT_EQ(response.items(0).group_title(), "Urgencia");
  EXPECT_EQ(response.items(1).prompt(), "Is the foot cold?");
  EXPECT_EQ(response.locale(), "es");
}

}  // namespace
}  // namespace plumbline::triage
