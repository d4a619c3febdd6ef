// Channels as operators and readers meet them, against a running server.

#include "content-service/rpc/channel_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/move_chain.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;
using Stub = v1::ContentService::Stub;

constexpr char kStable[] = "pathways/tiny/channels/stable";
constexpr char kRequestId[] = "123e4567-e89b-42d3-a456-426614174000";

v1::Cursor At(std::int64_t epoch, std::int64_t number) {
  v1::Cursor cursor;
  cursor.set_epoch(epoch);
  cursor.set_number(number);
  return cursor;
}

class ChannelMethodsTest : public ::testing::Test {
 protected:
  ChannelMethodsTest()
      : first_(server_.Release(SourcesOf(kTinyFolder))),
        second_(server_.Release(
            TinyWith("pathway.txtpb", "Sore finger", "Sore thumb"))) {}

  v1::MoveChannelRequest MoveRequest(const v1::Cursor& expected = {}) const {
    v1::MoveChannelRequest request;
    request.set_name(kStable);
    request.set_release(first_.name());
    request.set_reason("first use");
    *request.mutable_expected() = expected;
    return request;
  }

  absl::Status Move(const v1::MoveChannelRequest& request) {
    return server_.Call("operator", &Stub::MoveChannel, request).status();
  }

  ContentServer server_;
  const v1::Release first_;
  const v1::Release second_;
};

TEST_F(ChannelMethodsTest, ChainsTheMovesOfAChannel) {
  const v1::ChannelMove first = server_.Move(kStable, first_.name());
  const v1::ChannelMove second = server_.Move(kStable, second_.name());
  // A rollback is a new, higher move.
  const v1::ChannelMove rollback = server_.Move(kStable, first_.name());
  EXPECT_EQ(first.name(), "pathways/tiny/channels/stable/moves/1-1");
  EXPECT_EQ(rollback.name(), "pathways/tiny/channels/stable/moves/1-3");
  EXPECT_EQ(rollback.digest(), first_.digest());
  EXPECT_EQ(second.previous_move_hash(), trust::MoveHash(first.statement()));

  v1::ListChannelMovesRequest list;
  list.set_parent(kStable);
  const auto moves = server_.Call("reader", &Stub::ListChannelMoves, list);
  ASSERT_THAT(moves, IsOk());
  ASSERT_EQ(moves->moves_size(), 3);
  trust::MoveChain chain("tiny", "stable");
  for (int i = 2; i >= 0; --i) {
    EXPECT_THAT(chain.Append(server_.policy(), moves->moves(i).statement(),
                             moves->moves(i).signatures()),
                IsOk());
  }
}

TEST_F(ChannelMethodsTest, RefusesAStaleMoveNumber) {
  server_.Move(kStable, first_.name());
  const absl::Status status = Move(MoveRequest());
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kAborted,
                       "the newest move of pathways/tiny/channels/stable is "
                       "1-1, not 0-0; read it, then decide"));
  EXPECT_EQ(rpc::ReasonOf(status), "STALE_MOVE");
  EXPECT_THAT(rpc::ReasonMetadataOf(status),
              ElementsAre(Pair("epoch", "1"), Pair("number", "1")));
  EXPECT_THAT(Move(MoveRequest(At(1, 2))),
              StatusIs(absl::StatusCode::kAborted));
}

TEST_F(ChannelMethodsTest, RefusesAMoveThatNobodySigned) {
  const absl::Status status = Move(MoveRequest());
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "a statement with at least 1 signature in the role "
                       "operator is required; call again with validate_only "
                       "and sign what it returns"));
  EXPECT_EQ(rpc::ReasonOf(status), "STATEMENT_REQUIRED");
}

TEST_F(ChannelMethodsTest, RefusesAStatementOfAnotherMove) {
  v1::MoveChannelRequest request = MoveRequest();
  request.set_validate_only(true);
  request.set_statement(
      server_.Call("operator", &Stub::MoveChannel, request)->statement());
  request.set_validate_only(false);
  server_.Sign("operator-1", &request);
  request.set_release(second_.name());
  request.set_reason("another reason");
  const absl::Status status = Move(request);
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "the signed statement differs from what this request "
                       "states now in: digest,reason; call again with "
                       "validate_only and sign what it returns"));
  EXPECT_EQ(rpc::ReasonOf(status), "STATEMENT_MISMATCH");
}

TEST_F(ChannelMethodsTest, NamesWhatDoesNotExist) {
  const std::string digest(64, '0');
  const std::vector<std::pair<std::string, std::string>> absent = {
      {"pathways/tiny/releases/9", "there is no pathways/tiny/releases/9"},
      {"pathways/tiny/releases/" + digest,
       "there is no release with digest " + digest}};
  for (const auto& [name, message] : absent) {
    v1::MoveChannelRequest request = MoveRequest();
    request.set_release(name);
    const absl::Status status = Move(request);
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, message));
    EXPECT_EQ(rpc::ReasonOf(status), "RELEASE_NOT_FOUND");
    EXPECT_THAT(rpc::ReasonMetadataOf(status),
                ElementsAre(Pair("release", name)));
  }
  v1::GetChannelRequest get;
  get.set_name(kStable);
  const absl::Status channel =
      server_.Call("reader", &Stub::GetChannel, get).status();
  EXPECT_THAT(channel, StatusIs(absl::StatusCode::kNotFound,
                                "there is no pathways/tiny/channels/stable"));
  EXPECT_EQ(rpc::ReasonOf(channel), "CHANNEL_NOT_FOUND");
  get.set_name("pathways/absent/channels/stable");
  const absl::Status pathway =
      server_.Call("reader", &Stub::GetChannel, get).status();
  EXPECT_THAT(pathway, StatusIs(absl::StatusCode::kNotFound,
                                "there is no pathways/absent"));
  EXPECT_EQ(rpc::ReasonOf(pathway), "PATHWAY_NOT_FOUND");
}

