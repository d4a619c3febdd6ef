// What every content store must do. A new implementation joins by one entry at
// the end.

#include "content-service/storage/content_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "content-service/storage/memory_content_store.h"
#include "content-service/storage/sqlite_content_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::IsOkAndHolds;
using ::plumbline::testing::StatusIs;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kAll = 1000;
const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

struct Implementation {
  std::string name;
  std::function<std::unique_ptr<ContentStore>(const std::string& folder)> make;
};

class ContentStoreTest : public ::testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override { store_ = GetParam().make(folder_.path()); }

  absl::Status Write(const std::function<absl::Status(Transaction&)>& write) {
    return store_->Write(write);
  }

  // Writes what must succeed.
  void Put(const std::function<void(Transaction&)>& write) {
    ASSERT_THAT(store_->Write([&](Transaction& transaction) {
      write(transaction);
      return absl::OkStatus();
    }),
                IsOk());
  }

  // What `read` finds in the newest state.
  template <typename T>
  T Get(const std::function<T(const Reader&)>& read) {
    std::optional<T> result;
    EXPECT_THAT(store_->Read([&](const Reader& reader) {
      result.emplace(read(reader));
      return absl::OkStatus();
    }),
                IsOk());
    return *std::move(result);
  }

  void AddPathway(const std::string& pathway_id) {
    Put([&](Transaction& t) {
      EXPECT_THAT(t.AddPathway(pathway_id, kNoon), IsOk());
    });
  }

  void AddRelease(const std::string& pathway_id, std::int64_t number,
                  const std::string& digest) {
    Put([&](Transaction& t) {
      EXPECT_THAT(t.PutContent(digest, "content of " + digest), IsOk());
      EXPECT_THAT(t.AddRelease({pathway_id, number, digest, "release"}),
                  IsOk());
    });
  }

  void AddMove(const std::string& channel_id, std::int64_t epoch,
               std::int64_t number) {
    Put([&](Transaction& t) {
      EXPECT_THAT(t.AddMove({"cough", channel_id, epoch, number,
                             absl::StrCat(epoch, "-", number)}),
                  IsOk());
    });
  }

  std::int64_t NewestSequence() {
    return Get<std::int64_t>(
        [](const Reader& r) { return r.NewestSequence().value(); });
  }

  TemporaryDirectory folder_;
  std::unique_ptr<ContentStore> store_;
};

std::vector<std::string> PathwayIds(const std::vector<PathwayRecord>& records) {
  std::vector<std::string> ids;
  for (const PathwayRecord& record : records) ids.push_back(record.pathway_id);
  return ids;
}

std::vector<std::string> DraftIds(const std::vector<DraftRecord>& records) {
  std::vector<std::string> ids;
  for (const DraftRecord& record : records) ids.push_back(record.draft_id);
  return ids;
}

std::vector<std::int64_t> Numbers(const std::vector<ReleaseRecord>& records) {
  std::vector<std::int64_t> numbers;
  for (const ReleaseRecord& record : records) numbers.push_back(record.number);
  return numbers;
}

std::vector<std::string> Bytes(const std::vector<MoveRecord>& records) {
  std::vector<std::string> bytes;
  for (const MoveRecord& record : records) bytes.push_back(record.bytes);
  return bytes;
}

