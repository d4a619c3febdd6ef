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
                 const std::string& active = "",
                 const v1::Cursor& active_cursor = {}) {
    v1::SyncRequest request;
    v1::Subscribe& subscribe = *request.mutable_subscribe();
    subscribe.set_channel(kStable);
    subscribe.set_subscriber_id(id);
    *subscribe.mutable_cursor() = cursor;
    *subscribe.mutable_active_cursor() = active_cursor;
    for (const std::string& digest : held) subscribe.add_held_digests(digest);
    subscribe.set_active_digest(active);
    subscribe.set_engine_version(1);
    subscribe.set_build_version("test");
    EXPECT_TRUE(Send(request));
  }

  void Acknowledge(const v1::Cursor& cursor, const std::string& active,
                   const std::vector<std::string>& held = {}) {
    v1::SyncRequest request;
    v1::Acknowledgement& ack = *request.mutable_acknowledgement();
    *ack.mutable_cursor() = cursor;
    ack.set_outcome(v1::Acknowledgement::OUTCOME_ACK);
    ack.set_active_digest(active);
    for (const std::string& digest : held) ack.add_held_digests(digest);
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

  // The next message, whatever it is.
  v1::SyncResponse Read() {
    v1::SyncResponse response;
    EXPECT_TRUE(stream_->Read(&response));
    return response;
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

  // Waits until the only subscriber has acknowledged the move.
  void AwaitAcknowledged(std::int64_t number) {
    v1::ListSubscribersRequest list;
    list.set_parent(kStable);
    std::int64_t acknowledged = 0;
    for (const Patience patience;
         acknowledged != number && patience.IsLeft();) {
      const auto listed =
          server_.Call("operator", &Stub::ListSubscribers, list);
      ASSERT_THAT(listed, IsOk());
      ASSERT_EQ(listed->subscribers_size(), 1);
      acknowledged = listed->subscribers(0).acknowledged().number();
    }
    EXPECT_EQ(acknowledged, number);
  }

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
  replica.Subscribe("replica-1", At(1, 1), {first_.digest()}, first_.digest(),
                    At(1, 1));
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

// It serves the same digest, by an earlier move: it must say so of the newer.
TEST_F(SyncStreamTest, OffersTheNewestMoveEvenWhereItsContentIsServed) {
  server_.Move(kStable, first_.name());
  server_.Move(kStable, second_.name());
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe("replica-1", At(1, 3), {first_.digest()}, first_.digest(),
                    At(1, 1));
  EXPECT_TRUE(replica.Next().has_subscribed());
  const v1::SyncResponse start = replica.Next();
  EXPECT_EQ(start.content_start().cursor().number(), 3);
  EXPECT_TRUE(start.content_start().content_held());
}

TEST_F(SyncStreamTest, SendsNoChunksOfARollbackToWhatIsHeld) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  replica.ReadContent(replica.Next().content_start());
  replica.Acknowledge(At(1, 1), first_.digest(), {first_.digest()});
  server_.Move(kStable, second_.name());
  EXPECT_TRUE(replica.Next().has_move());
  replica.ReadContent(replica.Next().content_start());
  replica.Acknowledge(At(1, 2), second_.digest(),
                      {first_.digest(), second_.digest()});
  AwaitAcknowledged(2);
  server_.Move(kStable, first_.name());
  EXPECT_TRUE(replica.Next().has_move());
  const v1::SyncResponse start = replica.Next();
  EXPECT_EQ(start.content_start().digest(), first_.digest());
  EXPECT_TRUE(start.content_start().content_held());
  server_.Move(kStable, second_.name());
  EXPECT_TRUE(replica.Next().has_move());
}

TEST_F(SyncStreamTest, SkipsWhatANewerReplicaSays) {
  server_.Move(kStable, first_.name());
  Subscriber replica(server_);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  replica.ReadContent(replica.Next().content_start());
  replica.Send(v1::SyncRequest());
  v1::SyncRequest request;
  v1::Acknowledgement& unknown = *request.mutable_acknowledgement();
  *unknown.mutable_cursor() = At(1, 1);
  unknown.set_outcome(static_cast<v1::Acknowledgement::Outcome>(7));
  replica.Send(request);
  replica.Acknowledge(At(1, 1), first_.digest());
  AwaitAcknowledged(1);
}

TEST_F(SyncStreamTest, RefusesABadAcknowledgement) {
  Subscriber replica(server_);
  replica.Subscribe();
  v1::SyncRequest request;
  request.mutable_acknowledgement()->set_outcome(
      v1::Acknowledgement::OUTCOME_ACK);
  request.mutable_acknowledgement()->add_held_digests("abc");
  replica.Send(request);
  EXPECT_THAT(
      replica.End(),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "an acknowledgement has at most 64 held digests, each of 64 "
               "lower-case hexadecimal digits"));
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

// A channel that takes no message in advance of its being read.
std::shared_ptr<grpc::Channel> NarrowChannel(const ContentServer& server) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 5);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(
      server.address(), grpc::InsecureChannelCredentials(), arguments);
}

// Three of them are less than a day.
constexpr absl::Duration kLongInterval = absl::Hours(7);

// Time stands still but for Elapse(), and ticks come from Tick() alone.
ContentServer::Options StandingStill() {
  return {.sync = {.heartbeat_interval = kLongInterval,
                   .write_timeout = absl::Seconds(20)},
          .stands_still = true};
}

TEST(SyncStreamTickTest, SendsOneHeartbeatATick) {
  ContentServer server(StandingStill());
  const v1::Release release = server.Release(SourcesOf(kTinyFolder));
  Subscriber replica(server);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  for (int i = 0; i < 3; ++i) {
    server.Tick();
    EXPECT_TRUE(replica.Read().has_heartbeat());
  }
  server.Move(kStable, release.name());
  EXPECT_TRUE(replica.Read().has_move());
}