TEST_F(ChannelMethodsTest, ListsEveryViolationOfAMove) {
  v1::MoveChannelRequest request;
  request.set_name("pathways/tiny/channels/Stable");
  request.set_release("pathways/other/releases/1x");
  EXPECT_THAT(
      Move(request),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "name: 'pathways/tiny/channels/Stable' is not of the form "
               "pathways/{pathway}/channels/{channel}\n"
               "release: 'pathways/other/releases/1x' is not of the form "
               "pathways/{pathway}/releases/{number or digest}\n"
               "reason: must be 1 to 1000 bytes; it has 0"));
  v1::MoveChannelRequest other = MoveRequest();
  other.set_release("pathways/other/releases/1");
  EXPECT_THAT(Move(other),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "release: must be a release of the channel's own "
                       "pathway"));
}

TEST_F(ChannelMethodsTest, MovesOnceForOneRequestId) {
  v1::MoveChannelRequest request = MoveRequest();
  request.set_validate_only(true);
  request.set_statement(
      server_.Call("operator", &Stub::MoveChannel, request)->statement());
  request.set_validate_only(false);
  request.set_request_id(kRequestId);
  server_.Sign("operator-1", &request);
  const auto first = server_.Call("operator", &Stub::MoveChannel, request);
  const auto second = server_.Call("operator", &Stub::MoveChannel, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->move().cursor().number(), 1);
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
  request.set_reason("another");
  const absl::Status reused = Move(request);
  EXPECT_THAT(reused,
              StatusIs(absl::StatusCode::kAlreadyExists,
                       absl::StrCat("request_id ", kRequestId,
                                    " was used for another request; a new "
                                    "request needs a new id")));
  EXPECT_EQ(rpc::ReasonOf(reused), "REQUEST_ID_REUSED");
}

TEST_F(ChannelMethodsTest, ShowsTheChannelAsItWouldBe) {
  v1::MoveChannelRequest request = MoveRequest();
  request.set_validate_only(true);
  const auto checked = server_.Call("operator", &Stub::MoveChannel, request);
  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->channel().name(), kStable);
  EXPECT_EQ(checked->channel().cursor().number(), 1);
  EXPECT_EQ(checked->channel().digest(), first_.digest());
  EXPECT_EQ(checked->channel().reason(), "first use");
  v1::GetChannelRequest get;
  get.set_name(kStable);
  EXPECT_THAT(server_.Call("reader", &Stub::GetChannel, get),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ChannelMethodsTest, PinsTheListOfMoves) {
  for (int i = 0; i < 3; ++i) server_.Move(kStable, first_.name());
  v1::ListChannelMovesRequest list;
  list.set_parent(kStable);
  list.set_page_size(2);
  const auto first = server_.Call("reader", &Stub::ListChannelMoves, list);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->moves(0).cursor().number(), 3);
  server_.Move(kStable, second_.name());
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("reader", &Stub::ListChannelMoves, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->moves_size(), 1);
  EXPECT_EQ(second->moves(0).cursor().number(), 1);
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(ChannelMethodsTest, PinsTheListOfChannels) {
  for (const char* id : {"a", "b", "d"}) {
    server_.Move(absl::StrCat("pathways/tiny/channels/", id), first_.name());
  }
  v1::ListChannelsRequest list;
  list.set_parent("pathways/tiny");
  list.set_page_size(2);
  const auto first = server_.Call("reader", &Stub::ListChannels, list);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->channels(1).name(), "pathways/tiny/channels/b");
  server_.Move("pathways/tiny/channels/c", first_.name());
  server_.Move("pathways/tiny/channels/d", second_.name());
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("reader", &Stub::ListChannels, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->channels_size(), 1);
  EXPECT_EQ(second->channels(0).name(), "pathways/tiny/channels/d");
  EXPECT_EQ(second->channels(0).digest(), first_.digest());
}

TEST(TwoOperatorsTest, MustBothSignAMove) {
  ContentServer server({.operators_required = 2});
  const v1::Release release = server.Release(SourcesOf(kTinyFolder));
  v1::MoveChannelRequest request;
  request.set_name(kStable);
  request.set_release(release.name());
  request.set_reason("first use");
  request.set_validate_only(true);
  request.set_statement(
      server.Call("operator", &Stub::MoveChannel, request)->statement());
  request.set_validate_only(false);
  server.Sign("operator-1", &request);
  const absl::Status one =
      server.Call("operator", &Stub::MoveChannel, request).status();
  EXPECT_THAT(one, StatusIs(absl::StatusCode::kFailedPrecondition,
                            "1 of 2 required signatures in the role operator; "
                            "each must be of another key"));
  EXPECT_EQ(rpc::ReasonOf(one), "THRESHOLD_NOT_MET");
  v1::MoveChannelRequest twice = request;
  server.Sign("operator-1", &twice);
  EXPECT_EQ(rpc::ReasonOf(
                server.Call("operator", &Stub::MoveChannel, twice).status()),
            "SIGNATURE_INVALID");
  server.Sign("operator-2", &request);
  EXPECT_THAT(server.Call("operator", &Stub::MoveChannel, request), IsOk());
}

}  // namespace
}  // namespace plumbline::content
