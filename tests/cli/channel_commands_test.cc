// plumb channel against a real content-service, and against a fake one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "cli/exit_code.h"
#include "tests/cli/fake_content_service.h"
#include "tests/support/local_pair.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kTiny;
using ::plumbline::testing::LocalPair;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::PlumbResult;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ChannelCommandsTest, ShowsWhereItPointsAndWhy) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kTiny, 1, "tiny");
  const auto shown =
      pair.PlumbContent("reader", {"channel", "show", "tiny/stable"});
  EXPECT_EQ(shown.code, kExitOk) << shown.err;
  EXPECT_THAT(shown.out,
              HasSubstr("pathways/tiny/channels/stable  move 1-1  -> "
                        "pathways/tiny/releases/1  "));
  EXPECT_THAT(shown.out, HasSubstr("by operator: a test"));
  EXPECT_THAT(pair.PlumbContent("reader", {"channel", "list", "tiny"}).out,
              HasSubstr("channels/stable"));
  EXPECT_THAT(
      pair.PlumbContent("reader", {"channel", "moves", "tiny/stable"}).out,
      ContainsRegex("1-1  [0-9-]+T[0-9:]+Z  pathways/tiny/releases/1  "));
}

TEST(ChannelCommandsTest, AMisspeltChannelIsNotCreated) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kTiny, 1, "tiny");
  const auto move = [&pair](const std::string& channel,
                            const std::vector<std::string>& more) {
    std::vector<std::string> words{
        "channel",   "move",   channel,
        "--release", "tiny/1", "--reason",
        "again",     "--key",  pair.KeyFile("operator")};
    words.insert(words.end(), more.begin(), more.end());
    return pair.PlumbContent("operator", words);
  };
  EXPECT_EQ(move("tiny/candidate", {"--create"}).code, kExitOk);
  const PlumbResult misspelt = move("tiny/stabel", {});
  EXPECT_EQ(misspelt.code, kExitRefused);
  EXPECT_EQ(misspelt.err,
            "plumb: pathways/tiny has no channel 'stabel'; did you mean "
            "'stable'? It has: candidate, stable. To create 'stabel' with this "
            "move, add --create\n");
  EXPECT_THAT(pair.PlumbContent("reader", {"channel", "list", "tiny"}).out,
              Not(HasSubstr("stabel")));
  EXPECT_THAT(move("neck-pain/stable", {}).err,
              HasSubstr("reason: PATHWAY_NOT_FOUND"));
}

TEST(ChannelCommandsTest, WaitsUntilEveryReplicaHasAcknowledged) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage({"--channels=tiny/stable"});
  pair.Publish(kTiny, 1, "tiny");
  ASSERT_TRUE(pair.WaitUntilReady());
  const auto moved = pair.PlumbContent(
      "operator",
      {"channel", "move", "tiny/stable", "--release", "tiny/1", "--reason",
       "again", "--key", pair.KeyFile("operator"), "--wait", "30"});
  EXPECT_EQ(moved.code, kExitOk) << moved.err;
  EXPECT_THAT(moved.out, HasSubstr("move 1-2"));
  EXPECT_THAT(moved.err, HasSubstr("acknowledged by 1\n"));
  const auto fleet = pair.PlumbContent("operator", {"fleet", "tiny"});
  EXPECT_THAT(fleet.out, HasSubstr("replica-1  stable  connected  "));
  EXPECT_THAT(fleet.out, HasSubstr("  move 1-2\n"));
}

// Against a service that has whatever history and replicas a test gives it.
class FakeChannelTest : public ::testing::Test {
 protected:
  FakeChannelTest() { Plumb({"keys", "generate", key_, "--role", "operator"}); }

  PlumbResult Rollback() {
    return Plumb({"channel", "rollback", "back-pain/stable", "--reason", "r",
                  "--key", key_, "--server", service_.address()});
  }

  PlumbResult Move(const std::string& channel,
                   const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{
        "channel", "move",  channel, "--release", "back-pain/1",     "--reason",
        "r",       "--key", key_,    "--server",  service_.address()};
    words.insert(words.end(), more.begin(), more.end());
    return Plumb(words);
  }

