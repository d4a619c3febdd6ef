#include "triage-service/domain/release_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace plumbline::triage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Outcome = FoundRelease::Outcome;

const ChannelKey kStable{"back-pain", "stable"};
const ChannelKey kCandidate{"back-pain", "candidate"};
const ChannelKey kNeck{"neck-pain", "candidate"};
const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

Release ReleaseOf(const std::string& digest, absl::Time time = kStart) {
  auto pathway = std::make_shared<pathway::CompiledPathway>();
  pathway->digest = digest;
  return {.pathway = std::move(pathway),
          .name = "pathways/back-pain/releases/" + digest,
          .activate_time = time};
}

std::vector<std::string> HeldDigests(const ReleaseTable& table,
                                     const ChannelKey& key) {
  std::vector<std::string> digests;
  for (const auto& release : table.Held(key)) {
    digests.push_back(release->pathway->digest);
  }
  return digests;
}

class ReleaseTableTest : public ::testing::Test {
 protected:
  ReleaseTable table_{{kStable, kCandidate, kNeck}, {}};
};

TEST_F(ReleaseTableTest, FindsTheActiveReleaseOfAChannel) {
  table_.Activate(kStable, ReleaseOf("a"));
  table_.Activate(kCandidate, ReleaseOf("b"));
  const FoundRelease found = table_.Find("back-pain", "candidate", "");
  EXPECT_EQ(found.outcome, Outcome::kFound);
  EXPECT_EQ(found.release->pathway->digest, "b");
  EXPECT_EQ(found.channel_id, "candidate");
}

TEST_F(ReleaseTableTest, AnEmptyChannelIsStable) {
  table_.Activate(kStable, ReleaseOf("a"));
  EXPECT_EQ(table_.Find("back-pain", "", "").release->pathway->digest, "a");
  EXPECT_EQ(table_.Find("neck-pain", "", "").outcome, Outcome::kUnknownChannel);
}

TEST_F(ReleaseTableTest, SaysWhatIsMissing) {
  EXPECT_EQ(table_.Find("knee", "", "").outcome, Outcome::kUnknownPathway);
  EXPECT_EQ(table_.Find("back-pain", "beta", "").outcome,
            Outcome::kUnknownChannel);
  EXPECT_EQ(table_.Find("back-pain", "stable", "").outcome,
            Outcome::kNoContent);
}

TEST_F(ReleaseTableTest, APinFindsAnEarlierRelease) {
  table_.Activate(kStable, ReleaseOf("a"));
  table_.Activate(kStable, ReleaseOf("b"));
  const FoundRelease found = table_.Find("back-pain", "stable", "a");
  EXPECT_EQ(found.outcome, Outcome::kFound);
  EXPECT_EQ(found.release->pathway->digest, "a");
}

TEST_F(ReleaseTableTest, APinFindsAReleaseOfAnotherChannel) {
  table_.Activate(kCandidate, ReleaseOf("b"));
  const FoundRelease found = table_.Find("back-pain", "", "b");
  EXPECT_EQ(found.outcome, Outcome::kFound);
  EXPECT_EQ(found.channel_id, "candidate");
}

TEST_F(ReleaseTableTest, APinThatIsNotHeldNamesTheActiveOne) {
  table_.Activate(kStable, ReleaseOf("a"));
  const FoundRelease found = table_.Find("back-pain", "stable", "z");
  EXPECT_EQ(found.outcome, Outcome::kNotHeld);
  EXPECT_EQ(found.release, nullptr);
  EXPECT_EQ(found.active_digest, "a");
}

TEST_F(ReleaseTableTest, APinWhereThereIsNoContentIsNoContent) {
  EXPECT_EQ(table_.Find("back-pain", "stable", "z").outcome,
            Outcome::kNoContent);
}

TEST_F(ReleaseTableTest, HoldsTheLastTwoHoweverOld) {
  for (const char* digest : {"a", "b", "c", "d"}) {
    const absl::Duration later = absl::Hours(24) * (digest[0] - 'a');
    table_.Activate(kStable, ReleaseOf(digest, kStart + later));
  }
  EXPECT_THAT(HeldDigests(table_, kStable), ElementsAre("d", "c", "b"));
}

