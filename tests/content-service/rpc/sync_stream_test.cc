// What a replica sees on its stream, against a running server.

#include "content-service/rpc/sync_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "common/trust/move_chain.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Stub = v1::ContentService::Stub;

constexpr char kStable[] = "pathways/tiny/channels/stable";
// No test waits for so many messages.
constexpr int kMessagesMax = 1000;

// How long a test waits for what must come.
class Patience {
 public:
  bool IsLeft() const { return absl::Now() < end_; }

 private:
  const absl::Time end_ = absl::Now() + absl::Seconds(30);
};

// The tiny pathway with 2 MiB of citations.
Sources LargeTiny() {
  std::string sources = "# Long.\n";
  for (int i = 0; i < 128; ++i) {
    absl::StrAppend(&sources, "sources { source_id: \"long-", i,
                    "\" kind: SOURCE_KIND_ARTICLE citation: \"",
                    std::string(16'000, 'x'), "\" }\n");
  }
  Sources tiny = SourcesOf(kTinyFolder);
  for (v1::SourceFile& file : tiny) {
    if (file.path() == "sources.txtpb") {
      file.set_content(absl::StrCat(file.content(), sources));
    }
  }
  return tiny;
}

// One stream of one replica.
class Subscriber {
 public:
  explicit Subscriber(ContentServer& server,
                      const std::string& principal = "reader") {
    server.Prepare(principal, &context_);
    stream_ = server.stub().Sync(&context_);
  }
  // Over a channel of its own.
  Subscriber(ContentServer& server, std::shared_ptr<grpc::Channel> channel)
      : own_stub_(v1::ContentService::NewStub(channel)) {
    server.Prepare("reader", &context_);
    stream_ = own_stub_->Sync(&context_);
  }
  ~Subscriber() { context_.TryCancel(); }

  bool Send(const v1::SyncRequest& request) { return stream_->Write(request); }

  void Subscribe(const std::string& id = "replica-1",
                 const v1::Cursor& cursor = {},
                 const std::vector<std::string>& held = {},
                 const std::string& active = "") {
    v1::SyncRequest request;
    v1::Subscribe& subscribe = *request.mutable_subscribe();
    subscribe.set_channel(kStable);
    subscribe.set_subscriber_id(id);
    *subscribe.mutable_cursor() = cursor;
    for (const std::string& digest : held) subscribe.add_held_digests(digest);
    subscribe.set_active_digest(active);
    subscribe.set_engine_version(1);
    subscribe.set_build_version("test");
    EXPECT_TRUE(Send(request));
  }

  void Acknowledge(const v1::Cursor& cursor, const std::string& active) {
    v1::SyncRequest request;
    v1::Acknowledgement& ack = *request.mutable_acknowledgement();
    *ack.mutable_cursor() = cursor;
    ack.set_outcome(v1::Acknowledgement::OUTCOME_ACK);
    ack.set_active_digest(active);
    EXPECT_TRUE(Send(request));
  }

  // The next message that is not a heartbeat.
  v1::SyncResponse Next() {
    v1::SyncResponse response;
    for (int i = 0; i < kMessagesMax; ++i) {
      if (!stream_->Read(&response)) {
        ADD_FAILURE() << "the stream ended: "
                      << rpc::FromGrpcStatus(stream_->Finish());
        return {};
      }
      if (!response.has_heartbeat()) return response;
    }
    ADD_FAILURE() << "only heartbeats";
    return {};
  }

  v1::SyncResponse NextHeartbeat() {
    v1::SyncResponse response;
    for (int i = 0; i < kMessagesMax && stream_->Read(&response); ++i) {
      if (response.has_heartbeat()) return response;
    }
    ADD_FAILURE() << "no heartbeat";
    return {};
  }

  // Puts the chunks after `start` together.
  std::string ReadContent(const v1::ContentStart& start) {
    std::string content;
    while (static_cast<std::int64_t>(content.size()) < start.size_bytes()) {
      const v1::SyncResponse response = Next();
      if (!response.has_content_chunk()) {
        ADD_FAILURE() << "not a chunk: " << response.DebugString();
        break;
      }
      const v1::ContentChunk& chunk = response.content_chunk();
      EXPECT_EQ(chunk.digest(), start.digest());
      EXPECT_EQ(chunk.offset(), static_cast<std::int64_t>(content.size()));
      EXPECT_LE(chunk.data().size(), kChunkBytes);
      content += chunk.data();
    }
    return content;
  }

  // Reads to the end of the stream; why it ended.
  absl::Status End() {
    v1::SyncResponse response;
    while (stream_->Read(&response)) last_ = response;
    return rpc::FromGrpcStatus(stream_->Finish());
  }

  const v1::SyncResponse& last() const { return last_; }
  void Close() { stream_->WritesDone(); }

 private:
  std::unique_ptr<v1::ContentService::Stub> own_stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::SyncRequest, v1::SyncResponse>>
      stream_;
  v1::SyncResponse last_;
};

v1::Cursor At(std::int64_t epoch, std::int64_t number) {
  v1::Cursor cursor;
  cursor.set_epoch(epoch);
  cursor.set_number(number);
  return cursor;
}

// Two releases of the tiny pathway, and an unmoved channel.
class SyncStreamTest : public ::testing::Test {
 protected:
  SyncStreamTest()
      : first_(server_.Release(SourcesOf(kTinyFolder))),
        second_(server_.Release(
            TinyWith("pathway.txtpb", "Sore finger", "Sore thumb"))) {}

  ContentServer server_;
  const v1::Release first_;
  const v1::Release second_;
};

TEST_F(SyncStreamTest, SendsMovesInOrderThenTheNewestContent) {
  server_.Move(kStable, first_.name());
  server_.Move(kStable, second_.name());
  Subscriber replica(server_);
  replica.Subscribe();

  const v1::SyncResponse greeting = replica.Next();
  ASSERT_TRUE(greeting.has_subscribed());
  EXPECT_EQ(greeting.subscribed().newest().number(), 2);
  EXPECT_EQ(greeting.subscribed().heartbeat_interval().nanos(), 100'000'000);

  trust::MoveChain chain("tiny", "stable");
  for (const v1::Release& release : {first_, second_}) {
    const v1::SyncResponse response = replica.Next();
    ASSERT_TRUE(response.has_move());
    EXPECT_EQ(response.move().digest(), release.digest());
    EXPECT_THAT(chain.Append(server_.policy(), response.move().statement(),
                             response.move().signatures()),
                IsOk());
  }
  EXPECT_EQ(chain.end().number, 2);
  EXPECT_EQ(chain.end().digest, second_.digest());

  const v1::SyncResponse start = replica.Next();
  ASSERT_TRUE(start.has_content_start());
  EXPECT_EQ(start.content_start().digest(), second_.digest());
  EXPECT_EQ(start.content_start().release(), second_.name());
  EXPECT_FALSE(start.content_start().content_held());
  const std::string content = replica.ReadContent(start.content_start());
  EXPECT_EQ(trust::Sha256Hex(content), second_.digest());
  EXPECT_THAT(
      trust::VerifyBundle(server_.policy(), "tiny", second_.digest(), content,
                          start.content_start().attestations()),
      IsOk());
}

TEST_F(SyncStreamTest, FollowsAChannelThatDoesNotExistYet) {
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_EQ(replica.Next().subscribed().newest().epoch(), 0);
  server_.Move(kStable, first_.name());
  EXPECT_EQ(replica.Next().move().digest(), first_.digest());
  EXPECT_EQ(replica.Next().content_start().digest(), first_.digest());
}

TEST_F(SyncStreamTest, SendsOnlyWhatComesAfterTheCursor) {
  server_.Move(kStable, first_.name());
  server_.Move(kStable, second_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", At(1, 1), {first_.digest()}, first_.digest());
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_EQ(replica.Next().move().cursor().number(), 2);
  EXPECT_EQ(replica.Next().content_start().digest(), second_.digest());
}

TEST_F(SyncStreamTest, SendsNothingToAReplicaThatIsUpToDate) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", At(1, 1), {first_.digest()}, first_.digest());
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_EQ(replica.NextHeartbeat().heartbeat().newest().number(), 1);
  server_.Move(kStable, second_.name());
  EXPECT_EQ(replica.Next().move().cursor().number(), 2);
}

TEST_F(SyncStreamTest, DoesNotSendContentThatTheReplicaHolds) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", {}, {first_.digest()});
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  const v1::SyncResponse start = replica.Next();
  EXPECT_TRUE(start.content_start().content_held());
  EXPECT_GT(start.content_start().attestations_size(), 2);
  server_.Move(kStable, second_.name());
  EXPECT_TRUE(replica.Next().has_move());
}

TEST_F(SyncStreamTest, SendsContentAgainToAReplicaThatDoesNotServeIt) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", At(1, 1));
  EXPECT_TRUE(replica.Next().has_subscribed());
  const v1::SyncResponse start = replica.Next();
  EXPECT_EQ(trust::Sha256Hex(replica.ReadContent(start.content_start())),
            first_.digest());
}

