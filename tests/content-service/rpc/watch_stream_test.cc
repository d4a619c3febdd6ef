#include "content-service/rpc/watch_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "common/rpc/error_details.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

TEST(WatchStreamTest, SendsADraftThatNobodyChecksAtOnce) {
  ContentServer server;
  const v1::Draft created = server.CreateDraft({});
  const auto watched = server.Watch(created.name());
  ASSERT_THAT(watched, IsOk());
  EXPECT_EQ(watched->name(), created.name());
  EXPECT_EQ(watched->state(), v1::Draft::STATE_DRAFT);
}

TEST(WatchStreamTest, EndsWithTheReport) {
  ContentServer server;
  const v1::Draft created = server.CreateDraft(SourcesOf(kTinyFolder));
  const v1::Draft checked = server.Submit(created.name());
  EXPECT_EQ(checked.state(), v1::Draft::STATE_SUBMITTED);
  EXPECT_EQ(checked.report().case_count(), 4);
}

TEST(WatchStreamTest, SaysThatTheServiceStops) {
  ContentServer server;
  server.CreateDraft({});  // Makes the pathway.
  // A draft whose content is missing, so that its gate cannot finish.
  ASSERT_THAT(server.store().Write([](Transaction& transaction) {
    StoredDraft stored;
    stored.id = {"tiny", "endless"};
    stored.draft.set_name(ToString(stored.id));
    stored.draft.set_state(v1::Draft::STATE_CHECKING);
    stored.draft.set_digest(std::string(64, '0'));
    return AddDraft(transaction, stored, absl::UnixEpoch());
  }),
              IsOk());
  grpc::ClientContext context;
  server.Prepare("author", &context);
  v1::WatchDraftRequest request;
  request.set_name("pathways/tiny/drafts/endless");
  const auto reader = server.stub().WatchDraft(&context, request);
  while (server.open_streams() == 0) std::this_thread::yield();
  server.Stop();
  v1::WatchDraftResponse response;
  EXPECT_FALSE(reader->Read(&response));
  const absl::Status status = rpc::FromGrpcStatus(reader->Finish());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable,
                               "the service is stopping"));
  EXPECT_EQ(rpc::ReasonOf(status), "GOING_AWAY");
}

TEST(WatchStreamTest, NamesADraftThatDoesNotExist) {
  ContentServer server;
  const absl::Status status =
      server.Watch("pathways/tiny/drafts/absent").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                               "there is no pathways/tiny/drafts/absent"));
  EXPECT_EQ(rpc::ReasonOf(status), "DRAFT_NOT_FOUND");
  EXPECT_THAT(server.Watch("drafts/absent"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "name: 'drafts/absent' is not of the form "
                       "pathways/{pathway}/drafts/{draft}"));
}

}  // namespace
}  // namespace plumbline::content