TEST_P(ContentStoreTest, IsEmptyAtFirst) {
  ASSERT_THAT(store_->Read([](const Reader& r) {
    EXPECT_THAT(r.NewestSequence(), IsOkAndHolds(0));
    EXPECT_THAT(r.ListPathways("", kAnySequence, kAll),
                IsOkAndHolds(IsEmpty()));
    EXPECT_THAT(r.ListDraftsInState(0), IsOkAndHolds(IsEmpty()));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, NamesWhatIsMissing) {
  const auto missing = [](const char* message) {
    return StatusIs(absl::StatusCode::kNotFound, message);
  };
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(r.FindFact("epoch"), missing("there is no fact epoch"));
    EXPECT_THAT(r.FindPathway("cough"), missing("there is no pathways/cough"));
    EXPECT_THAT(r.FindDraft("cough", "a"),
                missing("there is no pathways/cough/drafts/a"));
    EXPECT_THAT(r.FindDraftSources("cough", "a"),
                missing("there is no pathways/cough/drafts/a"));
    EXPECT_THAT(r.FindContent("d1"),
                missing("there is no content with digest d1"));
    EXPECT_THAT(r.FindRelease("cough", 1),
                missing("there is no pathways/cough/releases/1"));
    EXPECT_THAT(r.FindReleaseByDigest("d1"),
                missing("there is no release with digest d1"));
    EXPECT_THAT(r.FindMove("cough", "stable", {1, 2}),
                missing("there is no pathways/cough/channels/stable/moves/"
                        "1-2"));
    EXPECT_THAT(r.FindNewestMove("cough", "stable"),
                missing("there is no pathways/cough/channels/stable"));
    EXPECT_THAT(r.FindRequest({"ann", "Publish", "r1"}),
                missing("there is no request r1"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, RefusesWhatItsParentLacks) {
  const auto missing = [](const char* message) {
    return StatusIs(absl::StatusCode::kNotFound, message);
  };
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddDraft({"cough", "a"});
              }),
              missing("there is no pathways/cough"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.ReplaceDraft({"cough", "a"});
              }),
              missing("there is no pathways/cough/drafts/a"));
  EXPECT_THAT(
      Write([](Transaction& t) { return t.PutDraftSources("cough", "a", ""); }),
      missing("there is no pathways/cough/drafts/a"));
  EXPECT_THAT(
      Write([](Transaction& t) { return t.AddAttestation("d1", "said"); }),
      missing("there is no content with digest d1"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddRelease({"cough", 1, "d1"});
              }),
              missing("there is no pathways/cough"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.ReplaceRelease({"cough", 1, "d1"});
              }),
              missing("there is no pathways/cough/releases/1"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddMove({"cough", "stable", 1, 1});
              }),
              missing("there is no pathways/cough"));
  AddPathway("cough");
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddRelease({"cough", 1, "d1"});
              }),
              missing("there is no content with digest d1"));
}

TEST_P(ContentStoreTest, RefusesWhatIsThereAlready) {
  AddPathway("cough");
  AddRelease("cough", 1, "d1");
  AddMove("stable", 1, 1);
  Put([](Transaction& t) {
    EXPECT_THAT(t.AddDraft({"cough", "a"}), IsOk());
    EXPECT_THAT(t.AddRequest({{"ann", "Publish", "r1"}}), IsOk());
    EXPECT_THAT(t.PutContent("d2", "more"), IsOk());
  });
  const auto exists = [](const char* message) {
    return StatusIs(absl::StatusCode::kAlreadyExists, message);
  };
  EXPECT_THAT(
      Write([](Transaction& t) { return t.AddPathway("cough", kNoon); }),
      exists("there is already pathways/cough"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddDraft({"cough", "a"});
              }),
              exists("there is already pathways/cough/drafts/a"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddRelease({"cough", 1, "d2"});
              }),
              exists("there is already pathways/cough/releases/1"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddRelease({"cough", 2, "d1"});
              }),
              exists("there is already pathways/cough/releases/2"));
  EXPECT_THAT(
      Write([](Transaction& t) {
        return t.AddMove({"cough", "stable", 1, 1});
      }),
      exists("there is already pathways/cough/channels/stable/moves/1-1"));
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddRequest({{"ann", "Publish", "r1"}});
              }),
              exists("there is already request r1"));
}

TEST_P(ContentStoreTest, KeepsFactsAndReplacesThem) {
  Put([](Transaction& t) { EXPECT_THAT(t.PutFact("epoch", "1"), IsOk()); });
  Put([](Transaction& t) {
    EXPECT_THAT(t.PutFact("epoch", std::string("a\0b", 3)), IsOk());
  });
  EXPECT_THAT(Get<absl::StatusOr<std::string>>(
                  [](const Reader& r) { return r.FindFact("epoch"); }),
              IsOkAndHolds(std::string("a\0b", 3)));
}

