#include "content-service/gate/search.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

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

TEST_F(SearchTest, NamesAFormulaOnce) {
  const z3::expr formula = Var("a") && Var("b");
  const z3::expr named = search_.Named(formula);
  EXPECT_TRUE(z3::eq(search_.Named(Var("a") && Var("b")), named));
  EXPECT_FALSE(z3::eq(named, formula));
  EXPECT_FALSE(Finds(named != formula));
  EXPECT_TRUE(z3::eq(search_.Named(Var("a")), Var("a")));
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

// Two factors of a number that has none: too much for a millisecond.
TEST(SearchInBoundsTest, TimesOutOnAQuestionThatIsTooHard) {
  Search search({.question = absl::Milliseconds(1)}, WallClock());
  z3::context& z3 = search.z3();
  const z3::expr a = z3.bv_const("a", 64);
  const z3::expr b = z3.bv_const("b", 64);
  const z3::expr small = z3.bv_val(std::uint64_t{1} << 31, 64);
  const z3::expr prime = z3.bv_val(std::uint64_t{2305843009213693951}, 64);
  const z3::expr one = z3.bv_val(1, 64);
  EXPECT_THROW(
      search.FindQuickly(a * b == prime && z3::ugt(a, one) && z3::ugt(b, one) &&
                             z3::ult(a, small) && z3::ult(b, small),
                         {}),
      TimedOut);
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
