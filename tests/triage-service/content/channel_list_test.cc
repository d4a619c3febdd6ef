#include "triage-service/content/channel_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::IsOkAndHolds;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;

TEST(ChannelListTest, ReadsChannelsInTheirOrder) {
  EXPECT_THAT(ParseChannelList("back-pain/stable, back-pain/candidate"),
              IsOkAndHolds(ElementsAre(ChannelKey{"back-pain", "stable"},
                                       ChannelKey{"back-pain", "candidate"})));
}

TEST(ChannelListTest, NamesEveryEntryThatIsWrong) {
  EXPECT_THAT(
      ParseChannelList("back-pain,Back/stable,a/b,a/b,a/1,a-/b,"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "'back-pain' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'Back/stable' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'a/b' is there twice\n"
               "'a/1' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'a-/b' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'' is not <pathway>/<channel>, for example back-pain/stable"));
}

TEST(ChannelListTest, AnEmptyListIsRefused) {
  EXPECT_THAT(ParseChannelList(""), StatusIs(absl::StatusCode::kInvalidArgument,
                                             "no channel is named"));
}

}  // namespace
}  // namespace plumbline::triage
