#include "common/pathway/compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class CompilerTest : public testing::Test {
 protected:
  const v1::Pathway message_;
  CompiledPathway pathway_;
  Locate locate_ = [](const std::string& path, int offset) {
    return Place{path, 1, offset};
  };
  Compiler compiler_{message_, pathway_, locate_};
};

TEST_F(CompilerTest, PathsShowIdsAndLocateByNumber) {
  const ElementPath path =
      ElementPath().Element("rules", 4, "R-E05").Field("when");
  EXPECT_EQ(path.shown, "rules[R-E05].when");
  EXPECT_EQ(path.numbered, "rules[4].when");
  EXPECT_EQ(ElementPath().Element("rules", 4).shown, "rules[4]");
}

TEST_F(CompilerTest, FaultsHaveTheirPlace) {
  compiler_.AddFault(ElementPath().Element("rules", 4, "R-E05"), "wrong", 7);
  EXPECT_THAT(compiler_.TakeFaults(),
              ElementsAre(Fault{"rules[R-E05]", "wrong", {"rules[4]", 1, 7}}));
}

TEST_F(CompilerTest, StopsAtAThousandFaults) {
  for (int i = 0; i < 2000; ++i) compiler_.AddFault({}, "wrong");
  EXPECT_TRUE(compiler_.IsFull());
  const Faults faults = compiler_.TakeFaults();
  ASSERT_THAT(faults, SizeIs(1001));
  EXPECT_EQ(faults.back().message, "more than 1000 faults; mend these");
}

TEST_F(CompilerTest, ListsAThousandFaultsWithoutSayingMore) {
  for (int i = 0; i < 1000; ++i) compiler_.AddFault({}, "wrong");
  EXPECT_FALSE(compiler_.IsFull());
  EXPECT_THAT(compiler_.TakeFaults(), SizeIs(1000));
}

TEST_F(CompilerTest, GathersNamesOnlyForFaultsThatAreListed) {
  int gathered = 0;
  for (int i = 0; i < 2000; ++i) {
    compiler_.AddUnknown({}, "item", "x", 1, [&gathered] {
      ++gathered;
      return std::vector<absl::string_view>{"y"};
    });
  }
  EXPECT_EQ(gathered, 1000);
}

TEST_F(CompilerTest, IdsAreShownWhereTheyAreUsable) {
  IndexById index;
  const std::vector<ElementPath> paths = compiler_.CheckIds(
      {}, "flags", "flag", {"A", "b", "A", ""}, kFlagForm, &index);
  EXPECT_EQ(paths[0].shown, "flags[A]");
  EXPECT_EQ(paths[1].shown, "flags[1]");
  EXPECT_EQ(paths[2].shown, "flags[2]");
  EXPECT_THAT(index, SizeIs(1));
  EXPECT_THAT(compiler_.TakeFaults(), SizeIs(3));
}

TEST_F(CompilerTest, TextsArePrintableLines) {
  const ElementPath path = ElementPath().Field("title");
  compiler_.CheckText(path, "Ein schöner Titel");
  compiler_.CheckText(path, "");
  compiler_.CheckText(path, "two\nlines");
  compiler_.CheckText(path, "bell\a");
  compiler_.CheckText(path, "blank ");
  compiler_.CheckText(path, "\xff");
  compiler_.CheckText(path, std::string(16385, 'a'));
  std::string messages;
  for (const Fault& fault : compiler_.TakeFaults()) {
    messages += fault.message + "\n";
  }
  EXPECT_EQ(messages,
            "required\n"
            "holds a line break or another control character; write one line\n"
            "holds a line break or another control character; write one line\n"
            "begins or ends with blanks; leave them out\n"
            "is not UTF-8\n"
            "has 16385 bytes; at most 16384 are allowed\n");
}

TEST_F(CompilerTest, FlagsAreNumberedByFirstMention) {
  EXPECT_EQ(compiler_.FlagIndex("B"), 0);
  EXPECT_EQ(compiler_.FlagIndex("A"), 1);
  EXPECT_EQ(compiler_.FlagIndex("B"), 0);
  EXPECT_THAT(pathway_.flags, ElementsAre("B", "A"));
}

}  // namespace
}  // namespace plumbline::pathway
