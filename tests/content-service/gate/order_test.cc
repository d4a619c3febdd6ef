#include "content-service/gate/order.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::Item;
using pathway::ItemType;
using pathway::v1::Worse;

Worse Parse(const std::string& text) {
  Worse worse;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &worse));
  return worse;
}

// A choice of a, b, c, d and unsure.
Item Letters() {
  Item item{.type = ItemType::kChoice};
  for (const char* code : {"a", "b", "c", "d"}) {
    item.options.push_back({.code = code});
  }
  item.options.push_back({.code = "unsure", .means_unknown = true});
  return item;
}

// A set of none, which stands alone, and a, b, c.
Item Set() {
  Item item{.type = ItemType::kMultiChoice, .exclusive_mask = 1};
  for (const char* code : {"none", "a", "b", "c"}) {
    item.options.push_back({.code = code});
  }
  item.options[0].exclusive = true;
  return item;
}

Item Boolean() { return {.type = ItemType::kBoolean}; }

Item Whole(std::int64_t minimum, std::int64_t maximum) {
  return {.type = ItemType::kInteger, .minimum = minimum, .maximum = maximum};
}

std::vector<std::int64_t> LegalValues(const Item& item) {
  switch (item.type) {
    case ItemType::kChoice:
      return {0, 1, 2, 3};
    case ItemType::kMultiChoice:
      return {0b1, 0b10, 0b100, 0b110, 0b1000, 0b1010, 0b1100, 0b1110};
    case ItemType::kBoolean:
      return {0, 1};
    case ItemType::kInteger:
    case ItemType::kDecimal:
      break;
  }
  std::vector<std::int64_t> values;
  for (std::int64_t i = item.minimum; i <= item.maximum; ++i) {
    values.push_back(i);
  }
  return values;
}

// Every pair of legal values of which the second is worse: "a<b a<c". The
// formula must say the same of all pairs.
std::string Pairs(const Item& item, const std::string& worse) {
  const Worse message = Parse(worse);
  const Order order(item, message);
  z3::context z3;
  std::string pairs;
  for (const std::int64_t better : LegalValues(item)) {
    for (const std::int64_t bad : LegalValues(item)) {
      const bool is_worse = order.IsWorse(better, bad);
      const z3::expr formula = order.IsWorse(ConstantAnswer(z3, item, better),
                                             ConstantAnswer(z3, item, bad));
      EXPECT_EQ(formula.simplify().is_true(), is_worse) << better << " " << bad;
      EXPECT_EQ(formula.simplify().is_false(), !is_worse);
      if (is_worse) {
        absl::StrAppend(&pairs, pairs.empty() ? "" : " ", better, "<", bad);
      }
    }
  }
  EXPECT_EQ(order.IsOrdered(), !pairs.empty());
  return pairs;
}

TEST(OrderTest, ChainsAreTransitive) {
  EXPECT_EQ(Pairs(Letters(), R"(options { chains {
      levels { codes: "a" } levels { codes: "b" } levels { codes: "c" } } })"),
            "0<1 0<2 1<2");
}

TEST(OrderTest, LevelsHoldOptionsThatAreEquallyBad) {
  EXPECT_EQ(Pairs(Letters(), R"(options { chains {
      levels { codes: ["a", "b"] } levels { codes: ["c", "d"] } } })"),
            "0<2 0<3 1<2 1<3");
}

// d is worse than b, which is as bad as a; so is c.
TEST(OrderTest, EquallyBadOptionsAreSoInEveryChain) {
  EXPECT_EQ(Pairs(Letters(), R"(options {
      chains { levels { codes: ["a", "b"] } levels { codes: "c" } }
      chains { levels { codes: "b" } levels { codes: "d" } } })"),
            "0<2 0<3 1<2 1<3");
  EXPECT_EQ(Pairs(Letters(), R"(options {
      chains { levels { codes: "a" } levels { codes: ["b", "c"] } }
      chains { levels { codes: "c" } levels { codes: "d" } } })"),
            "0<1 0<2 0<3 1<3 2<3");
}

TEST(OrderTest, ChainsJoinAtTheirOptions) {
  EXPECT_EQ(Pairs(Letters(), R"(options {
      chains { levels { codes: "b" } levels { codes: "a" } }
      chains { levels { codes: "a" } levels { codes: "d" } } })"),
            "0<3 1<0 1<3");
}

