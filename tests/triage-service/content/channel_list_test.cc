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
      ParseChannelList("back-pain,Back/stable,a/b,a/b,"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "'back-pain' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'Back/stable' is not <pathway>/<channel>, for example "
               "back-pain/stable\n"
               "'a/b' is there twice\n"
               "'' is not <pathway>/<channel>, for example back-pain/stable"));
}

TEST(ChannelListTest, AnEmptyListIsRefused) {
  EXPECT_THAT(ParseChannelList(""), StatusIs(absl::StatusCode::kInvalidArgument,
                                             "no channel is named"));
}

TEST(ChannelListTest, IdsHaveOneTo63Characters) {
  EXPECT_TRUE(IsChannelOrReplicaId("triage-0"));
  EXPECT_TRUE(IsChannelOrReplicaId(std::string(63, 'a')));
  EXPECT_FALSE(IsChannelOrReplicaId(std::string(64, 'a')));
  EXPECT_FALSE(IsChannelOrReplicaId(""));
  EXPECT_FALSE(IsChannelOrReplicaId("Triage"));
  EXPECT_FALSE(IsChannelOrReplicaId("a.b"));
}

}  // namespace
}  // namespace plumbline::triage
