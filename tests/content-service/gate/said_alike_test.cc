#include "content-service/gate/said_alike.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::gate {
namespace {

using pathway::Item;
using pathway::ItemType;

Item Choice(std::vector<pathway::Option> options) {
  Item item;
  item.type = ItemType::kChoice;
  item.options = std::move(options);
  return item;
}

Item Set(std::vector<pathway::Option> options) {
  Item item = Choice(std::move(options));
  item.type = ItemType::kMultiChoice;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if (item.options[i].exclusive) item.exclusive_mask |= std::uint64_t{1} << i;
  }
  return item;
}

Item Number(ItemType type, std::int64_t minimum, std::int64_t maximum,
            std::int64_t scale = 1) {
  Item item;
  item.type = type;
  item.minimum = minimum;
  item.maximum = maximum;
  item.scale = scale;
  return item;
}

class SaidAlikeTest : public ::testing::Test {
 protected:
  // Of two slot values.
  bool Alike(const Item& a_item, std::int64_t a, const Item& b_item,
             std::int64_t b) {
    return Holds(a_item, ConstantAnswer(z3_, a_item, a), b_item,
                 ConstantAnswer(z3_, b_item, b));
  }

  bool Holds(const Item& a_item, const SymbolicAnswer& a, const Item& b_item,
             const SymbolicAnswer& b) {
    const z3::expr alike = IsSaidAlike(a_item, a, b_item, b).simplify();
    const z3::expr mirrored = IsSaidAlike(b_item, b, a_item, a).simplify();
    EXPECT_TRUE(alike.is_true() || alike.is_false()) << alike;
    EXPECT_EQ(alike.is_true(), mirrored.is_true());
    return alike.is_true();
  }

  z3::context z3_;
};

TEST_F(SaidAlikeTest, ComparesChoicesByTheirCodes) {
  const Item base = Choice({{.code = "a"}, {.code = "b"}, {.code = "gone"}});
  const Item target = Choice({{.code = "b"}, {.code = "a"}, {.code = "new"}});
  EXPECT_TRUE(Alike(base, 0, target, 1));
  EXPECT_FALSE(Alike(base, 0, target, 0));
  // Who said what is gone may say anything, and what is new may have been
  // anything.
  EXPECT_TRUE(Alike(base, 2, target, 0));
  EXPECT_TRUE(Alike(base, 0, target, 2));
}

TEST_F(SaidAlikeTest, TakesWhatMeansUnknownOnOneSideForNoAnswer) {
  const Item base = Choice({{.code = "a"}, {.code = "unsure"}});
  const Item target =
      Choice({{.code = "a"}, {.code = "unsure", .means_unknown = true}});
  EXPECT_TRUE(Alike(base, 1, target, 0));
  EXPECT_FALSE(TakeTheSame(base, target));
}

TEST_F(SaidAlikeTest, ComparesIntegersWithinWhatBothTake) {
  const Item base = Number(ItemType::kInteger, 0, 10);
  const Item target = Number(ItemType::kInteger, 2, 8);
  EXPECT_TRUE(Alike(base, 5, target, 5));
  EXPECT_FALSE(Alike(base, 5, target, 6));
  EXPECT_TRUE(Alike(base, 9, target, 6));
  EXPECT_TRUE(Alike(base, 1, target, 8));
}

TEST_F(SaidAlikeTest, ComparesDecimalsByWhatTheyStandFor) {
  const Item halves = Number(ItemType::kDecimal, 0, 20, 2);
  const Item fifths = Number(ItemType::kDecimal, 0, 50, 5);
  EXPECT_TRUE(Alike(halves, 4, fifths, 10));
  EXPECT_FALSE(Alike(halves, 4, fifths, 15));
  EXPECT_TRUE(Alike(halves, 1, fifths, 15));
  EXPECT_TRUE(Alike(halves, 4, fifths, 1));
  const Item same = Number(ItemType::kDecimal, 4, 10, 2);
  EXPECT_FALSE(Alike(halves, 4, same, 5));
  EXPECT_TRUE(Alike(halves, 3, same, 5));
}

TEST_F(SaidAlikeTest, RefusesToCountVeryManyValues) {
  const Item base = Number(ItemType::kDecimal, 0, 10'000, 2);
  const Item target = Number(ItemType::kDecimal, 0, 100, 5);
  z3::expr_vector legal(z3_);
  const SymbolicAnswer any = FreeAnswerIf(z3_.bool_val(true), base, "", legal);
  EXPECT_THROW(IsSaidAlike(base, any, target, ConstantAnswer(z3_, target, 1)),
               NotProvable);
}

TEST_F(SaidAlikeTest, ComparesBooleans) {
  const Item item = Number(ItemType::kBoolean, 0, 0);
  EXPECT_TRUE(Alike(item, 1, item, 1));
  EXPECT_FALSE(Alike(item, 1, item, 0));
}

TEST_F(SaidAlikeTest, ComparesSetsByTheirCodes) {
  const Item base = Set({{.code = "none", .exclusive = true},
                         {.code = "a"},
                         {.code = "b"},
                         {.code = "gone"}});
  const Item target =
      Set({{.code = "b"}, {.code = "a", .exclusive = true}, {.code = "none"}});
  EXPECT_TRUE(Alike(base, 0b0010, target, 0b010));
  EXPECT_FALSE(Alike(base, 0b0010, target, 0b001));
  EXPECT_TRUE(Alike(base, 0b1010, target, 0b001));
  // Not together any more, or only now.
  EXPECT_TRUE(Alike(base, 0b0110, target, 0b100));
  EXPECT_TRUE(Alike(base, 0b0010, target, 0b101));
}

TEST_F(SaidAlikeTest, TellsNoAnswersApart) {
  const Item item = Choice({{.code = "a"}, {.code = "gone"}});
  const Item other = Choice({{.code = "a"}});
  const SymbolicAnswer open = NoAnswer(z3_, item);
  SymbolicAnswer closed = NoAnswer(z3_, other);
  EXPECT_TRUE(Holds(item, open, other, closed));
  closed.closed = z3_.bool_val(true);
  EXPECT_FALSE(Holds(item, open, other, closed));
  EXPECT_FALSE(Holds(item, ConstantAnswer(z3_, item, 0), other, closed));
  EXPECT_TRUE(Holds(item, ConstantAnswer(z3_, item, 1), other, closed));
}

TEST_F(SaidAlikeTest, KnowsItemsThatTakeTheSame) {
  const Item a = Number(ItemType::kDecimal, 0, 20, 2);
  EXPECT_TRUE(TakeTheSame(a, a));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kDecimal, 0, 20, 4)));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kDecimal, 0, 21, 2)));
  EXPECT_FALSE(TakeTheSame(Choice({{.code = "a"}, {.code = "b"}}),
                           Choice({{.code = "b"}, {.code = "a"}})));
  EXPECT_FALSE(TakeTheSame(Choice({{.code = "a"}}), Choice({})));
}

}  // namespace
}  // namespace plumbline::gate