TEST_F(ReleaseTableTest, HoldsEveryReleaseForAnHour) {
  for (const char* digest : {"a", "b", "c", "d"}) {
    const absl::Duration later = absl::Minutes(20) * (digest[0] - 'a');
    table_.Activate(kStable, ReleaseOf(digest, kStart + later));
  }
  EXPECT_THAT(HeldDigests(table_, kStable), ElementsAre("d", "c", "b", "a"));
  // `a` was active until minute 20.
  table_.Activate(kStable, ReleaseOf("e", kStart + absl::Minutes(80)));
  EXPECT_THAT(HeldDigests(table_, kStable), ElementsAre("e", "d", "c", "b"));
}

TEST_F(ReleaseTableTest, ARollbackHoldsEachReleaseOnce) {
  table_.Activate(kStable, ReleaseOf("a"));
  table_.Activate(kStable, ReleaseOf("b"));
  table_.Activate(kStable, ReleaseOf("a"));
  EXPECT_THAT(HeldDigests(table_, kStable), ElementsAre("a", "b"));
  table_.Activate(kStable, ReleaseOf("a"));
  EXPECT_THAT(HeldDigests(table_, kStable), ElementsAre("a", "b"));
}

TEST_F(ReleaseTableTest, HoldsNoMoreThanTheLimit) {
  for (std::size_t i = 0; i < kHeldReleasesMax + 10; ++i) {
    table_.Activate(kStable, ReleaseOf(absl::StrCat("digest-", i)));
  }
  EXPECT_THAT(table_.Held(kStable), SizeIs(kHeldReleasesMax));
}

TEST_F(ReleaseTableTest, MarksActiveAndEarlierReleasesAsWithdrawn) {
  table_.Activate(kStable, ReleaseOf("a"));
  table_.Activate(kStable, ReleaseOf("b"));
  table_.MarkWithdrawn(kStable.pathway_id, "a");
  EXPECT_FALSE(table_.Active(kStable)->withdrawn);
  EXPECT_TRUE(table_.Find("back-pain", "", "a").release->withdrawn);
  table_.MarkWithdrawn(kStable.pathway_id, "b");
  EXPECT_TRUE(table_.Active(kStable)->withdrawn);
}

TEST_F(ReleaseTableTest, AReleaseIsWithdrawnInEveryChannelOfItsPathway) {
  for (const ChannelKey& key : {kStable, kCandidate, kNeck}) {
    table_.Activate(key, ReleaseOf("a"));
  }
  table_.MarkWithdrawn("back-pain", "a");
  EXPECT_TRUE(table_.Active(kStable)->withdrawn);
  EXPECT_TRUE(table_.Active(kCandidate)->withdrawn);
  EXPECT_FALSE(table_.Active(kNeck)->withdrawn);
}

TEST_F(ReleaseTableTest, WhatIsWithdrawnBecomesActiveAsThatInAnyChannel) {
  table_.MarkWithdrawn("back-pain", "a");
  for (const ChannelKey& key : {kStable, kCandidate, kNeck}) {
    table_.Activate(key, ReleaseOf("a"));
  }
  EXPECT_TRUE(table_.Active(kStable)->withdrawn);
  EXPECT_TRUE(table_.Active(kCandidate)->withdrawn);
  EXPECT_FALSE(table_.Active(kNeck)->withdrawn);
}

TEST_F(ReleaseTableTest, AWithdrawalOutlivesItsRelease) {
  table_.Activate(kStable, ReleaseOf("a"));
  table_.MarkWithdrawn("back-pain", "a");
  for (const char* digest : {"b", "c", "d"}) {
    const absl::Duration later = absl::Hours(24) * (digest[0] - 'a');
    table_.Activate(kStable, ReleaseOf(digest, kStart + later));
  }
  ASSERT_EQ(table_.Find("back-pain", "", "a").outcome, Outcome::kNotHeld);
  table_.Activate(kStable, ReleaseOf("a", kStart + absl::Hours(100)));
  EXPECT_TRUE(table_.Active(kStable)->withdrawn);
}

