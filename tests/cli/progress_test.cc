#include "cli/progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace plumbline::cli {
namespace {

TEST(ProgressTest, WritesNothingWhereNobodyWatches) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const Console console{.in = in, .out = out, .err = err};
  {
    Progress progress(console, "intakes");
    progress.Update(5);
  }
  EXPECT_EQ(err.str(), "");
}

TEST(ProgressTest, WritesNothingInTheFirstSecond) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const Console console{
      .in = in, .out = out, .err = err, .err_is_terminal = true};
  {
    Progress progress(console, "intakes");
    progress.Update(5);
  }
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace plumbline::cli
