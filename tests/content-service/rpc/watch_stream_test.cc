#include "content-service/rpc/watch_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

// Keeps the threads of a pool busy until it goes.
class Occupied {
 public:
  explicit Occupied(rpc::WorkerPool& pool, int threads = 2)
      : pool_(pool), busy_(threads) {
    const std::shared_future<void> gone = gone_.get_future().share();
    for (int i = 0; i < threads; ++i) {
      EXPECT_TRUE(pool_.TrySubmit([this, gone] {
        busy_.count_down();
        gone.wait();
      }));
    }
    busy_.wait();
  }
  ~Occupied() { gone_.set_value(); }

  // Has as many tasks wait as may.
  void FillQueue() {
    while (pool_.TrySubmit([] {})) {
    }
  }

 private:
  rpc::WorkerPool& pool_;
  std::latch busy_;
  std::promise<void> gone_;
};

TEST(WatchStreamTest, IsShedWhereNobodyCanReadTheDraft) {
  ContentServer server;
  const v1::Draft created = server.CreateDraft({});
  Occupied occupied(server.pool());
  occupied.FillQueue();
  const absl::Status status = server.Watch(created.name()).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                               "too many calls are waiting; try again later"));
  EXPECT_EQ(rpc::ReasonOf(status), "OVERLOADED");
}

TEST(WatchStreamTest, AWatcherMayLeaveBeforeItsDraftWasRead) {
  ContentServer server;
  const v1::Draft created = server.CreateDraft({});
  {
    const Occupied occupied(server.pool());
    grpc::ClientContext context;
    server.Prepare("author", &context);
    v1::WatchDraftRequest request;
    request.set_name(created.name());
    const auto reader = server.stub().WatchDraft(&context, request);
    while (server.open_streams() == 0) std::this_thread::yield();
    context.TryCancel();
    EXPECT_THAT(rpc::FromGrpcStatus(reader->Finish()),
                StatusIs(absl::StatusCode::kCancelled));
  }
  while (server.open_streams() != 0) std::this_thread::yield();
}

// A draft whose gate is the test.
class GatedDraft final : public v1::ContentService::CallbackService {
 public:
  GatedDraft() {
    server_ =
        rpc::Server::Start({}, {this}, {kContentServiceName}, streams_).value();
    channel_ = rpc::NewChannel(
        {.target = absl::StrCat("127.0.0.1:", server_->port())});
    stub_ = v1::ContentService::NewStub(channel_);
  }

  grpc::ServerWriteReactor<v1::WatchDraftResponse>* WatchDraft(
      grpc::CallbackServerContext* context,
      const v1::WatchDraftRequest* request) override {
    return new WatchStream(
        {entrance_, gate_, ticks_, streams_},
        entrance_.Begin<v1::WatchDraftRequest>(context).value(),
        request->name(), [this] { return Read(); });
  }

  std::unique_ptr<grpc::ClientReader<v1::WatchDraftResponse>> Watch(
      grpc::ClientContext* context) {
    rpc::PrepareCall({.token = kToken, .timeout = absl::Seconds(60)}, context);
    v1::WatchDraftRequest request;
    request.set_name(kName);
    return stub_->WatchDraft(context, request);
  }
  // How often the draft was read.
  int reads() const { return reads_; }
  void AwaitFirstRead() const {
    while (reads_ == 0) std::this_thread::yield();
  }

  void Report(const GateUpdate& update) { gate_.Notify(kName, update); }
  void Become(v1::Draft::State state) { state_ = state; }
  void Tick() { ticks_.NotifyAll({}); }
  rpc::WorkerPool& pool() { return pool_; }

 private:
  static constexpr char kName[] = "pathways/tiny/drafts/d-1";
  static constexpr char kToken[] = "an-author";

  absl::StatusOr<v1::Draft> Read() {
    v1::Draft draft;
    draft.set_state(state_);
    ++reads_;
    return draft;
  }

  static rpc::TokenTable Tokens() {
    auth::v1::TokenFile file;
    auth::v1::TokenPrincipal& author = *file.add_principals();
    author.set_name("author");
    author.add_roles(auth::v1::ROLE_AUTHOR);
    author.add_token_sha256(rpc::TokenHash(kToken));
    return rpc::TokenTable::Parse(file.DebugString(), "tokens.txtpb").value();
  }

  const rpc::AccessTable access_ =
      rpc::AccessTable::Read({kContentServiceName}).value();
  const rpc::TokenTable tokens_ = Tokens();
  rpc::Metrics metrics_;
  rpc::CallMetrics call_metrics_{metrics_, access_};
  rpc::WorkerPool pool_{2, 100};
  rpc::Entrance entrance_{access_, tokens_, call_metrics_, &pool_};
  rpc::LiveStreams streams_;
  GateObservers gate_;
  TickObservers ticks_;
  std::atomic<v1::Draft::State> state_ = v1::Draft::STATE_CHECKING;
  std::atomic<int> reads_ = 0;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ContentService::Stub> stub_;
};

TEST(WatchStreamTest, ReadsTheDraftAtTheBeginningAndWhenTheGateIsDone) {
  GatedDraft draft;
  grpc::ClientContext context;
  const auto watcher = draft.Watch(&context);
  draft.AwaitFirstRead();
  v1::GateProgress progress;
  progress.set_done_count(3);
  draft.Report({.progress = progress});
  v1::WatchDraftResponse response;
  ASSERT_TRUE(watcher->Read(&response));
  EXPECT_EQ(response.progress().done_count(), 3);
  draft.Become(v1::Draft::STATE_SUBMITTED);
  draft.Report({.done = true});
  ASSERT_TRUE(watcher->Read(&response));
  EXPECT_EQ(response.draft().state(), v1::Draft::STATE_SUBMITTED);
  EXPECT_FALSE(watcher->Read(&response));
  EXPECT_THAT(rpc::FromGrpcStatus(watcher->Finish()), IsOk());
}

TEST(WatchStreamTest, AReadThatFoundNoRoomIsMadeAtTheNextTick) {
  GatedDraft draft;
  grpc::ClientContext context;
  const auto watcher = draft.Watch(&context);
  draft.AwaitFirstRead();
  draft.Become(v1::Draft::STATE_FAILED);
  {
    Occupied occupied(draft.pool());
    occupied.FillQueue();
    draft.Report({.done = true});
  }
  // Until the pool has room again.
  while (draft.reads() == 1) draft.Tick();
  v1::WatchDraftResponse response;
  ASSERT_TRUE(watcher->Read(&response));
  EXPECT_EQ(response.draft().state(), v1::Draft::STATE_FAILED);
  EXPECT_FALSE(watcher->Read(&response));
  EXPECT_THAT(rpc::FromGrpcStatus(watcher->Finish()), IsOk());
}

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
