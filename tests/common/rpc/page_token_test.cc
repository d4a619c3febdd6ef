#include "common/rpc/page_token.h"

#include <gtest/gtest.h>

#include <string>

#include "common/rpc/error_details.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;

const Listing kListing{"/s/List", "ann", "filter"};
const PagePosition kPosition{std::string("snap:1\0", 7), "after"};

class PageTokensTest : public ::testing::Test {
 protected:
  void ExpectRefused(const Listing& listing, const std::string& token) {
    const absl::StatusOr<PagePosition> position = tokens_.Open(listing, token);
    EXPECT_THAT(position,
                StatusIs(absl::StatusCode::kInvalidArgument,
                         "page_token: is not a token of this listing; start "
                         "again without one"));
    EXPECT_EQ(ReasonOf(position.status()), "PAGE_TOKEN_INVALID");
  }

  const PageTokens tokens_{std::string(32, 'k')};
};

TEST_F(PageTokensTest, OpensWhatItSealed) {
  EXPECT_THAT(tokens_.Open(kListing, tokens_.Seal(kListing, kPosition)),
              IsOkAndHolds(kPosition));
}

TEST_F(PageTokensTest, RefusesATokenOfAnotherListing) {
  const std::string token = tokens_.Seal(kListing, kPosition);
  ExpectRefused({"/s/Other", "ann", "filter"}, token);
  ExpectRefused({"/s/List", "bob", "filter"}, token);
  ExpectRefused({"/s/List", "ann", "other"}, token);
  // The same letters, cut elsewhere.
  ExpectRefused({"/s/Lista", "nn", "filter"}, token);
}

TEST_F(PageTokensTest, RefusesATokenOfAnotherKey) {
  ExpectRefused(kListing,
                PageTokens(std::string(32, 'j')).Seal(kListing, kPosition));
}

TEST_F(PageTokensTest, RefusesEveryChangedCharacter) {
  const std::string token = tokens_.Seal(kListing, kPosition);
  // The last character carries bits that the encoding does not use.
  for (std::size_t i = 0; i + 1 < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    ExpectRefused(kListing, changed);
  }
}

TEST_F(PageTokensTest, RefusesWhatIsNoToken) {
  for (const char* token : {"", "x", "????", "AAAA"}) {
    ExpectRefused(kListing, token);
  }
}

TEST(FilterHashTest, LeavesOutThePageAndNothingElse) {
  content::v1::ListReleasesRequest request;
  const std::string hash = FilterHash(request);
  request.set_page_size(7);
  request.set_page_token("x");
  EXPECT_EQ(FilterHash(request), hash);
  request.set_parent("pathways/knee");
  EXPECT_NE(FilterHash(request), hash);
  EXPECT_NE(FilterHash(content::v1::ListChannelsRequest()), hash);
}

TEST(PageSizeTest, IsCoercedAndNeverNegative) {
  EXPECT_THAT(PageSize(0, 50, 200), IsOkAndHolds(50));
  EXPECT_THAT(PageSize(1, 50, 200), IsOkAndHolds(1));
  EXPECT_THAT(PageSize(200, 50, 200), IsOkAndHolds(200));
  EXPECT_THAT(PageSize(201, 50, 200), IsOkAndHolds(200));
  EXPECT_THAT(PageSize(-1, 50, 200),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "page_size: must not be negative: -1"));
}

}  // namespace
}  // namespace plumbline::rpc
