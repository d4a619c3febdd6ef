#include "cli/services.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
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

TEST(ServicesTest, OneThatIsTakenForTheOtherIsTold) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage();
  const auto triage = ConnectTriage({.server = pair.content_address()});
  ASSERT_TRUE(triage.ok());
  EXPECT_EQ(
      triage->Call(&TriageStub::Assess, triage::v1::AssessRequest())
          .status()
          .message(),
      absl::StrCat(pair.content_address(),
                   " answers, but not as a triage-service, or as one older "
                   "than this plumb; --server of assess, interview and "
                   "explain takes a triage-service"));
  const auto content = ConnectContent({.server = pair.triage_address()});
  ASSERT_TRUE(content.ok());
  EXPECT_EQ(
      content
          ->Call(&ContentStub::ListPathways, content::v1::ListPathwaysRequest())
          .status()
          .message(),
      absl::StrCat(pair.triage_address(),
                   " answers, but not as a content-service, or as one older "
                   "than this plumb; --content-server, and --server of every "
                   "command but assess, interview and explain, takes a "
                   "content-service"));
}

}  // namespace
}  // namespace plumbline::cli
