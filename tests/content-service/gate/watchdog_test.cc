#include "content-service/gate/watchdog.h"

#include <gtest/gtest.h>

namespace plumbline::gate {
namespace {

// Two factors of a number that has none: hours of work.
z3::expr HasFactors(z3::context& z3) {
  const z3::expr a = z3.bv_const("a", 64);
  const z3::expr b = z3.bv_const("b", 64);
  const z3::expr small = z3.bv_val(std::uint64_t{1} << 31, 64);
  const z3::expr one = z3.bv_val(1, 64);
  return a * b == z3.bv_val(std::uint64_t{2305843009213693951}, 64) &&
         z3::ugt(a, one) && z3::ugt(b, one) && z3::ult(a, small) &&
         z3::ult(b, small);
}

// Before the work begins, as it begins, and amid it.
TEST(WatchdogTest, EndsWorkWheneverItsTimeIsOver) {
  for (int i = 0; i < 100; ++i) {
    z3::context z3;
    Watchdog watchdog(z3);
    z3::solver solver(z3, "QF_FD");
    solver.add(HasFactors(z3));
    watchdog.Watch(absl::Microseconds(200) * (i - 1));
    try {
      EXPECT_EQ(solver.check(), z3::unknown) << i;
    } catch (const z3::exception&) {  // So does some work end.
    }
    EXPECT_TRUE(watchdog.Rest()) << i;
  }
}

TEST(WatchdogTest, LeavesWorkAloneThatIsDoneInTime) {
  z3::context z3;
  Watchdog watchdog(z3);
  z3::solver solver(z3, "QF_FD");
  solver.add(z3.bool_const("a"));
  for (const absl::Duration left :
       {absl::Seconds(60), absl::InfiniteDuration()}) {
    watchdog.Watch(left);
    EXPECT_EQ(solver.check(), z3::sat);
    EXPECT_FALSE(watchdog.Rest());
  }
}

// What is over is not held against what comes after.
TEST(WatchdogTest, BeginsAnewEachTime) {
  z3::context z3;
  Watchdog watchdog(z3);
  z3::solver solver(z3, "QF_FD");
  solver.add(z3.bool_const("a"));
  for (int i = 0; i < 20; ++i) {
    watchdog.Watch(absl::ZeroDuration());
    try {
      solver.check();
    } catch (const z3::exception&) {
    }
    watchdog.Rest();
    watchdog.Watch(absl::Seconds(60));
    EXPECT_EQ(solver.check(), z3::sat) << i;
    EXPECT_FALSE(watchdog.Rest()) << i;
  }
}

}  // namespace
}  // namespace plumbline::gate
