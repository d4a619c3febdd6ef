#include "content-service/gate/said_alike.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

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

  // Not asked, or not asked yet.
  SymbolicAnswer Open(const Item& item) { return NoAnswer(z3_, item); }

  // Asked, and there is no value.
  SymbolicAnswer Closed(const Item& item) {
    SymbolicAnswer answer = NoAnswer(z3_, item);
    answer.closed = z3_.bool_val(true);
    return answer;
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

// Of the other item it is no value; so whoever said it may have said anything.
TEST_F(SaidAlikeTest, DoesNotCompareWhatMeansUnknownOnOneSide) {
  const Item base = Choice({{.code = "a"}, {.code = "unsure"}});
  const Item target =
      Choice({{.code = "a"}, {.code = "unsure", .means_unknown = true}});
  EXPECT_TRUE(Alike(base, 1, target, 0));
  EXPECT_TRUE(Holds(base, ConstantAnswer(z3_, base, 1), target, Open(target)));
  EXPECT_TRUE(
      Holds(base, ConstantAnswer(z3_, base, 1), target, Closed(target)));
  EXPECT_TRUE(Alike(base, 0, target, 0));
  EXPECT_FALSE(
      Holds(base, ConstantAnswer(z3_, base, 0), target, Closed(target)));
}

TEST_F(SaidAlikeTest, TakesWhatMeansUnknownOnBothSidesForNoValue) {
  const Item item =
      Choice({{.code = "a"}, {.code = "unsure", .means_unknown = true}});
  EXPECT_TRUE(Holds(item, Closed(item), item, Closed(item)));
  EXPECT_FALSE(Holds(item, ConstantAnswer(z3_, item, 0), item, Closed(item)));
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

TEST_F(SaidAlikeTest, ComparesDecimalsOfOtherStepsWithinWhatBothTake) {
  const Item halves = Number(ItemType::kDecimal, -4, 20, 2);   // To 10.
  const Item fifths = Number(ItemType::kDecimal, -20, 25, 5);  // To 5.
  EXPECT_TRUE(Alike(halves, -4, fifths, -10));
  EXPECT_FALSE(Alike(halves, -4, fifths, 10));
  EXPECT_FALSE(Alike(halves, 10, fifths, 20));
  EXPECT_TRUE(Alike(halves, 10, fifths, 25));
  // 6, and -4: one takes it, the other does not.
  EXPECT_TRUE(Alike(halves, 12, fifths, 0));
  EXPECT_TRUE(Alike(halves, 0, fifths, -20));
  EXPECT_TRUE(
      Holds(halves, ConstantAnswer(z3_, halves, 12), fifths, Closed(fifths)));
}

TEST_F(SaidAlikeTest, RefusesToCountVeryManyValues) {
  const auto any = [this](const Item& item) {
    z3::expr_vector legal(z3_);
    return FreeAnswerIf(z3_.bool_val(true), item, "", legal);
  };
  const Item target = Number(ItemType::kDecimal, 0, 100, 5);
  const SymbolicAnswer one = ConstantAnswer(z3_, target, 1);
  const Item most = Number(ItemType::kDecimal, 0, 4095, 2);
  const Item more = Number(ItemType::kDecimal, 0, 4096, 2);
  EXPECT_NO_THROW(IsSaidAlike(most, any(most), target, one));
  EXPECT_THROW(IsSaidAlike(more, any(more), target, one), NotProvable);
  EXPECT_THROW(IsSaidAlike(target, one, more, any(more)), NotProvable);
  // Of one step they are not counted.
  const Item many = Number(ItemType::kDecimal, 0, 1'000'000'000'000, 5);
  EXPECT_NO_THROW(IsSaidAlike(many, any(many), target, one));
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

// Alone it is said alike; together it is foreign to the item that refuses it.
TEST_F(SaidAlikeTest, ComparesSetsOfWhatIsExclusiveOnOneSide) {
  const Item base = Set({{.code = "a"}, {.code = "b"}, {.code = "c"}});
  const Item target =
      Set({{.code = "a", .exclusive = true}, {.code = "b"}, {.code = "c"}});
  EXPECT_TRUE(Alike(base, 0b001, target, 0b001));
  EXPECT_FALSE(Alike(base, 0b001, target, 0b010));
  EXPECT_TRUE(Alike(base, 0b110, target, 0b110));
  EXPECT_FALSE(Alike(base, 0b110, target, 0b010));
  EXPECT_TRUE(Alike(base, 0b011, target, 0b100));
  EXPECT_TRUE(
      Holds(base, ConstantAnswer(z3_, base, 0b011), target, Closed(target)));
  EXPECT_FALSE(
      Holds(base, ConstantAnswer(z3_, base, 0b110), target, Closed(target)));
}

TEST_F(SaidAlikeTest, TellsNoAnswersApart) {
  for (const Item& item :
       {Choice({{.code = "a"}, {.code = "b"}}),
        Set({{.code = "a"}, {.code = "b"}}), Number(ItemType::kBoolean, 0, 0),
        Number(ItemType::kInteger, 0, 1), Number(ItemType::kDecimal, 0, 1)}) {
    const SymbolicAnswer one = ConstantAnswer(z3_, item, 1);
    EXPECT_TRUE(Holds(item, Open(item), item, Open(item)));
    EXPECT_TRUE(Holds(item, Closed(item), item, Closed(item)));
    EXPECT_FALSE(Holds(item, Open(item), item, Closed(item)));
    EXPECT_FALSE(Holds(item, one, item, Open(item)));
    EXPECT_FALSE(Holds(item, one, item, Closed(item)));
  }
}

TEST_F(SaidAlikeTest, ComparesAForeignValueWithNoAnswer) {
  const Item item = Choice({{.code = "a"}, {.code = "gone"}});
  const Item other = Choice({{.code = "a"}});
  EXPECT_FALSE(Holds(item, ConstantAnswer(z3_, item, 0), other, Closed(other)));
  EXPECT_TRUE(Holds(item, ConstantAnswer(z3_, item, 1), other, Closed(other)));
}

// The solver gives what is not answered a value, too.
TEST_F(SaidAlikeTest, DoesNotLookAtTheValueOfWhatIsNotAnswered) {
  const auto unsaid = [this](const Item& item, std::int64_t value) {
    SymbolicAnswer answer = ConstantAnswer(z3_, item, value);
    answer.answered = z3_.bool_val(false);
    return answer;
  };
  const Item one = Choice({{.code = "a"}, {.code = "gone"}});
  const Item two = Choice({{.code = "a"}});
  EXPECT_FALSE(Holds(one, unsaid(one, 1), two, Closed(two)));
  EXPECT_TRUE(Holds(one, unsaid(one, 1), two, Open(two)));
  const Item many = Set({{.code = "a"}, {.code = "gone"}});
  const Item few = Set({{.code = "a"}});
  EXPECT_FALSE(Holds(many, unsaid(many, 0b10), few, Closed(few)));
  EXPECT_TRUE(Holds(many, unsaid(many, 0b01), few, Open(few)));
  const Item wide = Number(ItemType::kDecimal, 0, 9, 2);
  const Item narrow = Number(ItemType::kDecimal, 0, 4, 2);
  const Item coarse = Number(ItemType::kDecimal, 0, 4, 1);
  EXPECT_FALSE(Holds(wide, unsaid(wide, 9), narrow, Closed(narrow)));
  EXPECT_TRUE(Holds(wide, unsaid(wide, 9), narrow, Open(narrow)));
  EXPECT_FALSE(Holds(wide, unsaid(wide, 9), coarse, Closed(coarse)));
  EXPECT_TRUE(Holds(wide, unsaid(wide, 9), coarse, Open(coarse)));
}

TEST_F(SaidAlikeTest, KnowsItemsThatTakeTheSame) {
  const Item a = Number(ItemType::kDecimal, 0, 20, 2);
  EXPECT_TRUE(TakeTheSame(a, a));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kInteger, 0, 20, 2)));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kDecimal, 0, 20, 4)));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kDecimal, 0, 21, 2)));
  EXPECT_FALSE(TakeTheSame(a, Number(ItemType::kDecimal, 1, 20, 2)));
  const Item b = Choice({{.code = "a"}, {.code = "b"}});
  EXPECT_TRUE(TakeTheSame(b, b));
  EXPECT_FALSE(TakeTheSame(b, Set({{.code = "a"}, {.code = "b"}})));
  EXPECT_FALSE(TakeTheSame(b, Choice({{.code = "b"}, {.code = "a"}})));
  EXPECT_FALSE(TakeTheSame(b, Choice({{.code = "a"}})));
  EXPECT_FALSE(TakeTheSame(
      b, Choice({{.code = "a"}, {.code = "b", .means_unknown = true}})));
  const Item c = Set({{.code = "a"}, {.code = "b"}});
  EXPECT_FALSE(
      TakeTheSame(c, Set({{.code = "a"}, {.code = "b", .exclusive = true}})));
}

TEST_F(SaidAlikeTest, DoesNotAskWhatIsMadeOfAnAnswer) {
  const Item a = Choice({{.code = "a"}, {.code = "b"}});
  Item b =
      Choice({{.code = "a"},
              {.code = "b", .at_least = pathway::Disposition::kEmergencyNow}});
  b.emergency = true;
  b.changeable = true;
  b.if_unknown = pathway::ItemPolicy();
  EXPECT_TRUE(TakeTheSame(a, b));
}

}  // namespace
}  // namespace plumbline::gate