  PlumbResult MoveAndWait(const std::string& seconds) {
    return Move("back-pain/stable", {"--create", "--wait", seconds});
  }

  // A replica that acknowledged move 1-`number`; 0: none.
  static content::v1::Subscriber Replica(const std::string& name, int number,
                                         bool connected) {
    content::v1::Subscriber subscriber;
    subscriber.set_subscriber_id(name);
    subscriber.set_connected(connected);
    if (number > 0) {
      subscriber.mutable_acknowledged()->set_epoch(1);
      subscriber.mutable_acknowledged()->set_number(number);
    }
    return subscriber;
  }

  const TemporaryDirectory directory_;
  const std::string key_ = directory_.path() + "/operator-1.pem";
  FakeContentService service_;
};

TEST_F(FakeChannelTest, RollbackGoesToTheReleaseBeforeAndThenFurtherBack) {
  for (int number = 1; number <= 3; ++number) {
    service_.AddRelease();
    service_.MoveTo(number);
  }
  const PlumbResult first = Rollback();
  EXPECT_EQ(first.code, kExitOk) << first.err;
  EXPECT_THAT(first.err, HasSubstr("pathways/back-pain/channels/stable: "
                                   "pathways/back-pain/releases/3 → "
                                   "pathways/back-pain/releases/2\n"
                                   "signing with "));
  EXPECT_THAT(first.out, HasSubstr("-> pathways/back-pain/releases/2  "));

  const PlumbResult second = Rollback();
  EXPECT_EQ(second.code, kExitOk) << second.err;
  EXPECT_THAT(second.out, HasSubstr("-> pathways/back-pain/releases/1  "));

  const PlumbResult third = Rollback();
  EXPECT_EQ(third.code, kExitRefused);
  EXPECT_THAT(third.err, HasSubstr("has never pointed to a release before "
                                   "pathways/back-pain/releases/1; to point "
                                   "it elsewhere, use plumb channel move"));
}

TEST_F(FakeChannelTest, RollbackPassesOverAWithdrawnRelease) {
  service_.AddRelease();
  service_.AddRelease(/*withdrawn=*/true);
  service_.AddRelease();
  for (int number = 1; number <= 3; ++number) service_.MoveTo(number);
  EXPECT_THAT(Rollback().out, HasSubstr("-> pathways/back-pain/releases/1  "));
}

TEST_F(FakeChannelTest, RollbackNeedsAnEarlierRelease) {
  service_.AddRelease(/*withdrawn=*/true);
  service_.AddRelease();
  service_.MoveTo(1);
  service_.MoveTo(2);
  const PlumbResult result = Rollback();
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err, HasSubstr("that is not withdrawn; to point it "
                                    "elsewhere, use plumb channel move"));
}

TEST_F(FakeChannelTest, WaitSaysWhoIsNotThere) {
  service_.AddRelease();
  service_.AddSubscriber(Replica("gone", 0, false));
  const PlumbResult moved = MoveAndWait("30");
  EXPECT_EQ(moved.code, kExitOk) << moved.err;
  EXPECT_THAT(moved.err, HasSubstr("acknowledged by 0; not connected: gone\n"));
}

TEST_F(FakeChannelTest, WaitEndsAtOnceWhereAReplicaRefused) {
  service_.AddRelease();
  content::v1::Subscriber refuses = Replica("bad", 0, true);
  refuses.mutable_last_nack()->mutable_cursor()->set_epoch(1);
  refuses.mutable_last_nack()->mutable_cursor()->set_number(1);
  refuses.mutable_last_nack()->set_reason("CONTENT_INVALID");
  refuses.mutable_last_nack()->set_message("no rules");
  service_.AddSubscriber(refuses);
  service_.AddSubscriber(Replica("good", 1, true));
  const absl::Time start = absl::Now();
  const PlumbResult moved = MoveAndWait("60");
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));
  EXPECT_EQ(moved.code, kExitNotEverywhere);
  EXPECT_THAT(moved.err, HasSubstr("moved, but acknowledged by 1; refused by: "
                                   "bad (CONTENT_INVALID: no rules)"));
}

