#include "content-service/domain/diff_elements.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace plumbline::content {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

pathway::v1::Pathway Parse(const std::string& text) {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &pathway));
  return pathway;
}

// "element KIND: before -> after", each without line feeds.
std::vector<std::string> Diff(const std::string& base,
                              const std::string& target) {
  std::vector<std::string> texts;
  for (const v1::ElementChange& change :
       DiffElements(Parse(base), Parse(target))) {
    texts.push_back(absl::StrCat(
        change.element(), " ", v1::ElementChange::Kind_Name(change.kind()),
        ": ", change.before(), " -> ", change.after()));
  }
  return texts;
}

TEST(DiffElementsTest, OfTheSameIsNothing) {
  const char* const text = R"(
      pathway_id: "p" items { link_id: "a" options { code: "x" } }
      rules { rule_id: "R" when: "a" })";
  EXPECT_THAT(Diff(text, text), IsEmpty());
}

TEST(DiffElementsTest, NamesTheFieldsThatChange) {
  EXPECT_THAT(
      Diff(R"(title: "Old"
              items { link_id: "a.b" prompt: "How?"
                      options { code: "x" text: "X"
                                at_least: DISPOSITION_ROUTINE }
                      integer_range { minimum: 0 maximum: 10 } }
              rules { rule_id: "R" when: "x >= 1"
                      disposition: DISPOSITION_ROUTINE })",
           R"(title: "New"
              items { link_id: "a.b" prompt: "How?"
                      options { code: "x" text: "X" }
                      integer_range { minimum: 0 maximum: 12 } }
              rules { rule_id: "R" when: "x >= 2"
                      disposition: DISPOSITION_SAME_DAY })"),
      ElementsAre("title KIND_CHANGED: Old -> New",
                  "items/a.b/options/x/at_least KIND_REMOVED: "
                  "DISPOSITION_ROUTINE -> ",
                  "items/a.b/integer_range/maximum KIND_CHANGED: 10 -> 12",
                  "rules/R/when KIND_CHANGED: x >= 1 -> x >= 2",
                  "rules/R/disposition KIND_CHANGED: DISPOSITION_ROUTINE -> "
                  "DISPOSITION_SAME_DAY"));
}

TEST(DiffElementsTest, TellsWhatIsRemovedBeforeWhatIsAdded) {
  EXPECT_THAT(
      Diff(R"(rules { rule_id: "R-1" when: "a" } rules { rule_id: "R-2" })",
           R"(rules { rule_id: "R-2" flag: "F" } rules { rule_id: "R-3" })"),
      ElementsAre("rules/R-1 KIND_REMOVED: rule_id: \"R-1\"\nwhen: \"a\"\n -> ",
                  "rules/R-2/flag KIND_ADDED:  -> F",
                  "rules/R-3 KIND_ADDED:  -> rule_id: \"R-3\"\n"));
}

// 0 is a number, and false is a word.
TEST(DiffElementsTest, TellsWhatIsNeverAbsentAsChanged) {
  EXPECT_THAT(Diff(R"(items { link_id: "a" integer_range { maximum: 9 } })",
                   R"(items { link_id: "a" emergency: true
                      integer_range { minimum: 5 maximum: 9 } })"),
              ElementsAre("items/a/integer_range/minimum KIND_CHANGED: 0 -> 5",
                          "items/a/emergency KIND_CHANGED: false -> true"));
}

TEST(DiffElementsTest, TellsAnotherOrder) {
  EXPECT_THAT(Diff(R"(items { link_id: "a" } items { link_id: "b" })",
                   R"(items { link_id: "b" } items { link_id: "c" }
                      items { link_id: "a" })"),
              ElementsAre("items KIND_CHANGED: a, b -> b, a",
                          "items/c KIND_ADDED:  -> link_id: \"c\"\n"));
}

TEST(DiffElementsTest, ComparesListsWithoutIdsAsAWhole) {
  EXPECT_THAT(Diff(R"(items { link_id: "a" sources: "s1" sources: "s2" })",
                   R"(items { link_id: "a" sources: "s1" })"),
              ElementsAre("items/a/sources KIND_CHANGED: s1, s2 -> s1"));
}

TEST(DiffElementsTest, TellsABranchThatChanges) {
  EXPECT_THAT(Diff(R"(items { link_id: "a" worse { unordered: "A fact." } })",
                   R"(items { link_id: "a" worse { true_is_worse: true } })"),
              ElementsAre("items/a/worse/true_is_worse KIND_ADDED:  -> true",
                          "items/a/worse/unordered KIND_REMOVED: A fact. -> "));
}

}  // namespace
}  // namespace plumbline::content