TEST(SyncStreamTickTest, AStepOfTheWallClockEndsNothing) {
  ContentServer server(StandingStill());
  Subscriber replica(server);
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  server.Advance(absl::Hours(24));
  server.Tick();
  EXPECT_TRUE(replica.Read().has_heartbeat());
}

// A replica that reads nothing: the first message waits for ever.
class SlowSyncStreamTest : public ::testing::Test {
 protected:
  SlowSyncStreamTest() {
    server_.Move(kStable, server_.Release(SourcesOf(kTinyFolder)).name());
    replica_.Subscribe("replica-1", At(1, 1));
    bool connected = true;
    for (const Patience patience; connected && patience.IsLeft();) {
      server_.Elapse(absl::Seconds(21));
      server_.Tick();
      v1::ListSubscribersRequest list;
      list.set_parent(kStable);
      const auto listed =
          server_.Call("operator", &Stub::ListSubscribers, list);
      EXPECT_THAT(listed, IsOk());
      connected = !listed.ok() || listed->subscribers_size() == 0 ||
                  listed->subscribers(0).connected();
    }
    EXPECT_FALSE(connected);
  }

  ContentServer server_{StandingStill()};
  Subscriber replica_{server_, NarrowChannel(server_)};
};

TEST_F(SlowSyncStreamTest, IsToldWhyAndWhereToResume) {
  server_.Tick();  // Not a whole interval later.
  const absl::Status end = replica_.End();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kAborted,
                            "the replica does not read as fast as it is sent "
                            "to"));
  EXPECT_EQ(rpc::ReasonOf(end), "SLOW_READER");
  EXPECT_THAT(rpc::ReasonMetadataOf(end),
              ElementsAre(Pair("epoch", "1"), Pair("number", "1")));
}

TEST_F(SlowSyncStreamTest, IsCancelledWhereItDoesNotReadEvenThat) {
  EXPECT_EQ(server_.open_streams(), 1u);  // Waits for the replica to read.
  server_.Elapse(kLongInterval);
  server_.Tick();
  for (const Patience patience; patience.IsLeft();) {
    if (server_.open_streams() == 0) break;
  }
  EXPECT_EQ(server_.open_streams(), 0u);
}

TEST(SyncStreamLimitTest, RefusesFurtherStreamsOfAPrincipal) {
  ContentServer server({.subscribers = {.streams_max = 1}});
  Subscriber first(server);
  first.Subscribe("replica-1");
  EXPECT_TRUE(first.Next().has_subscribed());
  Subscriber second(server);
  second.Subscribe("replica-2");
  const absl::Status end = second.End();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kResourceExhausted,
                            "reader has as many Sync streams open as it may: "
                            "close some"));
  EXPECT_EQ(rpc::ReasonOf(end), "LIMIT_EXCEEDED");
}

TEST_F(SyncStreamTest, ListsSubscribersPageByPage) {
  std::vector<std::unique_ptr<Subscriber>> replicas;
  for (const char* id : {"b", "a", "c"}) {
    replicas.push_back(std::make_unique<Subscriber>(server_));
    replicas.back()->Subscribe(id);
    EXPECT_TRUE(replicas.back()->Next().has_subscribed());
  }
  v1::ListSubscribersRequest list;
  list.set_parent("pathways/-/channels/-");
  list.set_page_size(2);
  const auto first = server_.Call("operator", &Stub::ListSubscribers, list);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->subscribers_size(), 2);
  EXPECT_EQ(first->subscribers(0).subscriber_id(), "a");
  EXPECT_EQ(first->subscribers(1).subscriber_id(), "b");
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("operator", &Stub::ListSubscribers, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->subscribers_size(), 1);
  EXPECT_EQ(second->subscribers(0).subscriber_id(), "c");
  EXPECT_EQ(second->next_page_token(), "");
}

TEST(SyncStreamNewMoveTest, EndsAContentThatIsUnderWay) {
  ContentServer server;
  const v1::Release large = server.Release(LargeTiny());
  const v1::Release small = server.Release(SourcesOf(kTinyFolder));
  server.Move(kStable, large.name());
  Subscriber replica(server, NarrowChannel(server));
  replica.Subscribe();
  EXPECT_TRUE(replica.Next().has_subscribed());
  EXPECT_TRUE(replica.Next().has_move());
  EXPECT_EQ(replica.Next().content_start().digest(), large.digest());
  // Streams are told of a move after MoveChannel has answered, in the order in
  // which they came: once the second knows, so does the first.
  Subscriber second(server);
  second.Subscribe("replica-2", {}, {large.digest()});
  EXPECT_TRUE(second.Next().has_subscribed());
  EXPECT_EQ(second.Next().move().cursor().number(), 1);
  EXPECT_TRUE(second.Next().content_start().content_held());
  server.Move(kStable, small.name());
  EXPECT_EQ(second.Next().move().cursor().number(), 2);
  v1::SyncResponse response = replica.Next();
  std::int64_t received = 0;
  while (response.has_content_chunk()) {
    received +=
        static_cast<std::int64_t>(response.content_chunk().data().size());
    response = replica.Next();
  }
  EXPECT_LT(received, large.size_bytes());
  EXPECT_EQ(response.move().cursor().number(), 2);
  const v1::SyncResponse start = replica.Next();
  EXPECT_EQ(trust::Sha256Hex(replica.ReadContent(start.content_start())),
            small.digest());
}

}  // namespace
}  // namespace plumbline::content