TEST_F(SyncStreamTest, RefusesACursorBeyondTheNewestMove) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", At(1, 2));
  const absl::Status end = replica.End();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kFailedPrecondition,
                            "the cursor 1-2 is beyond the channel's newest "
                            "move, 1-1: the store was restored without a new "
                            "epoch"));
  EXPECT_EQ(rpc::ReasonOf(end), "CURSOR_AHEAD");
  EXPECT_THAT(rpc::ReasonMetadataOf(end),
              ElementsAre(Pair("epoch", "1"), Pair("number", "1")));
}

TEST_F(SyncStreamTest, ExplainsABadSubscription) {
  Subscriber replica(server_);
  v1::SyncRequest request;
  v1::Subscribe& subscribe = *request.mutable_subscribe();
  subscribe.set_channel("channels/stable");
  subscribe.set_subscriber_id("Replica One");
  subscribe.add_held_digests("abc");
  replica.Send(request);
  EXPECT_THAT(
      replica.End(),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "subscribe.channel: 'channels/stable' is not of the form "
               "pathways/{pathway}/channels/{channel}\n"
               "subscribe.subscriber_id: 'Replica One' is not 1 to 63 "
               "characters of [a-z0-9-]\n"
               "subscribe.held_digests: each must be 64 lower-case hexadecimal "
               "digits"));
}

