// Every flag is in docs/configuration.md, every metric in docs/metrics.md and
// every reason of an error in docs/errors.md, and those pages name nothing that
// does not exist.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
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

bool IsReason(absl::string_view text) {
  return !text.empty() && absl::ascii_isupper(text[0]) &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
             absl::string_view::npos;
}

// Every string literal of `text` that has the form of a reason.
Names ReasonLiteralsIn(absl::string_view text) {
  Names reasons;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '"');
  for (const absl::string_view part : parts) {
    if (IsReason(part)) reasons.emplace(part);
  }
  return reasons;
}

// The arguments of a call whose text after "(" is `text`.
absl::string_view Arguments(absl::string_view text) {
  int depth = 1;
  size_t at = 0;
  while (at < text.size() && depth > 0) {
    depth += text[at] == '(' ? 1 : 0;
    depth -= text[at] == ')' ? 1 : 0;
    ++at;
  }
  return text.substr(0, at);
}

// The reasons that calls of the functions that make errors are given.
Names ReasonsGivenIn(absl::string_view text) {
  Names reasons;
  for (const absl::string_view call : {"WithReason(", "Refused(", "Refuse("}) {
    for (size_t at = text.find(call); at != absl::string_view::npos;
         at = text.find(call, at + 1)) {
      reasons.merge(ReasonLiteralsIn(Arguments(text.substr(at + call.size()))));
    }
  }
  return reasons;
}

// The reasons that open a row of the page; those that are marked as not built,
// or the others.
Names ReasonsListed(absl::string_view page, bool built) {
  Names reasons;
  for (absl::string_view row : absl::StrSplit(page, '\n')) {
    const bool is_marked = absl::StrContains(row, "*(not built)*");
    if (!absl::ConsumePrefix(&row, "| `") || is_marked == built) continue;
    const absl::string_view reason = row.substr(0, row.find('`'));
    if (IsReason(reason)) reasons.emplace(reason);
  }
  return reasons;
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

TEST(DocumentationTest, ErrorsPageListsExactlyTheReasons) {
  const std::string page = FileAt("docs/errors.md").text;
  const Names listed = ReasonsListed(page, /*built=*/true);
  const Names literals = DefinedBy(ReasonLiteralsIn);
  EXPECT_THAT(DefinedBy(ReasonsGivenIn), IsSubsetOf(listed));
  EXPECT_THAT(listed, IsSubsetOf(literals));
  for (const std::string& reason : ReasonsListed(page, /*built=*/false)) {
    EXPECT_FALSE(literals.contains(reason))
        << reason << " is built: docs/errors.md says that it is not";
  }
}

TEST(DocumentationTest, FindsReasonsWhereverTheyStandInACall) {
  EXPECT_THAT(ReasonsGivenIn(
                  "return rpc::WithReason(absl::NotFoundError(\"NO such\"),\n"
                  "    fit ? \"A_1\" : \"B\", {{\"key\", \"c\"}});\n"
                  "Other(\"NOT_A_REASON\"); Refuse(\"C_C\", \"text\");"),
              ElementsAre("A_1", "B", "C_C"));
  EXPECT_THAT(ReasonsListed("| `A_B` | when |\n"
                            "| `C_D` | never *(not built)* |\n"
                            "| `google.rpc.ErrorInfo` | always |\n",
                            /*built=*/true),
              ElementsAre("A_B"));
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
