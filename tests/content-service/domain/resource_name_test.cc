#include "content-service/domain/resource_name.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::content {
namespace {

const std::string kDigest(64, 'a');

TEST(ResourceNameTest, TakesNamesApart) {
  EXPECT_EQ(ParsePathwayName("pathways/back-pain"), "back-pain");
  EXPECT_EQ(ParseDraftName("pathways/p/drafts/d-1")->draft_id, "d-1");
  EXPECT_EQ(ParseReleaseName("pathways/p/releases/7")->number, 7);
  EXPECT_EQ(ParseReleaseName("pathways/p/releases/" + kDigest)->digest,
            kDigest);
  EXPECT_EQ(
      ParseQuestionnaireName("pathways/p/releases/7/questionnaire")->pathway_id,
      "p");
  EXPECT_EQ(
      ParseGuidanceName("pathways/p/releases/7/guidance/heat")->guidance_id,
      "heat");
  EXPECT_EQ(ParseChannelName("pathways/p/channels/stable")->channel_id,
            "stable");
  EXPECT_EQ(ParseChannelPattern("pathways/-/channels/-")->pathway_id, "-");
}

TEST(ResourceNameTest, RefusesWhatIsNotOfTheForm) {
  for (const char* name :
       {"", "pathways/1a", "pathways/a-", "pathways/-a", "pathways/-",
        "pathways", "pathways/", "pathways/A", "pathways/a_b", "pathways/p/",
        "/pathways/p", "pathway/p", "pathways/p/drafts/d"}) {
    EXPECT_FALSE(ParsePathwayName(name).has_value()) << name;
  }
  EXPECT_FALSE(
      ParsePathwayName("pathways/" + std::string(64, 'a')).has_value());
  EXPECT_TRUE(ParsePathwayName("pathways/" + std::string(63, 'a')).has_value());
  EXPECT_FALSE(ParseChannelName("pathways/-/channels/stable").has_value());
}

TEST(ResourceNameTest, APatternHasAHyphenForAnyId) {
  EXPECT_EQ(ParseChannelPattern("pathways/p/channels/-")->pathway_id, "p");
  EXPECT_FALSE(ParseChannelPattern("pathways/p/channels/--").has_value());
  EXPECT_FALSE(ParseChannelPattern("pathways/1/channels/-").has_value());
}

TEST(ResourceNameTest, RefusesNumbersWrittenOtherwise) {
  for (const char* number : {"0", "-1", "+1", "01", "1x", "1e3", " 1", "1.0",
                             "99999999999999999999", "A"}) {
    EXPECT_FALSE(ParseReleaseName(std::string("pathways/p/releases/") + number)
                     .has_value())
        << number;
  }
}

TEST(ResourceNameTest, PutsNamesTogether) {
  EXPECT_EQ(ToString(DraftId{"p", "d"}), "pathways/p/drafts/d");
  EXPECT_EQ(ToString(ReleaseId{"p", 7, ""}), "pathways/p/releases/7");
  EXPECT_EQ(ToString(ReleaseId{"p", 0, kDigest}),
            "pathways/p/releases/" + kDigest);
  EXPECT_EQ(ToString(ChannelId{"p", "c"}), "pathways/p/channels/c");
}

}  // namespace
}  // namespace plumbline::content
