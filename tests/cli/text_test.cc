#include "cli/text.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

TEST(FillTest, BreaksLinesBeforeTheyAreTooLong) {
  const std::string word(40, 'a');
  EXPECT_EQ(Fill(word + " " + word, "- ", "  "),
            "- " + word + "\n  " + word + "\n");
}

TEST(FillTest, FoldsWhiteSpace) {
  EXPECT_EQ(Fill("one\n  two", "", ""), "one two\n");
}

TEST(FillTest, KeepsAWordThatIsLongerThanALine) {
  const std::string word(100, 'a');
  EXPECT_EQ(Fill(word, "", ""), word + "\n");
}

TEST(FillMarkdownTest, KeepsParagraphsAndListsAndDropsEmphasis) {
  EXPECT_EQ(FillMarkdown("Go **now**.\n\n- one\n  more\n- two\n", "  "),
            "  Go now.\n\n  - one more\n  - two\n");
}

}  // namespace
}  // namespace plumbline::cli
