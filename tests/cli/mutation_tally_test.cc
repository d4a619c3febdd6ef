#include "cli/mutation_tally.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/pathway_folder.h"

namespace plumbline::cli {
namespace {

using gate::CaughtBy;

TEST(MutationTallyTest, CountsEachMistakeOnce) {
  const auto read = ReadPathwayFolder("tests/fixtures/pathways/tiny");
  ASSERT_TRUE(read.ok());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err};
  const auto tally =
      TallyMutations(read->message, "rules/R-R01", "2027-05-01", console);
  ASSERT_TRUE(tally.ok()) << tally.status();
  int all = 0;
  for (const auto& [kind, count] : tally->by_kind) all += count.all;
  EXPECT_EQ(all, tally->total.all);
  EXPECT_GT(all, 0);
  EXPECT_EQ(static_cast<int>(tally->survivors.size()),
            tally->total.Of(CaughtBy::kNothing));
  EXPECT_EQ(out.str(), "");
}

TEST(MutationTallyTest, ScoresWhatHasAnEffect) {
  MutationTally tally;
  EXPECT_EQ(tally.Score(), 100);
  tally.total = {.all = 6,
                 .caught_by = {{CaughtBy::kNoEffect, 2},
                               {CaughtBy::kCases, 3},
                               {CaughtBy::kNothing, 1}}};
  EXPECT_EQ(tally.Score(), 75);
}

}  // namespace
}  // namespace plumbline::cli
