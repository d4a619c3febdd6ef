// Every flag is in docs/configuration.md and every metric in docs/metrics.md,
// and those pages name nothing that does not exist.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "tests/tidy/source_tree.h"

namespace plumbline::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSubsetOf;

using Names = std::set<std::string>;

constexpr absl::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyz0123456789_";

// Every name that follows `before` in `text`.
Names NamesAfter(absl::string_view text, absl::string_view before) {
  Names names;
  for (size_t at = text.find(before); at != absl::string_view::npos;
       at = text.find(before, at + 1)) {
    const size_t start = at + before.size();
    const size_t end = text.find_first_not_of(kNameCharacters, start);
    if (end > start) names.emplace(text.substr(start, end - start));
  }
  return names;
}

// The second argument of a macro call whose text after "(" is `arguments`.
// A type may hold commas between angle brackets.
std::string SecondArgument(absl::string_view arguments) {
  int depth = 0;
  size_t at = 0;
  while (at < arguments.size() && (arguments[at] != ',' || depth > 0)) {
    depth += arguments[at] == '<' ? 1 : 0;
    depth -= arguments[at] == '>' ? 1 : 0;
    ++at;
  }
  arguments.remove_prefix(at + 1 < arguments.size() ? at + 1 : at);
  return std::string(
      absl::StripAsciiWhitespace(arguments.substr(0, arguments.find(','))));
}

Names FlagsDefinedIn(absl::string_view text) {
  constexpr absl::string_view kMacro = "ABSL_FLAG(";
  Names flags;
  for (size_t at = text.find(kMacro); at != absl::string_view::npos;
       at = text.find(kMacro, at + 1)) {
    flags.insert(SecondArgument(text.substr(at + kMacro.size())));
  }
  return flags;
}

Names MetricsDefinedIn(absl::string_view text) {
  Names metrics;
  for (const std::string& rest : NamesAfter(text, "\"plumbline_")) {
    metrics.insert("plumbline_" + rest);
  }
  return metrics;
}

Names DefinedBy(Names (*defined_in)(absl::string_view)) {
  Names names;
  for (const SourceFile& file : SourceTree()) {
    if (IsProgramSource(file.path)) names.merge(defined_in(file.text));
  }
  return names;
}

TEST(DocumentationTest, ConfigurationPageListsExactlyTheFlags) {
  const Names flags = DefinedBy(FlagsDefinedIn);
  const std::string page = FileAt("docs/configuration.md").text;
  EXPECT_THAT(flags, IsSubsetOf(NamesAfter(page, "`--")));
  EXPECT_THAT(NamesAfter(page, "\n| `--"), IsSubsetOf(flags));
}

TEST(DocumentationTest, MetricsPageListsExactlyTheMetrics) {
  const Names metrics = DefinedBy(MetricsDefinedIn);
  Names listed;
  for (const std::string& rest :
       NamesAfter(FileAt("docs/metrics.md").text, "`plumbline_")) {
    listed.insert("plumbline_" + rest);
  }
  EXPECT_EQ(listed, metrics);
}

TEST(DocumentationTest, FindsFlagsWhateverTheirType) {
  EXPECT_THAT(FlagsDefinedIn("ABSL_FLAG(int, port, 1, \"x\");\n"
                             "ABSL_FLAG(std::map<int, int>,\n"
                             "          other_port, {}, \"x\");\n"),
              ElementsAre("other_port", "port"));
}

TEST(DocumentationTest, FindsMetricsByTheirPrefix) {
  EXPECT_THAT(MetricsDefinedIn("Count(\"plumbline_calls_total\", 1);"),
              ElementsAre("plumbline_calls_total"));
}

}  // namespace
}  // namespace plumbline::tidy
