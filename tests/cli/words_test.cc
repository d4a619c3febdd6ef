#include "cli/words.h"

#include <gtest/gtest.h>

#include "plumbline/auth/v1/access.pb.h"
#include "plumbline/content/v1/draft.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {
namespace {

TEST(WordsTest, AreTheNamesWithoutTheirPrefixInLowerCase) {
  EXPECT_EQ(WordOf(pathway::v1::DISPOSITION_SAME_DAY), "same_day");
  EXPECT_EQ(WordOf(content::v1::Draft::STATE_SUBMITTED), "submitted");
}

TEST(WordsTest, OfAValueThatThisBuildDoesNotKnowIsItsNumber) {
  EXPECT_EQ(WordOf(pathway::v1::Disposition_descriptor(), 99), "99");
}

TEST(WordsTest, AreReadBack) {
  const auto* roles = auth::v1::Role_descriptor();
  EXPECT_EQ(NumberOf(roles, "approver"), auth::v1::ROLE_APPROVER);
  EXPECT_EQ(NumberOf(roles, "unspecified"), std::nullopt);
  EXPECT_EQ(NumberOf(roles, "Approver"), std::nullopt);
}

TEST(WordsTest, AreListedWithoutTheUnspecifiedOne) {
  EXPECT_EQ(AllWords(pathway::v1::Certainty_descriptor()),
            "final or provisional");
  EXPECT_EQ(AllWords(pathway::v1::Audience_descriptor()),
            "patient, caregiver or clinician");
}

}  // namespace
}  // namespace plumbline::cli
