#include "cli/report/items_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::cli {
namespace {

using ::testing::HasSubstr;

// The row of an item.
std::string RowOf(const std::string& link_id) {
  const auto pathway = pathway::ExamplePathway();
  Html html;
  WriteItemsPicture(*pathway, html);
  const std::string& page = html.page();
  const std::size_t begin =
      page.find(absl::StrCat("<a href=\"#items/", link_id, "\">"));
  EXPECT_NE(begin, std::string::npos) << link_id;
  if (begin == std::string::npos) return "";
  return page.substr(begin, page.find("<a ", begin + 1) - begin);
}

TEST(ItemsPictureTest, ShowsWhichRulesReadAnItem) {
  const std::string row = RowOf("em.bone");
  EXPECT_THAT(row, HasSubstr(">em.bone</text>"));
  EXPECT_THAT(row, HasSubstr("class=\"d5\""));
  EXPECT_THAT(row, HasSubstr("class=\"count\">1</text>"));
  EXPECT_THAT(row, ::testing::Not(HasSubstr("class=\"d3\"")));
}

TEST(ItemsPictureTest, RingsWhatAnItemLeftOpenGives) {
  EXPECT_THAT(RowOf("em.bone"), HasSubstr("class=\"ring d4\""));
  EXPECT_THAT(RowOf("pt.age"), ::testing::Not(HasSubstr("class=\"ring")));
}

}  // namespace
}  // namespace plumbline::cli
