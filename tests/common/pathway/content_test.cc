#include "common/pathway/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/pathway/texts.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The wire form of field `number`, a length-delimited `value`.
std::string Field(int number, const std::string& value) {
  std::string bytes;
  for (unsigned tag = static_cast<unsigned>(number) << 3 | 2; tag != 0;
       tag >>= 7) {
    bytes += static_cast<char>((tag & 0x7F) | (tag >= 0x80 ? 0x80 : 0));
  }
  return bytes + static_cast<char>(value.size()) + value;
}

TEST(ContentTest, LoadsWhatItMade) {
  const std::string content = ToContent(ExampleMessage());
  const auto pathway = LoadContent(content);
  ASSERT_THAT(pathway, IsOk());
  EXPECT_EQ((*pathway)->digest, trust::Sha256Hex(content));
  EXPECT_EQ((*pathway)->pathway_id, "ankle");
  EXPECT_EQ(ToContent(*(*pathway)->source), content);
}

TEST(ContentTest, RefusesMoreThanTheLimit) {
  const std::string content = ToContent(ExampleMessage());
  EXPECT_THAT(LoadContent(content, 100),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       absl::StrCat("content refused: it has ", content.size(),
                                    " bytes; at most 100 are allowed")));
}

TEST(ContentTest, RefusesBytesThatAreCut) {
  const std::string content = ToContent(ExampleMessage());
  EXPECT_THAT(LoadContent(content.substr(0, content.size() - 1)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "content refused: the bytes are not a pathway; they may "
                       "be cut or damaged"));
}

TEST(ContentTest, RefusesAFlippedByteOrLoadsExactlyThat) {
  const std::string content = ToContent(ExampleMessage());
  int refused = 0;
  for (std::size_t i = 0; i < content.size(); i += 31) {
    std::string flipped = content;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    const auto pathway = LoadContent(flipped);
    if (!pathway.ok()) {
      ++refused;
      continue;
    }
    EXPECT_EQ(ToContent(*(*pathway)->source), flipped) << i;
    EXPECT_EQ((*pathway)->digest, trust::Sha256Hex(flipped)) << i;
  }
  EXPECT_GT(refused, 20);
}

TEST(ContentTest, RefusesUnknownFieldsAtAnyDepth) {
  EXPECT_THAT(LoadContent(ToContent(ExampleMessage()) + Field(99, "new")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "content refused: this engine does not know the field "
                       "#99; skipping it could hide an emergency"));
  v1::Pathway message = ExampleMessage();
  ASSERT_TRUE(
      message.mutable_items(2)->mutable_integer_range()->MergeFromString(
          Field(50, "new")));
  EXPECT_THAT(LoadContent(ToContent(message)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "content refused: this engine does not know the field "
                       "items[2].integer_range.#50; skipping it could hide an "
                       "emergency"));
}

TEST(ContentTest, RefusesBytesThatAreNotCanonical) {
  EXPECT_THAT(LoadContent(ToContent(ExampleMessage()) + Field(2, "Other")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "content refused: the bytes are not in canonical form"));
}

// The files of a pathway are checked so; what comes over the wire no less.
TEST(ContentTest, RefusesGuidanceThatIsNotShownInAnyLocale) {
  v1::Pathway message = ExampleMessage();
  AddSpanish("", message);
  ASSERT_THAT(LoadContent(ToContent(message)), IsOk());
  message.mutable_guidance(0)->mutable_texts(0)->set_body("<script>x");
  message.mutable_guidance(1)->mutable_texts(1)->set_body("[x](http://y.z)");
  message.mutable_guidance(2)->mutable_texts(1)->set_body("a\x01z");
  EXPECT_THAT(
      LoadContent(ToContent(message)),
      StatusIs(
          absl::StatusCode::kInvalidArgument,
          "content refused: it has faults\n"
          "guidance[go-now].texts[en].body: raw HTML is not shown; write it "
          "in Markdown, or '<' as '\\<'\n"
          "guidance[crisis-line].texts[es].body: links are not shown; name a "
          "source in 'sources' instead\n"
          "guidance[call-us].texts[es].body: control character 0x01; only "
          "line feeds and tabs belong in a text\n"));
}

TEST(ContentTest, NeedsAnEngineThatIsNewEnough) {
  v1::Pathway message = ExampleMessage();
  message.set_engine_version_min(2);
  const std::string newer = ToContent(message) + Field(99, "new");
  EXPECT_THAT(LoadContent(newer),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "content refused: it needs engine 2, this is engine 1"));
}

TEST(ContentTest, NamesEveryFaultOfThePathway) {
  v1::Pathway message = ExampleMessage();
  message.clear_title();
  message.mutable_rules(0)->set_when("em.bon == 'yes'");
  EXPECT_THAT(LoadContent(ToContent(message)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "content refused: it has faults\n"
                       "title: required\n"
                       "rules[R-E01].when: no item 'em.bon'; did you mean "
                       "'em.bone'?\n"));
}

TEST(ContentTest, RefusesAnEmptyPathway) {
  EXPECT_THAT(LoadContent(""),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       StartsWith("content refused: it has faults\n"
                                  "pathway_id: required: ")));
}

}  // namespace
}  // namespace plumbline::pathway
