#include "triage-service/content/content_age.h"

#include <gtest/gtest.h>

namespace plumbline::triage {
namespace {

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

TEST(ContentAgeTest, IsInfiniteWhereContentWasNeverTheNewest) {
  EXPECT_EQ(ContentAge().At(kNoon), absl::InfiniteDuration());
}

TEST(ContentAgeTest, IsZeroWhileTheContentIsTheNewest) {
  ContentAge age;
  age.Current(kNoon);
  EXPECT_EQ(age.At(kNoon + absl::Hours(5)), absl::ZeroDuration());
}

TEST(ContentAgeTest, GrowsFromTheLastMomentThatItWas) {
  ContentAge age;
  age.Current(kNoon);
  age.Current(kNoon + absl::Minutes(1));
  age.Lost();
  EXPECT_EQ(age.At(kNoon + absl::Minutes(10)), absl::Minutes(9));
  EXPECT_EQ(age.last_current(), kNoon + absl::Minutes(1));
}

TEST(ContentAgeTest, IsNeverNegative) {
  ContentAge age;
  age.Current(kNoon);
  age.Lost();
  EXPECT_EQ(age.At(kNoon - absl::Hours(1)), absl::ZeroDuration());
}

}  // namespace
}  // namespace plumbline::triage