TEST_F(FakeChannelTest, WaitThatRunsOutIsNoSuccessAndNoReasonToMoveAgain) {
  service_.AddRelease();
  content::v1::Subscriber slow = Replica("slow", 0, true);
  // What it refused before does not count.
  slow.mutable_last_nack()->mutable_cursor()->set_epoch(0);
  service_.AddSubscriber(slow);
  const PlumbResult moved = MoveAndWait("1");
  EXPECT_EQ(moved.code, kExitNotEverywhere);
  EXPECT_THAT(moved.err, HasSubstr("moved, but acknowledged by 0; not "
                                   "acknowledged by: slow"));
}

TEST_F(FakeChannelTest, MovesAChannelThatExistsAndNoOther) {
  service_.AddRelease();
  service_.MoveTo(1);
  const PlumbResult misspelt = Move("back-pain/stabel");
  EXPECT_EQ(misspelt.code, kExitRefused);
  EXPECT_EQ(misspelt.out, "");
  EXPECT_EQ(misspelt.err,
            "plumb: pathways/back-pain has no channel 'stabel'; did you mean "
            "'stable'? It has: stable. To create 'stabel' with this move, add "
            "--create\n");
  EXPECT_EQ(service_.signed_calls(), 0);
  EXPECT_EQ(Move("back-pain/stable").code, kExitOk);
  EXPECT_EQ(service_.signed_calls(), 1);
}

TEST_F(FakeChannelTest, CreatesAChannelOnlyWhereItIsToldTo) {
  service_.AddRelease();
  const PlumbResult refused = Move("back-pain/stable");
  EXPECT_EQ(refused.code, kExitRefused);
  EXPECT_EQ(refused.err,
            "plumb: pathways/back-pain has no channel 'stable', and no other. "
            "To create 'stable' with this move, add --create\n");
  EXPECT_EQ(service_.signed_calls(), 0);
  const PlumbResult created = Move("back-pain/stable", {"--create"});
  EXPECT_EQ(created.code, kExitOk) << created.err;
  EXPECT_THAT(created.err, HasSubstr("pathways/back-pain/channels/stable: "
                                     "nothing → pathways/back-pain/releases/1"
                                     "\n"));
}

TEST_F(FakeChannelTest, DoesNotCreateAChannelThatExists) {
  service_.AddRelease();
  service_.MoveTo(1);
  const PlumbResult refused = Move("back-pain/stable", {"--create"});
  EXPECT_EQ(refused.code, kExitRefused);
  EXPECT_EQ(refused.err,
            "plumb: pathways/back-pain/channels/stable exists already, and "
            "points to pathways/back-pain/releases/1; to move it, leave out "
            "--create\n");
  EXPECT_EQ(service_.signed_calls(), 0);
}

TEST_F(FakeChannelTest, MovesSayWhenByWhomAndWhy) {
  service_.MoveTo(1);
  service_.MoveTo(2);
  const PlumbResult moves = Plumb(
      {"channel", "moves", "back-pain/stable", "--server", service_.address()});
  EXPECT_EQ(moves.code, kExitOk) << moves.err;
  EXPECT_EQ(moves.out,
            "1-2  2026-11-24T10:30:00Z  pathways/back-pain/releases/2  " +
                FakeDigest(2) +
                "  by operator: a test\n"
                "1-1  2026-11-24T09:30:00Z  pathways/back-pain/releases/1  " +
                FakeDigest(1) + "  by operator: a test\n");
}

TEST_F(FakeChannelTest, SeveralPagesAreOneJsonDocument) {
  for (int number = 1; number <= 3; ++number) {
    service_.AddRelease();
    service_.MoveTo(number);
  }
  const PlumbResult moves = Plumb({"channel", "moves", "back-pain/stable", "-o",
                                   "json", "--server", service_.address()});
  EXPECT_EQ(moves.code, kExitOk) << moves.err;
  const auto json = nlohmann::json::parse(moves.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << moves.out;
  EXPECT_EQ(json["moves"].size(), 3u);
  EXPECT_FALSE(json.contains("nextPageToken"));
}

}  // namespace
}  // namespace plumbline::cli
