// Nothing that was acknowledged is lost when content-service is killed, and
// nothing is there by half.
//
// `--kills=N` makes it longer (`./dev robustness`), `--seed=N` another.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/robustness/kill_run.h"

namespace plumbline::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// A store grows: after so many kills a new one is begun.
constexpr int kKillsPerStore = 100;
// Runs of so many kills have used every failpoint several times.
constexpr int kKillsForEveryFailpoint = 200;

int kills_wanted = 25;
std::uint32_t seed_wanted = 1;

void Add(const KillCounts& counts, KillCounts& sum) {
  sum.kills += counts.kills;
  sum.kills_on_lossy_disk += counts.kills_on_lossy_disk;
  sum.kills_of_replicas += counts.kills_of_replicas;
  sum.convergences += counts.convergences;
  sum.acknowledged += counts.acknowledged;
  sum.cut += counts.cut;
  for (const auto& [name, hits] : counts.failpoints) {
    sum.failpoints[name].hits += hits.hits;
    sum.failpoints[name].acted += hits.acted;
  }
}

void Print(const KillCounts& counts) {
  std::cout << counts.kills << " kills of content-service, "
            << counts.kills_on_lossy_disk << " of them on a lossy disk; "
            << counts.kills_of_replicas << " of replicas\n"
            << counts.acknowledged << " writes acknowledged, " << counts.cut
            << " calls cut, " << counts.convergences << " convergences\n";
  for (const auto& [name, hits] : counts.failpoints) {
    std::cout << "  " << name << ": " << hits.hits << " hits, " << hits.acted
              << " kills\n";
  }
}

TEST(KillTest, LosesNothingThatWasAcknowledged) {
  KillCounts sum;
  std::vector<std::string> problems;
  for (std::uint32_t store = 0; sum.kills < kills_wanted && problems.empty();
       ++store) {
    KillRun run({.kills = std::min(kKillsPerStore, kills_wanted - sum.kills),
                 .seed = seed_wanted + store});
    problems = run.Run();
    Add(run.Counts(), sum);
  }
  Print(sum);
  EXPECT_EQ(absl::StrJoin(problems, "\n"), "") << "seed " << seed_wanted;
  EXPECT_GT(sum.acknowledged, 0);
  EXPECT_GT(sum.cut, 0);
  for (const auto& [name, hits] : sum.failpoints) {
    EXPECT_GT(hits.hits, 0) << name;
    if (kills_wanted < kKillsForEveryFailpoint) continue;
    EXPECT_GT(hits.acted, 0) << name;
  }
}

// That the test above sees a service whose answers go out before what they say
// is on the disk.
TEST(KillTest, SeesAStoreThatDoesNotSync) {
  KillRun run({.kills = 20, .seed = seed_wanted, .unsynced = true});
  EXPECT_THAT(run.Run(), Contains(HasSubstr("lost: ")));
}

}  // namespace
}  // namespace plumbline::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    const bool is_good =
        (absl::ConsumePrefix(&argument, "--kills=") &&
         absl::SimpleAtoi(argument, &plumbline::testing::kills_wanted)) ||
        (absl::ConsumePrefix(&argument, "--seed=") &&
         absl::SimpleAtoi(argument, &plumbline::testing::seed_wanted));
    if (is_good) continue;
    std::cerr << "usage: robustness_kill_test [--kills=N] [--seed=N]\n";
    return 2;
  }
  return RUN_ALL_TESTS();
}
