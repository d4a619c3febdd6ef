#include "content-service/domain/gate_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "content-service/domain/submit.h"
#include "content-service/storage/memory_content_store.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;

using ::plumbline::testing::StatusIs;

const DraftId kDraft = {"tiny", "first"};
constexpr GateRetry kAtOnce = {.first = absl::Milliseconds(1),
                               .longest = absl::Milliseconds(2)};

// A store with a draft in state CHECKING.
class GateRunnerTest : public ::testing::Test {
 protected:
  GateRunnerTest() {
    compiled_ = CompileTiny();
    StoredDraft draft;
    draft.id = kDraft;
    draft.draft.set_name(ToString(kDraft));
    draft.draft.set_state(v1::Draft::STATE_CHECKING);
    draft.draft.set_digest(compiled_.digest);
    EXPECT_THAT(store_->Write([&](Transaction& transaction) {
      absl::Status status = transaction.AddPathway("tiny", Noon());
      if (status.ok()) status = AddDraft(transaction, draft, Noon());
      if (!status.ok()) return status;
      return SaveSources(transaction, kDraft, TinySources());
    }),
                IsOk());
  }

  absl::Status KeepContent() {
    return store_->Write([&](Transaction& transaction) {
      return transaction.PutContent(compiled_.digest, compiled_.content);
    });
  }

  v1::Draft Draft() {
    v1::Draft draft;
    EXPECT_THAT(store_->Read([&](const Reader& reader) {
      draft = LoadDraft(reader, kDraft)->draft;
      return absl::OkStatus();
    }),
                IsOk());
    return draft;
  }

  static void WaitFor(std::promise<void>& promise) {
    EXPECT_EQ(promise.get_future().wait_for(std::chrono::seconds(60)),
              std::future_status::ready);
  }

  std::unique_ptr<ContentStore> store_ = NewMemoryContentStore();
  const trust::TrustPolicy policy_ = TinyPolicy();
  CompiledSources compiled_;
};

// A stop in the middle of a gate leaves such a draft behind.
TEST_F(GateRunnerTest, RunsTheDraftsThatWaitWhenItStarts) {
  ASSERT_THAT(KeepContent(), IsOk());
  GateRunner runner(*store_, policy_, Noon,
                    [](const std::string& draft, const absl::Status& status) {
                      ADD_FAILURE() << draft << ": " << status;
                    });
  while (Draft().state() == v1::Draft::STATE_CHECKING) {
    std::this_thread::yield();
  }
  EXPECT_EQ(Draft().state(), v1::Draft::STATE_SUBMITTED);
  EXPECT_TRUE(Draft().report().passed());
}

TEST_F(GateRunnerTest, TriesAgainWhatItCouldNotDo) {
  std::promise<void> failed;
  bool told = false;
  GateRunner runner(
      *store_, policy_, Noon,
      [&](const std::string& draft, const absl::Status&) {
        EXPECT_EQ(draft, ToString(kDraft));
        if (!told) failed.set_value();
        told = true;
      },
      kAtOnce);
  std::promise<void> done;
  bool was_done = false;
  const auto registration =
      runner.observers().Add(ToString(kDraft), [&](const GateUpdate& update) {
        if (!update.done || was_done) return;
        was_done = true;
        EXPECT_EQ(Draft().state(), v1::Draft::STATE_SUBMITTED);
        done.set_value();
      });
  WaitFor(failed);
  EXPECT_EQ(Draft().state(), v1::Draft::STATE_CHECKING);
  ASSERT_THAT(KeepContent(), IsOk());
  WaitFor(done);
}

// A store whose next writes fail.
class FailingStore final : public ContentStore {
 public:
  FailingStore(ContentStore& store, int failures)
      : store_(store), failures_(failures) {}

  absl::Status Read(
      absl::FunctionRef<absl::Status(const Reader&)> read) override {
    return store_.Read(read);
  }
  absl::Status Write(
      absl::FunctionRef<absl::Status(Transaction&)> write) override {
    if (failures_-- > 0) return absl::UnavailableError("the disk is full");
    return store_.Write(write);
  }

 private:
  ContentStore& store_;
  std::atomic<int> failures_;
};

TEST_F(GateRunnerTest, TriesAgainWhatItCouldNotStore) {
  ASSERT_THAT(KeepContent(), IsOk());
  FailingStore store(*store_, 2);
  std::atomic<int> failures = 0;
  std::promise<void> done;
  GateRunner runner(
      store, policy_, Noon,
      [&](const std::string& draft, const absl::Status& status) {
        EXPECT_EQ(draft, ToString(kDraft));
        EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable,
                                     "the disk is full"));
        if (++failures == 2) done.set_value();
      },
      kAtOnce);
  WaitFor(done);
  while (Draft().state() == v1::Draft::STATE_CHECKING) {
    std::this_thread::yield();
  }
  EXPECT_EQ(Draft().state(), v1::Draft::STATE_SUBMITTED);
  EXPECT_EQ(failures, 2);
}

}  // namespace
}  // namespace plumbline::content
