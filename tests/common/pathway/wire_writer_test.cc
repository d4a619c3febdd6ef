#include "common/pathway/wire_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "plumbline/pathway/v1/answer.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {
namespace {

TEST(WireWriterTest, LeavesOutScalarsThatHaveTheirDefault) {
  WireWriter writer;
  writer.AddInteger(1, 0);
  writer.AddBool(2, false);
  writer.AddDouble(3, 0.0);
  writer.AddString(4, "");
  EXPECT_EQ(writer.Take(), "");
}

TEST(WireWriterTest, WritesElementsEvenWhereTheyAreEmpty) {
  WireWriter writer;
  writer.AddElement(4, "");
  EXPECT_EQ(writer.Take(), std::string("\x22\x00", 2));
}

TEST(WireWriterTest, IsEmptyAfterTake) {
  WireWriter writer;
  writer.AddString(1, "a");
  EXPECT_EQ(writer.Take(),
            "\x0a\x01"
            "a");
  EXPECT_EQ(writer.Take(), "");
}

TEST(WireWriterTest, IntegersHaveTheBytesOfProtobuf) {
  for (const std::int64_t value :
       {std::int64_t{1}, std::int64_t{127}, std::int64_t{128},
        std::int64_t{300}, std::int64_t{-1},
        std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::int64_t>::max()}) {
    v1::IntegerRange message;
    message.set_minimum(value);
    WireWriter writer;
    writer.AddInteger(v1::IntegerRange::kMinimumFieldNumber, value);
    EXPECT_EQ(writer.Take(), message.SerializeAsString()) << value;
  }
}

TEST(WireWriterTest, NegativeInt32TakesTenBytesAsInProtobuf) {
  v1::GuidanceRecord message;
  message.set_revision(-7);
  WireWriter writer;
  writer.AddInteger(v1::GuidanceRecord::kRevisionFieldNumber, -7);
  EXPECT_EQ(writer.Take(), message.SerializeAsString());
}

TEST(WireWriterTest, DoublesHaveTheBytesOfProtobuf) {
  for (const double value :
       {1.0, -0.0, 100.4, 1e300, std::numeric_limits<double>::denorm_min()}) {
    v1::Parameter message;
    message.set_value(value);
    WireWriter writer;
    writer.AddDouble(v1::Parameter::kValueFieldNumber, value);
    EXPECT_EQ(writer.Take(), message.SerializeAsString()) << value;
  }
}

TEST(WireWriterTest, FieldNumbersAboveFifteenTakeTwoBytes) {
  v1::Pathway message;
  message.add_cases()->set_case_id(std::string(200, 'x'));
  WireWriter element;
  element.AddString(v1::Case::kCaseIdFieldNumber, std::string(200, 'x'));
  WireWriter writer;
  writer.AddElement(v1::Pathway::kCasesFieldNumber, element.Take());
  EXPECT_EQ(writer.Take(), message.SerializeAsString());
}

}  // namespace
}  // namespace plumbline::pathway