// As one that comes from disk does.
TEST_F(ReleaseTableTest, AReleaseThatComesWithdrawnIsSoInEveryChannel) {
  table_.Activate(kCandidate, ReleaseOf("a"));
  table_.Activate(kCandidate, ReleaseOf("b"));
  Release withdrawn = ReleaseOf("a");
  withdrawn.withdrawn = true;
  table_.Activate(kStable, withdrawn);
  EXPECT_TRUE(table_.Active(kStable)->withdrawn);
  EXPECT_TRUE(table_.Find("back-pain", "candidate", "a").release->withdrawn);
  table_.Activate(kCandidate, ReleaseOf("a"));
  EXPECT_TRUE(table_.Active(kCandidate)->withdrawn);
}

TEST_F(ReleaseTableTest, IsReadyWhenEveryPathwayHasContent) {
  EXPECT_FALSE(table_.Ready());
  table_.Activate(kStable, ReleaseOf("a"));
  EXPECT_FALSE(table_.Ready());
  table_.Activate(kNeck, ReleaseOf("b"));
  EXPECT_TRUE(table_.Ready());
  EXPECT_FALSE(ReleaseTable({}, {}).Ready());
}

TEST_F(ReleaseTableTest, IsNotReadyByAnotherChannelThanTheDefaultOne) {
  table_.Activate(kNeck, ReleaseOf("b"));
  table_.Activate(kCandidate, ReleaseOf("c"));
  EXPECT_FALSE(table_.Ready());
  table_.Activate(kStable, ReleaseOf("a"));
  EXPECT_TRUE(table_.Ready());
}

TEST(ReleaseTableReadyTest, WithoutTheDefaultChannelEveryOneMustHaveContent) {
  const ChannelKey trial{"neck-pain", "trial"};
  ReleaseTable table({kNeck, trial}, {});
  table.Activate(kNeck, ReleaseOf("a"));
  EXPECT_FALSE(table.Ready());
  table.Activate(trial, ReleaseOf("b"));
  EXPECT_TRUE(table.Ready());
}

TEST_F(ReleaseTableTest, AReleaseThatIsLetGoLivesAsLongAsARequestHoldsIt) {
  table_.Activate(kStable, ReleaseOf("a"));
  const auto pinned = table_.Find("back-pain", "", "").release;
  for (const char* digest : {"b", "c", "d"}) {
    const absl::Duration later = absl::Hours(2) * (digest[0] - 'a');
    table_.Activate(kStable, ReleaseOf(digest, kStart + later));
  }
  EXPECT_EQ(table_.Find("back-pain", "", "a").outcome, Outcome::kNotHeld);
  EXPECT_EQ(pinned->pathway->digest, "a");
}

TEST_F(ReleaseTableTest, ReadersSeeTheOldReleaseOrTheNewOne) {
  constexpr int kSwaps = 2000;
  table_.Activate(kStable, ReleaseOf("0"));
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      int last = 0;
      while (!done) {
        const FoundRelease found = table_.Find("back-pain", "", "");
        const int seen = std::stoi(found.release->pathway->digest);
        const bool agrees =
            found.release->name ==
            "pathways/back-pain/releases/" + found.release->pathway->digest;
        if (seen < last || !agrees) ++wrong;
        last = seen;
        if (table_.Held(kStable).empty() || table_.Ready()) ++wrong;
      }
    });
  }
  for (int i = 1; i <= kSwaps; ++i) {
    table_.Activate(kStable, ReleaseOf(std::to_string(i)));
    if (i % 7 == 0) table_.MarkWithdrawn(kStable.pathway_id, std::to_string(i));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ReleaseTableChannelsTest, ChannelsAreSortedAndOnlyThere) {
  const ReleaseTable table({kStable, kCandidate, kStable}, {});
  EXPECT_THAT(table.channels(), ElementsAre(kCandidate, kStable));
  EXPECT_THAT(table.Held(kStable), IsEmpty());
  EXPECT_EQ(table.Active(kStable), nullptr);
}

}  // namespace
}  // namespace plumbline::triage
