#include "cli/services.h"

#include <gtest/gtest.h>

#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::LocalPair;

TEST(ServicesTest, AServiceThatIsNotThereIsUnavailable) {
  LocalPair pair;
  const auto content = ConnectContent({.server = "127.0.0.1:1"});
  ASSERT_TRUE(content.ok());
  EXPECT_TRUE(absl::IsUnavailable(
      content
          ->Call(&ContentStub::ListPathways, content::v1::ListPathwaysRequest())
          .status()));
}

TEST(ServicesTest, TheTokenIsSent) {
  LocalPair pair;
  pair.StartContent();
  const auto with_token =
      ConnectContent({.server = pair.content_address(),
                      .token_file = pair.TokenFile("reader")});
  ASSERT_TRUE(with_token.ok());
  EXPECT_TRUE(
      with_token
          ->Call(&ContentStub::ListPathways, content::v1::ListPathwaysRequest())
          .ok());
  const auto without = ConnectContent({.server = pair.content_address()});
  EXPECT_TRUE(absl::IsUnauthenticated(
      without
          ->Call(&ContentStub::ListPathways, content::v1::ListPathwaysRequest())
          .status()));
}

}  // namespace
}  // namespace plumbline::cli