TEST_F(SyncStreamTest, RefusesMessagesOutOfPlace) {
  {
    Subscriber replica(server_);
    replica.Acknowledge(At(1, 1), "");
    const absl::Status end = replica.End();
    EXPECT_THAT(end, StatusIs(absl::StatusCode::kInvalidArgument,
                              "the first message must be subscribe"));
    EXPECT_EQ(rpc::ReasonOf(end), "SYNC_PROTOCOL");
  }
  Subscriber replica(server_);
  replica.Subscribe();
  replica.Subscribe();
  EXPECT_THAT(replica.End(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "a stream has one subscribe message, its first"));
}

TEST_F(SyncStreamTest, GivesWayToANewerStreamOfTheSameReplica) {
  Subscriber older(server_);
  older.Subscribe();
  EXPECT_TRUE(older.Next().has_subscribed());
  Subscriber newer(server_);
  newer.Subscribe();
  EXPECT_TRUE(newer.Next().has_subscribed());
  const absl::Status end = older.End();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kAborted,
                            "the same subscription was opened again: this "
                            "stream gives way to the newer one"));
  EXPECT_EQ(rpc::ReasonOf(end), "SUBSCRIPTION_REPLACED");
  EXPECT_TRUE(newer.NextHeartbeat().has_heartbeat());
}

TEST_F(SyncStreamTest, EndsAStreamThatIsSilent) {
  Subscriber replica(server_);
  replica.Subscribe();
  const absl::Status end = replica.End();
  EXPECT_THAT(end,
              StatusIs(absl::StatusCode::kUnavailable,
                       "the replica sent no heartbeat for three intervals"));
  EXPECT_EQ(rpc::ReasonOf(end), "HEARTBEAT_LOST");
}

TEST_F(SyncStreamTest, TellsWhereToResumeWhenTheServiceStops) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  replica.ReadContent(replica.Next().content_start());
  server_.Stop();
  const absl::Status end = replica.End();
  EXPECT_THAT(
      end, StatusIs(absl::StatusCode::kUnavailable, "the service is stopping"));
  EXPECT_EQ(rpc::ReasonOf(end), "GOING_AWAY");
  EXPECT_THAT(rpc::ReasonMetadataOf(end),
              ElementsAre(Pair("epoch", "1"), Pair("number", "1")));
  ASSERT_TRUE(replica.last().has_go_away());
  EXPECT_EQ(replica.last().go_away().resume().number(), 1);
  EXPECT_EQ(replica.last().go_away().reason(), "GOING_AWAY");
}

