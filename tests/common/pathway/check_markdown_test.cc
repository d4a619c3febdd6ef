#include "common/pathway/check_markdown.h"

#include <gtest/gtest.h>

#include "common/pathway/fault.h"

namespace plumbline::pathway {
namespace {

Faults Check(const SourceText& source) {
  return CheckMarkdown(source, source.text(), "body");
}

TEST(CheckMarkdownTest, AcceptsText) {
  EXPECT_EQ(ToString(Check(SourceText("f",
                                      "# Heat\n"
                                      "\n"
                                      "Use **heat**, *15* minutes, 2 < 3.\n"
                                      "\n"
                                      "- one\n"
                                      "- two [with brackets]\n"
                                      "\n"
                                      "> quoted `code`\n"))),
            "");
}

TEST(CheckMarkdownTest, RefusesWhatIsNotShown) {
  EXPECT_EQ(ToString(Check(SourceText("f",
                                      "Caf\xC3\xA9 <b>x\n"
                                      "and ![i](x.png)\n"
                                      "\n"
                                      "<div>\n"
                                      "</div>\n"
                                      "\n"
                                      "- a [link](y)\n"
                                      "- see <http://example.org>\n"))),
            "f:1:6: body: raw HTML is not shown; write it in Markdown, or '<' "
            "as '\\<'\n"
            "f:2:5: body: images are not shown; say it in words\n"
            "f:4:1: body: raw HTML is not shown; write it in Markdown, or '<' "
            "as '\\<'\n"
            "f:7:5: body: links are not shown; name a source in 'sources' "
            "instead\n"
            "f:8:7: body: links are not shown; name a source in 'sources' "
            "instead\n");
}

TEST(CheckMarkdownTest, CountsLinesFromTheFile) {
  const SourceText source("f", "---\n---\nsee <i>\n");
  EXPECT_EQ(ToString(CheckMarkdown(source, source.text().substr(8), "body")),
            "f:3:5: body: raw HTML is not shown; write it in Markdown, or '<' "
            "as '\\<'\n");
}

}  // namespace
}  // namespace plumbline::pathway
