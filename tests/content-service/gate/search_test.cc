#include "content-service/gate/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/content-service/gate/findings_text.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::Intake;

// Time that a test moves.
class SearchTest : public ::testing::Test {
 protected:
  z3::expr Var(const char* name) { return search_.z3().bool_const(name); }

  bool Finds(const z3::expr& condition) {
    return search_.FindQuickly(condition, {}).has_value();
  }

  absl::Time now_ = absl::UnixEpoch();
  bool cancelled_ = false;
  Search search_{{.question = absl::Seconds(60), .total = absl::Minutes(10)},
                 {.clock = [this] { return now_; },
                  .cancelled = [this] { return cancelled_; }}};
};

TEST_F(SearchTest, AssumesFromThenOn) {
  EXPECT_TRUE(Finds(!Var("a")));
  search_.Assume(Var("a"));
  EXPECT_FALSE(Finds(!Var("a")));
  EXPECT_TRUE(Finds(Var("a") && Var("b")));
}

TEST_F(SearchTest, ForgetsEachQuestion) {
  EXPECT_TRUE(Finds(Var("a")));
  EXPECT_TRUE(Finds(!Var("a")));
}

TEST_F(SearchTest, AsksNothingWhenTheTimeIsOver) {
  now_ += absl::Minutes(10) - absl::Seconds(1);
  EXPECT_TRUE(Finds(Var("a")));
  now_ += absl::Seconds(1);
  try {
    Finds(Var("a"));
    FAIL() << "there was time";
  } catch (const TimedOut& error) {
    EXPECT_STREQ(error.what(), "the time for all questions is over");
  }
}

TEST_F(SearchTest, AsksNothingThatNobodyWaitsFor) {
  EXPECT_TRUE(Finds(Var("a")));
  cancelled_ = true;
  EXPECT_THROW(Finds(Var("a")), Cancelled);
  EXPECT_THROW(
      search_.FindSmallest(Var("a"), z3::expr_vector(search_.z3()), {}),
      Cancelled);
  cancelled_ = false;
  EXPECT_TRUE(Finds(Var("a")));
}

// Two factors of a number that has none. Wherever in its work the time ends.
TEST(SearchInBoundsTest, TimesOutOnAQuestionThatIsTooHard) {
  for (int microseconds = 0; microseconds < 40'000; microseconds += 1000) {
    Search search({.question = absl::Microseconds(microseconds)}, WallClock());
    z3::context& z3 = search.z3();
    const z3::expr a = z3.bv_const("a", 64);
    const z3::expr b = z3.bv_const("b", 64);
    const z3::expr small = z3.bv_val(std::uint64_t{1} << 31, 64);
    const z3::expr prime = z3.bv_val(std::uint64_t{2305843009213693951}, 64);
    const z3::expr one = z3.bv_val(1, 64);
    EXPECT_THROW(search.FindQuickly(a * b == prime && z3::ugt(a, one) &&
                                        z3::ugt(b, one) && z3::ult(a, small) &&
                                        z3::ult(b, small),
                                    {}),
                 TimedOut)
        << microseconds;
  }
}

// Z3 gives up of itself; and so that another can go on.
TEST(SearchInBoundsTest, TimesOutOnAQuestionThatIsTooLarge) {
  const auto why = [](int factors, unsigned mebibytes) -> std::string {
    Search search({.memory_max_mebibytes = mebibytes}, WallClock());
    try {
      z3::expr all = search.z3().bv_val(1, 64);
      for (int i = 0; i < factors; ++i) {
        all = all * search.z3().bv_const(absl::StrCat("a", i).c_str(), 64);
      }
      search.FindQuickly(all == search.z3().bv_val(1, 64), {});
    } catch (const TimedOut& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(why(60, 0), "it takes more than 0 MiB of memory");
  EXPECT_EQ(why(60, 40), "max. memory exceeded");
  EXPECT_EQ(why(1, 40), "");
}

// Each number that is looked for takes more time.
TEST(SearchInBoundsTest, IsLeftWithWhatItFoundWhereTheTimeEnds) {
  const auto pathway = pathway::ExamplePathway();
  int asked = 0;
  int asked_max = 1000;
  const auto pain = [&]() -> std::string {
    asked = 0;
    Search search({}, {.clock = [&] {
                    return absl::UnixEpoch() + (++asked > asked_max
                                                    ? absl::Hours(1)
                                                    : absl::ZeroDuration());
                  }});
    const Encoder encoder(search.z3(), *pathway);
    const std::vector<Order> orders = OrdersOf(*pathway);
    const SymbolicEvaluation any = encoder.EvaluateAny("");
    search.Assume(any.legal);
    z3::expr_vector costs(search.z3());
    for (const SymbolicAnswer& answer : any.answers) {
      costs.push_back(answer.answered);
    }
    const auto found = search.FindSmallest(any.rules[0].is_true, costs,
                                           {{*pathway, orders, any}});
    return AnswersText(*pathway, found.value().front());
  };
  EXPECT_EQ(pain(), "{em.bone:yes}");
  asked_max = 2;  // The first is when it begins.
  EXPECT_THAT(pain(), ::testing::HasSubstr("em.bone:yes"));
  asked_max = 1;
  EXPECT_THROW(pain(), TimedOut);
}

// What is sought first is made small first.
TEST(FindSmallestTest, FindsSeveralIntakesAtOnce) {
  const auto pathway = pathway::ExamplePathway();
  Search search({}, WallClock());
  const Encoder encoder(search.z3(), *pathway);
  const std::vector<Order> orders = OrdersOf(*pathway);
  const SymbolicEvaluation one = encoder.EvaluateAny("one ");
  const SymbolicEvaluation two = encoder.EvaluateAny("two ");
  search.Assume(one.legal && two.legal);
  z3::expr_vector costs(search.z3());
  for (const SymbolicAnswer& answer : one.answers) {
    costs.push_back(answer.answered);
  }
  // The first rule is true of one of them.
  const auto found =
      search.FindSmallest(one.rules[0].is_true || two.rules[0].is_true, costs,
                          {{*pathway, orders, one}, {*pathway, orders, two}});
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(AnswersText(*pathway, (*found)[0]), "{}");
  EXPECT_EQ(AnswersText(*pathway, (*found)[1]), "{em.bone:yes}");
}

}  // namespace
}  // namespace plumbline::gate