TEST_F(SyncStreamTest, EndsWellWhenTheReplicaClosesItsSide) {
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  replica.Close();
  EXPECT_THAT(replica.End(), IsOk());
}

TEST_F(SyncStreamTest, ShowsWhatEachReplicaServes) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  replica.ReadContent(replica.Next().content_start());
  replica.Acknowledge(At(1, 1), first_.digest());
  server_.Move(kStable, second_.name());
  EXPECT_TRUE(replica.Next().has_move());
  v1::SyncRequest nack;
  *nack.mutable_acknowledgement()->mutable_cursor() = At(1, 2);
  nack.mutable_acknowledgement()->set_outcome(
      v1::Acknowledgement::OUTCOME_NACK);
  nack.mutable_acknowledgement()->set_reason("ENGINE_TOO_OLD");
  nack.mutable_acknowledgement()->set_message("needs engine 2");
  nack.mutable_acknowledgement()->set_active_digest(first_.digest());
  replica.Send(nack);

  v1::ListSubscribersRequest list;
  list.set_parent("pathways/-/channels/-");
  v1::Subscriber subscriber;
  for (const Patience patience;
       !subscriber.has_last_nack() && patience.IsLeft();) {
    const auto listed = server_.Call("operator", &Stub::ListSubscribers, list);
    ASSERT_THAT(listed, IsOk());
    ASSERT_EQ(listed->subscribers_size(), 1);
    subscriber = listed->subscribers(0);
  }
  EXPECT_EQ(subscriber.subscriber_id(), "replica-1");
  EXPECT_EQ(subscriber.principal(), "reader");
  EXPECT_EQ(subscriber.channel(), kStable);
  EXPECT_TRUE(subscriber.connected());
  EXPECT_EQ(subscriber.active_digest(), first_.digest());
  EXPECT_EQ(subscriber.acknowledged().number(), 1);
  EXPECT_EQ(subscriber.last_nack().cursor().number(), 2);
  EXPECT_EQ(subscriber.last_nack().digest(), second_.digest());
  EXPECT_EQ(subscriber.last_nack().reason(), "ENGINE_TOO_OLD");
  EXPECT_EQ(subscriber.last_nack().message(), "needs engine 2");

  list.set_parent("pathways/tiny/channels/other");
  const auto others = server_.Call("operator", &Stub::ListSubscribers, list);
  ASSERT_THAT(others, IsOk());
  EXPECT_THAT(others->subscribers(), IsEmpty());
}

// A channel that takes little in advance of what is read.
std::shared_ptr<grpc::Channel> NarrowChannel(const ContentServer& server) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 64 << 10);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(
      server.address(), grpc::InsecureChannelCredentials(), arguments);
}

// A reader that stops reading while a large content is on its way.
TEST(SlowSyncStreamTest, IsEndedWithTheMoveToResumeFrom) {
  ContentServer server({.sync = {.heartbeat_interval = absl::Milliseconds(500),
                                 .write_timeout = absl::Milliseconds(400)}});
  const v1::Release release = server.Release(LargeTiny());
  server.Move(kStable, release.name());
  Subscriber replica(server, NarrowChannel(server));
  replica.Subscribe();
  v1::SyncRequest alive;
  alive.mutable_heartbeat();
  v1::ListSubscribersRequest list;
  list.set_parent(kStable);
  bool connected = true;
  for (const Patience patience; connected && patience.IsLeft();) {
    replica.Send(alive);
    const auto listed = server.Call("operator", &Stub::ListSubscribers, list);
    ASSERT_THAT(listed, IsOk());
    connected =
        listed->subscribers_size() == 0 || listed->subscribers(0).connected();
  }
  EXPECT_FALSE(connected);
  // Cancelled where it does not even read the end.
  EXPECT_THAT(replica.End(),
              StatusIs(::testing::AnyOf(absl::StatusCode::kAborted,
                                        absl::StatusCode::kCancelled)));
}

}  // namespace
}  // namespace plumbline::content
