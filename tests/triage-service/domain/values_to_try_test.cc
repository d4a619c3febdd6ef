#include "triage-service/domain/values_to_try.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_instrument.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/triage-service/support/ankle_rules.h"

namespace plumbline::triage {

void PrintTo(const ValueToTry& value, std::ostream* out) {
  *out << "{" << value.value << ", " << value.steps << "}";
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kTaken = 4;
constexpr int kNow = 5;
constexpr int kDays = 6;

// A pathway in which everything may be changed, and nothing reads an item but
// `conditions`.
pathway::v1::Pathway Message(const std::vector<std::string>& conditions) {
  pathway::v1::Pathway message = AnkleWithRules(conditions);
  AddRule("true", pathway::v1::DISPOSITION_ROUTINE, message);
  message.clear_definitions();
  for (pathway::v1::Item& item : *message.mutable_items()) {
    item.set_changeable(true);
  }
  return message;
}

ValuesToTry ValuesIn(const pathway::v1::Pathway& message,
                     const std::string& link_id, const std::string& answer) {
  const auto pathway = pathway::CompileOrDie(message);
  const std::string answers =
      answer.empty()
          ? ""
          : absl::StrCat("answers { link_id: '", link_id, "' ", answer, " }");
  return FindValuesToTry(*pathway,
                         pathway::CheckText(*pathway, answers)
                             .intake)[pathway->item_by_link_id.at(link_id)];
}

// Of an item that may be changed; complete.
std::vector<ValueToTry> Values(const std::vector<std::string>& conditions,
                               const std::string& link_id,
                               const std::string& answer) {
  const ValuesToTry values = ValuesIn(Message(conditions), link_id, answer);
  EXPECT_TRUE(values.complete);
  return values.values;
}

TEST(ValuesToTryTest, OfWhatMayNotBeChangedThereAreNone) {
  const auto pathway = pathway::ExamplePathway();
  for (const ValuesToTry& values :
       FindValuesToTry(*pathway, pathway::Intake(pathway->items.size()))) {
    EXPECT_THAT(values.values, IsEmpty());
  }
}

TEST(ValuesToTryTest, OptionsAreAsFarAsTheyStandApart) {
  EXPECT_THAT(Values({}, "em.bone", "code: 'no'"),
              ElementsAre(ValueToTry{1, 1}));
  EXPECT_THAT(Values({}, "em.bone", "code: 'yes'"),
              ElementsAre(ValueToTry{0, 1}));
  pathway::v1::Pathway message = Message({});
  pathway::v1::Option& more = *message.mutable_items(0)->add_options();
  more.set_code("many");
  more.set_text("Many");
  EXPECT_THAT(ValuesIn(message, "em.bone", "code: 'no'").values,
              ElementsAre(ValueToTry{1, 1}, ValueToTry{3, 3}));
}

TEST(ValuesToTryTest, AnAnswerWhereThereWasNoneIsOneStep) {
  EXPECT_THAT(Values({}, "em.bone", ""),
              ElementsAre(ValueToTry{0, 1}, ValueToTry{1, 1}));
  EXPECT_THAT(Values({}, "em.bone", "code: 'unsure'"),
              ElementsAre(ValueToTry{0, 1}, ValueToTry{1, 1}));
  EXPECT_THAT(Values({}, "em.cold", ""),
              ElementsAre(ValueToTry{0, 1}, ValueToTry{1, 1}));
  EXPECT_THAT(
      Values({"pain.now >= 7"}, "pain.now", "no_value: NO_VALUE_UNSURE"),
      ElementsAre(ValueToTry{0, 1}, ValueToTry{7, 1}, ValueToTry{8, 1}));
}

TEST(ValuesToTryTest, NumbersAreTheNearestOfThoseThatDecideAlike) {
  const std::vector<std::string> conditions = {
      "pain.now >= 7", "pain.now == 5", "5 < pain.now && pain.now in [5, 9]"};
  EXPECT_THAT(
      Values(conditions, "pain.now", "integer: 3"),
      ElementsAre(ValueToTry{5, 2}, ValueToTry{6, 3}, ValueToTry{7, 4},
                  ValueToTry{8, 5}, ValueToTry{9, 6}, ValueToTry{10, 7}));
  EXPECT_THAT(
      Values(conditions, "pain.now", "integer: 8"),
      ElementsAre(ValueToTry{7, 1}, ValueToTry{9, 1}, ValueToTry{6, 2},
                  ValueToTry{10, 2}, ValueToTry{5, 3}, ValueToTry{4, 4}));
  EXPECT_THAT(Values({}, "pain.now", "integer: 8"), IsEmpty());
  EXPECT_THAT(Values({}, "pain.now", ""), ElementsAre(ValueToTry{0, 1}));
}

// Slot values of pain.days are half days.
TEST(ValuesToTryTest, DecimalsGoByTheirSteps) {
  EXPECT_THAT(
      Values({"pain.days > 2.0", "pain.days > 2.2"}, "pain.days", "decimal: 1"),
      ElementsAre(ValueToTry{4, 2}, ValueToTry{5, 3}));
  EXPECT_THAT(Values({"pain.days == 2.0"}, "pain.days", "decimal: 1"),
              ElementsAre(ValueToTry{4, 2}, ValueToTry{5, 3}));
  EXPECT_THAT(Values({"pain.days > 2"}, "pain.days", "decimal: 9"),
              ElementsAre(ValueToTry{4, 14}, ValueToTry{3, 15}));
}

TEST(ValuesToTryTest, NumbersThatAreCalculatedWithAreAllTried) {
  EXPECT_THAT(Values({"pain.now + 1 >= 7"}, "pain.now", "integer: 3"),
              SizeIs(10));
  EXPECT_THAT(Values({"-pain.now >= -7"}, "pain.now", "integer: 3"),
              SizeIs(10));
  EXPECT_THAT(
      Values({"(em.cold ? pain.now : 0) >= 7"}, "pain.now", "integer: 3"),
      SizeIs(10));
  pathway::v1::Pathway message = Message({"copy >= 7"});
  pathway::v1::Definition& copy = *message.add_definitions();
  copy.set_name("copy");
  copy.set_expression("pain.now");
  copy.set_rationale("A test.");
  EXPECT_THAT(ValuesIn(message, "pain.now", "integer: 3").values, SizeIs(10));
  // The items of a score.
  EXPECT_THAT(
      Values({}, "mood.low", "integer: 3"),
      ElementsAre(ValueToTry{2, 1}, ValueToTry{1, 2}, ValueToTry{0, 3}));
}

// Of its options nothing but the score reads any.
TEST(ValuesToTryTest, OptionsThatAScoreCountsAreAllTried) {
  pathway::v1::Pathway message = Message({"score.ticks >= 2"});
  pathway::AddTicks(message);
  const ValuesToTry values =
      ValuesIn(message, "med.taken", "codes { codes: 'nsaid' }");
  EXPECT_TRUE(values.complete);
  // The sets of options 0, exclusive, 1 and 2, one bit each.
  EXPECT_THAT(values.values, ElementsAre(ValueToTry{1, 1}, ValueToTry{6, 1},
                                         ValueToTry{4, 2}));
}

TEST(ValuesToTryTest, TooManyNumbersAreNotComplete) {
  pathway::v1::Pathway message =
      Message({"pain.now + 1 >= 7 || pain.now >= 1000"});
  message.mutable_items(kNow)->mutable_integer_range()->set_maximum(5000);
  const ValuesToTry values = ValuesIn(message, "pain.now", "integer: 3");
  EXPECT_FALSE(values.complete);
  EXPECT_THAT(values.values,
              ElementsAre(ValueToTry{1000, 997}, ValueToTry{1001, 998}));
}

constexpr char kNone[] = "codes { codes: 'none' }";

// none, nsaid, opioid: bits 1, 2, 4.
TEST(ValuesToTryTest, SetsDifferInTheOptionsThatAreAskedFor) {
  EXPECT_THAT(Values({"'nsaid' in med.taken"}, "med.taken", kNone),
              ElementsAre(ValueToTry{2, 1}, ValueToTry{4, 1}));
  EXPECT_THAT(Values({"'nsaid' in med.taken"}, "med.taken",
                     "codes { codes: 'nsaid' codes: 'opioid' }"),
              ElementsAre(ValueToTry{4, 1}, ValueToTry{1, 2}));
  EXPECT_THAT(
      Values({"'nsaid' in med.taken"}, "med.taken", ""),
      ElementsAre(ValueToTry{1, 1}, ValueToTry{2, 1}, ValueToTry{4, 1}));
}

TEST(ValuesToTryTest, EveryOptionCountsWhereTheSizeOfASetIsAskedFor) {
  EXPECT_THAT(
      Values({"size(med.taken) >= 2"}, "med.taken", kNone),
      ElementsAre(ValueToTry{2, 1}, ValueToTry{4, 1}, ValueToTry{6, 2}));
}

TEST(ValuesToTryTest, TooManyOptionsAreNotComplete) {
  pathway::v1::Pathway message = Message({"size(med.taken) >= 2"});
  for (int i = 0; i < 20; ++i) {
    pathway::v1::Option& more = *message.mutable_items(kTaken)->add_options();
    more.set_code(absl::StrCat("o", i));
    more.set_text(absl::StrCat("Another ", i));
  }
  const ValuesToTry values = ValuesIn(message, "med.taken", kNone);
  EXPECT_FALSE(values.complete);
  // One or two of 22.
  EXPECT_THAT(values.values, SizeIs(22 + 22 * 21 / 2));
}

TEST(ValuesToTryTest, AWideRangeIsNoTrouble) {
  pathway::v1::Pathway message = Message({"pain.days >= 999999.5"});
  message.mutable_items(kDays)->mutable_decimal_range()->set_maximum(1e9);
  const ValuesToTry values = ValuesIn(message, "pain.days", "decimal: 0");
  EXPECT_TRUE(values.complete);
  EXPECT_THAT(values.values, ElementsAre(ValueToTry{1'999'999, 1'999'999},
                                         ValueToTry{2'000'000, 2'000'000}));
}

}  // namespace
}  // namespace plumbline::triage
