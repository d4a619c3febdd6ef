#include "common/pathway/check_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {
namespace {

// One line a fault, each with what stands there in `body`.
std::string Check(const std::string& body) {
  std::string lines;
  for (const MarkdownFault& fault : CheckMarkdown(body)) {
    absl::StrAppend(&lines, "at '", body.substr(fault.offset, 3),
                    "': ", fault.message, "\n");
  }
  return lines;
}

TEST(CheckMarkdownTest, AcceptsText) {
  EXPECT_EQ(Check("# Heat\n"
                  "\n"
                  "Use **heat**, *15* minutes,\t2 < 3.\n"
                  "\n"
                  "- one\n"
                  "- two [with brackets]\n"
                  "\n"
                  "> quoted `code`\n"),
            "");
  EXPECT_EQ(Check(""), "");
}

TEST(CheckMarkdownTest, RefusesWhatIsNotShown) {
  EXPECT_EQ(
      Check("Caf\xC3\xA9 <b>x\n"
            "and ![i](x.png)\n"
            "\n"
            "<div>\n"
            "</div>\n"
            "\n"
            "- a [link](y)\n"
            "- see <http://example.org>\n"),
      "at '<b>': raw HTML is not shown; write it in Markdown, or '<' as '\\<'\n"
      "at '![i': images are not shown; say it in words\n"
      "at '<di': raw HTML is not shown; write it in Markdown, or '<' as '\\<'\n"
      "at '[li': links are not shown; name a source in 'sources' instead\n"
      "at '<ht': links are not shown; name a source in 'sources' instead\n");
}

TEST(CheckMarkdownTest, RefusesControlCharactersByTheirNumbers) {
  for (const char* body : {"Hold &#2; ice", "Hold &#x1b; ice"}) {
    EXPECT_THAT(Check(body), ::testing::HasSubstr("holds a control character "
                                                  "by its number; leave it "
                                                  "out\n"))
        << body;
  }
  EXPECT_EQ(Check("90 &deg;F, `a&b`"), "");
}

TEST(CheckMarkdownTest, RefusesControlCharacters) {
  EXPECT_EQ(Check("a\x1b[1m"),
            "at '\x1b[1': control character 0x1B; only line feeds and tabs "
            "belong in a text\n");
  EXPECT_EQ(Check("a\rbc"),
            "at '\rbc': control character 0x0D; only line feeds and tabs "
            "belong in a text\n");
}

}  // namespace
}  // namespace plumbline::pathway