TEST_P(ContentStoreTest, KeepsDraftsWithTheirSources) {
  AddPathway("cough");
  Put([](Transaction& t) {
    EXPECT_THAT(t.AddDraft({"cough", "a", 1, std::string("\0x", 2)}), IsOk());
  });
  Put([](Transaction& t) {
    EXPECT_THAT(t.FindDraftSources("cough", "a"), IsOkAndHolds(""));
    EXPECT_THAT(t.PutDraftSources("cough", "a", "first"), IsOk());
    EXPECT_THAT(t.PutDraftSources("cough", "a", "second"), IsOk());
    EXPECT_THAT(t.FindDraftSources("cough", "a"), IsOkAndHolds("second"));
  });
  const auto draft = Get<DraftRecord>(
      [](const Reader& r) { return r.FindDraft("cough", "a").value(); });
  EXPECT_EQ(draft.pathway_id, "cough");
  EXPECT_EQ(draft.draft_id, "a");
  EXPECT_EQ(draft.state, 1);
  EXPECT_EQ(draft.bytes, std::string("\0x", 2));
}

TEST_P(ContentStoreTest, ListsDraftsByNewestChange) {
  AddPathway("cough");
  AddPathway("fever");
  Put([](Transaction& t) {
    for (const char* id : {"a", "b", "c"}) {
      EXPECT_THAT(t.AddDraft({"cough", id, 1, "bytes"}), IsOk());
    }
    EXPECT_THAT(t.AddDraft({"fever", "d", 1, "bytes"}), IsOk());
    EXPECT_THAT(t.ReplaceDraft({"cough", "a", 2, "changed"}), IsOk());
  });
  ASSERT_THAT(store_->Read([](const Reader& r) {
    const auto all = r.ListDrafts("cough", kAnySequence, kAll);
    EXPECT_THAT(DraftIds(*all), ElementsAre("a", "c", "b"));
    EXPECT_EQ(all->front().bytes, "changed");
    const auto first = r.ListDrafts("cough", kAnySequence, 2);
    EXPECT_THAT(DraftIds(*first), ElementsAre("a", "c"));
    EXPECT_THAT(DraftIds(*r.ListDrafts("cough", first->back().sequence, 2)),
                ElementsAre("b"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, FindsDraftsByState) {
  AddPathway("cough");
  AddPathway("fever");
  Put([](Transaction& t) {
    EXPECT_THAT(t.AddDraft({"cough", "a", 1}), IsOk());
    EXPECT_THAT(t.AddDraft({"cough", "b", 2}), IsOk());
    EXPECT_THAT(t.AddDraft({"fever", "c", 2}), IsOk());
  });
  EXPECT_THAT(DraftIds(Get<std::vector<DraftRecord>>([](const Reader& r) {
                return r.ListDraftsInState(2).value();
              })),
              ElementsAre("b", "c"));
}

TEST_P(ContentStoreTest, KeepsContentOnceAndItsAttestationsInOrder) {
  Put([](Transaction& t) {
    EXPECT_THAT(t.PutContent("d1", "first"), IsOk());
    EXPECT_THAT(t.PutContent("d1", "ignored"), IsOk());
    EXPECT_THAT(t.AddAttestation("d1", "z"), IsOk());
    EXPECT_THAT(t.AddAttestation("d1", "a"), IsOk());
  });
  ASSERT_THAT(store_->Read([](const Reader& r) {
    EXPECT_THAT(r.FindContent("d1"), IsOkAndHolds("first"));
    EXPECT_THAT(r.ListAttestations("d1"), IsOkAndHolds(ElementsAre("z", "a")));
    EXPECT_THAT(r.ListAttestations("d2"), IsOkAndHolds(IsEmpty()));
    return absl::OkStatus();
  }),
              IsOk());
}

// A store that reads ids as numbers takes "1x" for 1 and "1e3" for 1000.
TEST_P(ContentStoreTest, NeverReadsAnIdAsANumber) {
  AddPathway("1");
  AddPathway("01");
  Put([](Transaction& t) {
    EXPECT_THAT(t.AddDraft({"1", "1"}), IsOk());
    EXPECT_THAT(t.PutContent("1000", "thousand"), IsOk());
    EXPECT_THAT(t.PutContent("1e3", "another"), IsOk());
    EXPECT_THAT(t.AddMove({"1", "7", 1, 1}), IsOk());
  });
  ASSERT_THAT(store_->Read([](const Reader& r) {
    EXPECT_THAT(r.FindPathway("1x"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(r.FindPathway("1.0"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(r.FindDraft("1", "1x"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(r.FindContent("1e3"), IsOkAndHolds("another"));
    EXPECT_THAT(r.FindNewestMove("1", "7.0"),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(PathwayIds(*r.ListPathways("", kAnySequence, kAll)),
                ElementsAre("01", "1"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, FindsReleasesByNumberAndByDigest) {
  AddPathway("cough");
  AddRelease("cough", 1, "d1");
  AddRelease("cough", 2, "d2");
  Put([](Transaction& t) {
    EXPECT_THAT(t.ReplaceRelease({"cough", 1, "d1", "withdrawn"}), IsOk());
  });
  ASSERT_THAT(store_->Read([](const Reader& r) {
    EXPECT_EQ(r.FindRelease("cough", 1)->bytes, "withdrawn");
    EXPECT_EQ(r.FindRelease("cough", 2)->digest, "d2");
    EXPECT_EQ(r.FindReleaseByDigest("d2")->number, 2);
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, ListsReleasesAsTheyStoodAtTheFirstPage) {
  AddPathway("cough");
  AddPathway("fever");
  AddRelease("cough", 1, "d1");
  AddRelease("cough", 2, "d2");
  AddRelease("fever", 1, "d3");
  const std::int64_t pinned = NewestSequence();
  AddRelease("cough", 3, "d4");
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(Numbers(*r.ListReleases("cough", kAnySequence, pinned, 1)),
                ElementsAre(2));
    EXPECT_THAT(Numbers(*r.ListReleases("cough", 2, pinned, kAll)),
                ElementsAre(1));
    EXPECT_THAT(
        Numbers(*r.ListReleases("cough", kAnySequence, kAnySequence, kAll)),
        ElementsAre(3, 2, 1));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, ListsPathwaysAsTheyStoodAtTheFirstPage) {
  AddPathway("b");
  AddPathway("d");
  const std::int64_t pinned = NewestSequence();
  AddPathway("a");
  AddPathway("c");
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(PathwayIds(*r.ListPathways("", pinned, 1)), ElementsAre("b"));
    EXPECT_THAT(PathwayIds(*r.ListPathways("b", pinned, kAll)),
                ElementsAre("d"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, OrdersMovesByEpochThenNumber) {
  AddPathway("cough");
  AddMove("stable", 1, 9);
  AddMove("stable", 1, 10);
  AddMove("stable", 2, 1);
  AddMove("other", 1, 1);
  ASSERT_THAT(store_->Read([](const Reader& r) {
    EXPECT_EQ(r.FindNewestMove("cough", "stable")->bytes, "2-1");
    EXPECT_EQ(r.FindMove("cough", "stable", {1, 10})->bytes, "1-10");
    EXPECT_THAT(Bytes(*r.ListMovesAfter("cough", "stable", {}, kAll)),
                ElementsAre("1-9", "1-10", "2-1"));
    EXPECT_THAT(Bytes(*r.ListMovesAfter("cough", "stable", {1, 9}, 1)),
                ElementsAre("1-10"));
    EXPECT_THAT(
        Bytes(*r.ListMovesBefore("cough", "stable", kAfterEveryMove, kAll)),
        ElementsAre("2-1", "1-10", "1-9"));
    EXPECT_THAT(Bytes(*r.ListMovesBefore("cough", "stable", {2, 1}, 1)),
                ElementsAre("1-10"));
    EXPECT_THAT(r.ListMovesAfter("cough", "absent", {}, kAll),
                IsOkAndHolds(IsEmpty()));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, ListsChannelsAsTheyStoodAtTheFirstPage) {
  AddPathway("cough");
  AddMove("b", 1, 1);
  AddMove("d", 1, 1);
  const std::int64_t pinned = NewestSequence();
  AddMove("c", 1, 1);
  AddMove("d", 1, 2);
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    const auto first = r.ListChannels("cough", "", pinned, 1);
    EXPECT_EQ(first->front().channel_id, "b");
    const auto rest = r.ListChannels("cough", "b", pinned, kAll);
    EXPECT_THAT(Bytes(*rest), ElementsAre("1-1"));
    EXPECT_EQ(rest->front().channel_id, "d");
    EXPECT_THAT(Bytes(*r.ListChannels("cough", "", kAnySequence, kAll)),
                ElementsAre("1-1", "1-1", "1-2"));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, KeepsRequestsUntilTheyExpire) {
  Put([&](Transaction& t) {
    EXPECT_THAT(t.AddRequest({{"ann", "Publish", "r1"}, "p", "first", kNoon}),
                IsOk());
    EXPECT_THAT(
        t.AddRequest(
            {{"bob", "Publish", "r1"}, "p", "other", kNoon + absl::Seconds(1)}),
        IsOk());
  });
  Put([&](Transaction& t) {
    EXPECT_THAT(t.DropRequestsExpiredBefore(kNoon + absl::Nanoseconds(1)),
                IsOk());
  });
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(r.FindRequest({"ann", "Publish", "r1"}),
                StatusIs(absl::StatusCode::kNotFound));
    const auto kept = r.FindRequest({"bob", "Publish", "r1"});
    EXPECT_EQ(kept->response, "other");
    EXPECT_EQ(kept->payload_digest, "p");
    EXPECT_EQ(kept->expire_time, kNoon + absl::Seconds(1));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, LeavesNothingOfAWriteThatFails) {
  AddPathway("cough");
  const std::int64_t before = NewestSequence();
  EXPECT_THAT(Write([](Transaction& t) -> absl::Status {
                EXPECT_THAT(t.AddDraft({"cough", "a"}), IsOk());
                EXPECT_THAT(t.FindDraft("cough", "a"), IsOk());
                EXPECT_THAT(t.PutContent("d1", "bytes"), IsOk());
                EXPECT_THAT(t.PutFact("epoch", "9"), IsOk());
                return absl::AbortedError("thought better of it");
              }),
              StatusIs(absl::StatusCode::kAborted, "thought better of it"));
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(r.NewestSequence(), IsOkAndHolds(before));
    EXPECT_THAT(r.FindDraft("cough", "a"),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(r.FindContent("d1"), StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(r.FindFact("epoch"), StatusIs(absl::StatusCode::kNotFound));
    return absl::OkStatus();
  }),
              IsOk());
}

TEST_P(ContentStoreTest, IsUsableAfterAWriteThatFails) {
  EXPECT_THAT(Write([](Transaction& t) {
                return t.AddDraft({"cough", "a"});
              }),
              StatusIs(absl::StatusCode::kNotFound));
  AddPathway("cough");
}

TEST_P(ContentStoreTest, ReadsOneStateWhileOthersWrite) {
  AddPathway("a");
  ASSERT_THAT(store_->Read([&](const Reader& r) {
    EXPECT_THAT(PathwayIds(*r.ListPathways("", kAnySequence, kAll)),
                ElementsAre("a"));
    std::thread writer([&] { AddPathway("b"); });
    writer.join();
    EXPECT_THAT(PathwayIds(*r.ListPathways("", kAnySequence, kAll)),
                ElementsAre("a"));
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_THAT(PathwayIds(Get<std::vector<PathwayRecord>>([](const Reader& r) {
                return r.ListPathways("", kAnySequence, kAll).value();
              })),
              ElementsAre("a", "b"));
}

// Each writer reads a counter and writes it back: a lost update would show.
TEST_P(ContentStoreTest, RunsWritesOneAfterTheOther) {
  constexpr int kWriters = 4;
  constexpr int kWritesEach = 25;
  Put([](Transaction& t) { EXPECT_THAT(t.PutFact("count", "0"), IsOk()); });
  std::atomic<int> failures = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&] {
      for (int i = 0; i < kWritesEach; ++i) {
        const absl::Status status = store_->Write([](Transaction& t) {
          const int count = std::stoi(t.FindFact("count").value());
          return t.PutFact("count", std::to_string(count + 1));
        });
        if (!status.ok()) ++failures;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failures, 0);
  EXPECT_THAT(Get<absl::StatusOr<std::string>>(
                  [](const Reader& r) { return r.FindFact("count"); }),
              IsOkAndHolds(std::to_string(kWriters * kWritesEach)));
}

INSTANTIATE_TEST_SUITE_P(
    All, ContentStoreTest,
    ::testing::Values(
        Implementation{
            "Memory",
            [](const std::string&) { return NewMemoryContentStore(); }},
        Implementation{
            "Sqlite",
            [](const std::string& folder) {
              return OpenSqliteContentStore(folder + "/content.db").value();
            }}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::content
