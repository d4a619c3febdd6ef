#include "content-service/domain/gate_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "content-service/domain/submit.h"
#include "content-service/storage/memory_content_store.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;

const DraftId kDraft = {"tiny", "first"};

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
  CompiledSources compiled_;
};

// A stop in the middle of a gate leaves such a draft behind.
TEST_F(GateRunnerTest, RunsTheDraftsThatWaitWhenItStarts) {
  ASSERT_THAT(KeepContent(), IsOk());
  GateRunner runner(*store_, Noon,
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
  GateRunner runner(*store_, Noon,
                    [&](const std::string& draft, const absl::Status&) {
                      EXPECT_EQ(draft, ToString(kDraft));
                      if (!told) failed.set_value();
                      told = true;
                    });
  WaitFor(failed);
  EXPECT_EQ(Draft().state(), v1::Draft::STATE_CHECKING);
  std::promise<void> done;
  const auto registration =
      runner.observers().Add(ToString(kDraft), [&](const GateUpdate& update) {
        if (update.done && Draft().state() != v1::Draft::STATE_CHECKING) {
          done.set_value();
        }
      });
  ASSERT_THAT(KeepContent(), IsOk());
  runner.Wake();
  WaitFor(done);
  EXPECT_EQ(Draft().state(), v1::Draft::STATE_SUBMITTED);
}

}  // namespace
}  // namespace plumbline::content
