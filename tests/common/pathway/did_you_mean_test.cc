#include "common/pathway/did_you_mean.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plumbline::pathway {
namespace {

TEST(DidYouMeanTest, SuggestsTheNearestName) {
  EXPECT_EQ(DidYouMean("em.blader", {"em.bowel", "em.bladder"}),
            "; did you mean 'em.bladder'?");
  EXPECT_EQ(DidYouMean("fevre", {"fever", "never"}), "; did you mean 'fever'?");
}

TEST(DidYouMeanTest, SuggestsTheFirstOfEquals) {
  EXPECT_EQ(DidYouMean("cat", {"bat", "rat"}), "; did you mean 'bat'?");
}

TEST(DidYouMeanTest, IsSilentWhereNothingIsNear) {
  EXPECT_EQ(DidYouMean("cat", {"elephant"}), "");
  EXPECT_EQ(DidYouMean("cat", {}), "");
  EXPECT_EQ(DidYouMean(std::string(1000, 'a'), {std::string(1000, 'a')}), "");
}

TEST(SuggestionsTest, FallSilentOnceTheyCostTooMuch) {
  const std::vector<absl::string_view> names(Suggestions::kComparisonsMax / 2,
                                             "bat");
  Suggestions suggestions;
  EXPECT_EQ(suggestions.DidYouMean("cat", names), "; did you mean 'bat'?");
  EXPECT_EQ(suggestions.DidYouMean("cat", names), "; did you mean 'bat'?");
  EXPECT_FALSE(suggestions.Affords(1));
  EXPECT_EQ(suggestions.DidYouMean("cat", {"bat"}), "");
}

}  // namespace
}  // namespace plumbline::pathway
