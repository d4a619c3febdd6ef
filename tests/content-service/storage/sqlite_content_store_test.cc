// What is particular to the store on disk: it survives its process, and refuses
// files that it should not touch. What every store does is tested in
// content_store_test.cc.

#include "content-service/storage/sqlite_content_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "content-service/storage/sqlite_database.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::IsOkAndHolds;
using ::plumbline::testing::StatusIs;
using ::plumbline::testing::TemporaryDirectory;

class SqliteContentStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<ContentStore> Open() {
    auto store = OpenSqliteContentStore(path_);
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  absl::Status Refusal() { return OpenSqliteContentStore(path_).status(); }

  // Runs `script` on the file as another program would.
  void Tamper(const char* script) {
    auto connection = SqliteConnection::Open(path_, /*create=*/true);
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->Execute(script), IsOk());
  }

  absl::StatusOr<std::string> FindFact(ContentStore& store) {
    absl::StatusOr<std::string> found = "";
    EXPECT_THAT(store.Read([&](const Reader& reader) {
      found = reader.FindFact("name");
      return absl::OkStatus();
    }),
                IsOk());
    return found;
  }

  static absl::Status PutFact(ContentStore& store, const std::string& value) {
    return store.Write([&](Transaction& transaction) {
      return transaction.PutFact("name", value);
    });
  }

  // Calls `body` in a process of its own, which dies at its end without any
  // cleaning up.
  template <typename Body>
  static void InProcessThatDies(Body body) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      body();
      _exit(0);
    }
    int state = 0;
    ASSERT_EQ(waitpid(child, &state, 0), child);
    ASSERT_TRUE(WIFEXITED(state));
  }

  TemporaryDirectory folder_;
  std::string path_ = folder_.path() + "/content.db";
};

TEST_F(SqliteContentStoreTest, KeepsEverythingWhenReopened) {
  ASSERT_THAT(PutFact(*Open(), "kept"), IsOk());
  EXPECT_THAT(FindFact(*Open()), IsOkAndHolds("kept"));
}

TEST_F(SqliteContentStoreTest, KeepsWhatWasWrittenBeforeTheProcessDied) {
  InProcessThatDies([&] {
    auto store = OpenSqliteContentStore(path_);
    PutFact(**store, "acknowledged").IgnoreError();
  });
  EXPECT_THAT(FindFact(*Open()), IsOkAndHolds("acknowledged"));
}

TEST_F(SqliteContentStoreTest, LeavesNothingOfAWriteInWhichTheProcessDied) {
  ASSERT_THAT(PutFact(*Open(), "old"), IsOk());
  InProcessThatDies([&] {
    auto store = OpenSqliteContentStore(path_);
    (*store)
        ->Write([](Transaction& transaction) -> absl::Status {
          transaction.PutFact("name", "new").IgnoreError();
          transaction.AddPathway("cough", absl::UnixEpoch()).IgnoreError();
          _exit(0);
        })
        .IgnoreError();
  });
  auto store = Open();
  EXPECT_THAT(FindFact(*store), IsOkAndHolds("old"));
  EXPECT_THAT(store->Read([](const Reader& reader) {
    return reader.FindPathway("cough").status();
  }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SqliteContentStoreTest, SharesAFileBetweenTwoStores) {
  auto first = Open();
  auto second = Open();
  ASSERT_THAT(PutFact(*first, "one"), IsOk());
  ASSERT_THAT(PutFact(*second, "two"), IsOk());
  EXPECT_THAT(FindFact(*first), IsOkAndHolds("two"));
}

TEST_F(SqliteContentStoreTest, RefusesALaterSchema) {
  Open();
  Tamper("PRAGMA user_version = 7");
  EXPECT_THAT(Refusal(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat("'", path_,
                                    "' has schema 7, and this program knows "
                                    "schemas up to 1: use a newer program")));
}

TEST_F(SqliteContentStoreTest, RefusesTheDatabaseOfAnotherProgram) {
  Tamper("CREATE TABLE bills (amount INTEGER)");
  EXPECT_THAT(Refusal(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat("'", path_,
                                    "' is not a content store: name a new "
                                    "file, or the file of a content-service")));
}

TEST_F(SqliteContentStoreTest, RefusesAFileThatIsNoDatabase) {
  std::ofstream(path_) << std::string(4096, 'x');
  EXPECT_THAT(
      Refusal(),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("'", path_, "': the file is not a content store")));
}

TEST_F(SqliteContentStoreTest, RefusesToGoWithoutAWriteAheadLog) {
  EXPECT_THAT(OpenSqliteContentStore(":memory:"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "':memory:' cannot have a write-ahead log, only journal "
                       "mode 'memory': name a file on a local disk"));
}

TEST_F(SqliteContentStoreTest, RefusesAFolderThatDoesNotExist) {
  path_ = folder_.path() + "/absent/content.db";
  EXPECT_THAT(
      Refusal(),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("'", path_,
                            "': the content store's file cannot be opened")));
}

TEST_F(SqliteContentStoreTest, SaysInPlainWordsThatTheFileIsDamaged) {
  auto store = Open();
  Tamper("DROP TABLE fact");
  const absl::Status status = PutFact(*store, "lost");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal,
                               "the content store failed with code 1"));
}

}  // namespace
}  // namespace plumbline::content