TEST(OrderTest, NumbersGetWorseInTheirDirection) {
  EXPECT_EQ(Pairs(Whole(-1, 1), "direction: DIRECTION_UP"), "-1<0 -1<1 0<1");
  EXPECT_EQ(Pairs(Whole(-1, 1), "direction: DIRECTION_DOWN"), "0<-1 1<-1 1<0");
}

TEST(OrderTest, LargerSetsAreWorseAndTheExclusiveOptionIsTheEmptySet) {
  EXPECT_EQ(Pairs(Set(), "set_inclusion: true"),
            "1<2 1<4 1<6 1<8 1<10 1<12 1<14 2<6 2<10 2<14 4<6 4<12 4<14 6<14 "
            "8<10 8<12 8<14 10<14 12<14");
}

TEST(OrderTest, TrueIsWorse) {
  EXPECT_EQ(Pairs(Boolean(), "true_is_worse: true"), "0<1");
}

TEST(OrderTest, WithoutAnOrderNothingIsWorse) {
  EXPECT_EQ(Pairs(Letters(), "unordered: 'A test.'"), "");
}

// The codes of the options that are least.
std::string LeastOf(const std::string& worse) {
  const Item item = Letters();
  const Worse message = Parse(worse);
  const Order order(item, message);
  std::string codes;
  for (int i = 0; i < static_cast<int>(item.options.size()); ++i) {
    if (order.IsLeast(i)) codes += item.options[i].code;
  }
  return codes;
}

TEST(OrderTest, OptionsAreLeastThatNoneIsBetterThan) {
  EXPECT_EQ(LeastOf(R"(options { chains {
      levels { codes: "d" } levels { codes: "b" } levels { codes: "c" } } })"),
            "adunsure");
  EXPECT_EQ(LeastOf("unordered: 'A test.'"), "abcdunsure");
}

TEST(OrderTest, OptionsAreInAChainThatAreBetterOrWorse) {
  const Item item = Letters();
  const Worse message = Parse(R"(options { chains {
      levels { codes: "d" } levels { codes: "b" } } })");
  const Order order(item, message);
  EXPECT_TRUE(order.IsInChain(3));
  EXPECT_TRUE(order.IsInChain(1));
  EXPECT_FALSE(order.IsInChain(0));
  const Worse none = Parse("unordered: 'A test.'");
  EXPECT_FALSE(Order(item, none).IsInChain(0));
}

std::int64_t CalmOf(const Item& item, const std::string& worse) {
  const Worse message = Parse(worse);
  return Order(item, message).CalmValue();
}

TEST(OrderTest, TheCalmAnswerIsTheFirstThatWorriesLeast) {
  constexpr char kUp[] = "direction: DIRECTION_UP";
  constexpr char kDown[] = "direction: DIRECTION_DOWN";
  constexpr char kNone[] = "unordered: 'A test.'";
  EXPECT_EQ(CalmOf(Whole(-3, 9), kUp), -3);
  EXPECT_EQ(CalmOf(Whole(-3, 9), kDown), 9);
  EXPECT_EQ(CalmOf(Whole(-3, 9), kNone), -3);
  EXPECT_EQ(CalmOf(Boolean(), "true_is_worse: true"), 0);
  EXPECT_EQ(CalmOf(Set(), "set_inclusion: true"), 1);
  EXPECT_EQ(CalmOf(Letters(), kNone), 0);
  EXPECT_EQ(CalmOf(Letters(), R"(options { chains {
      levels { codes: ["c", "d"] } levels { codes: ["a", "b"] } } })"),
            2);
}

TEST(OrderTest, TheCalmAnswerIsNoneThatMeansUnknown) {
  Item item = Letters();
  std::swap(item.options[0], item.options[4]);
  EXPECT_EQ(CalmOf(item, "unordered: 'A test.'"), 1);
}

TEST(OrderTest, TheCalmSetOfOneWithoutAnExclusiveOptionIsItsFirst) {
  Item item = Set();
  item.exclusive_mask = 0;
  EXPECT_EQ(CalmOf(item, "set_inclusion: true"), 1);
  item.exclusive_mask = 0b1000;
  EXPECT_EQ(CalmOf(item, "set_inclusion: true"), 0b1000);
}

}  // namespace
}  // namespace plumbline::gate
