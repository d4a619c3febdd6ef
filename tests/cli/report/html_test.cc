#include "cli/report/html.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

TEST(HtmlTest, NestsElements) {
  Html html;
  html.Element("p", {{"class", "a"}, {"id", "b"}}, [&] {
    html.Write("one ");
    html.Text("b", "two");
  });
  EXPECT_EQ(html.page(), "<p class=\"a\" id=\"b\">one <b>two</b></p>");
}

TEST(HtmlTest, LetsNoTextBeHtml) {
  Html html;
  html.Text("p", {{"title", "\"><script>"}}, "a < b && c > \"d\"");
  EXPECT_EQ(html.page(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp;&amp; c &gt; "
            "&quot;d&quot;</p>");
}

TEST(HtmlTest, LeavesHtmlAsItIs) {
  Html html;
  html.Raw("<br>");
  EXPECT_EQ(html.page(), "<br>");
}

}  // namespace
}  // namespace plumbline::cli
