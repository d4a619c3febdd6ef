// Every source has its test where the tree says it is, and every test is built.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/tidy/source_tree.h"

namespace plumbline::tidy {
namespace {

// Sources that the test of something else covers, each with that test.
const std::map<std::string, std::string>& CoveredElsewhere() {
  static const auto& covered = *new std::map<std::string, std::string>{
      {"cli/report/approval_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/coverage_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/evidence_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/gate_section.cc", "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/guidance_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/questionnaire_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/report/rules_section.cc",
       "tests/cli/report/pathway_report_test.cc"},
      {"cli/shared_options.cc", "tests/cli/channel_commands_test.cc"},
      {"common/pathway/check_names.cc",
       "tests/common/pathway/check_expression_test.cc"},
      {"common/pathway/check_operators.cc",
       "tests/common/pathway/check_expression_test.cc"},
      {"common/pathway/static_value.cc",
       "tests/common/pathway/check_expression_test.cc"},
      {"content-service/domain/channel_feed.cc",
       "tests/content-service/domain/sync_session_test.cc"},
      {"content-service/domain/channels.cc",
       "tests/content-service/rpc/channel_methods_test.cc"},
      {"content-service/domain/drafts.cc",
       "tests/content-service/rpc/draft_methods_test.cc"},
      {"content-service/domain/find.cc",
       "tests/content-service/rpc/release_methods_test.cc"},
      {"content-service/domain/guidance.cc",
       "tests/content-service/rpc/release_methods_test.cc"},
      {"content-service/domain/publish.cc",
       "tests/content-service/rpc/draft_methods_test.cc"},
      {"content-service/domain/withdraw.cc",
       "tests/content-service/rpc/release_methods_test.cc"},
      {"content-service/domain/questionnaire.cc",
       "tests/content-service/rpc/release_methods_test.cc"},
      {"content-service/domain/stored_draft.cc",
       "tests/content-service/rpc/draft_methods_test.cc"},
      {"content-service/domain/submit.cc",
       "tests/content-service/rpc/draft_methods_test.cc"},
      {"content-service/rpc/request_checks.cc",
       "tests/content-service/rpc/channel_methods_test.cc"},
      {"content-service/rpc/store_calls.cc",
       "tests/content-service/rpc/draft_methods_test.cc"},
      {"content-service/storage/memory_content_store.cc",
       "tests/content-service/storage/content_store_test.cc"},
      {"content-service/storage/sqlite_database.cc",
       "tests/content-service/storage/sqlite_content_store_test.cc"},
      {"content-service/storage/sqlite_schema.cc",
       "tests/content-service/storage/sqlite_content_store_test.cc"},
      {"content-service/storage/sqlite_transaction.cc",
       "tests/content-service/storage/content_store_test.cc"},
  };
  return covered;
}

// Tests of more than one source, each with what it covers.
const std::map<std::string, std::string>& Suites() {
  static const auto& suites = *new std::map<std::string, std::string>{
      {"tests/common/pathway/determinism_test.cc",
       "the bytes of decisions, which depend on nothing but their input"},
      {"tests/common/pathway/evaluate_soundness_test.cc",
       "evaluation of random expressions under every completion"},
      {"tests/common/pathway/golden_decisions_test.cc",
       "the bytes of decisions, which never change"},
      {"tests/common/pathway/instrument_vectors_test.cc",
       "the shipped instruments and what must follow from their rules"},
      {"tests/common/pathway/shipped_pathway_test.cc",
       "the shipped pathway and the whole engine"},
      {"tests/content-service/gate/corpus_test.cc",
       "mutations of the shipped pathway, and what the gate says of each"},
      {"tests/triage-service/domain/interview_proof_test.cc",
       "the stops of interviews, against every way to go on"},
  };
  return suites;
}

std::set<std::string> Paths() {
  std::set<std::string> paths;
  for (const SourceFile& file : SourceTree()) paths.insert(file.path);
  return paths;
}

std::string Without(absl::string_view path, absl::string_view suffix) {
  return std::string(absl::StripSuffix(path, suffix));
}

bool NeedsTest(absl::string_view path) {
  return IsProgramSource(path) && absl::EndsWith(path, ".cc") &&
         !absl::EndsWith(path, "/main.cc");
}

bool IsMirroredTest(absl::string_view path) {
  return absl::EndsWith(path, "_test.cc") &&
         absl::ConsumePrefix(&path, "tests/") && IsProgramSource(path);
}

TEST(MirrorTest, EverySourceHasItsTest) {
  const std::set<std::string> paths = Paths();
  std::vector<std::string> faults;
  for (const std::string& path : paths) {
    const std::string test =
        absl::StrCat("tests/", Without(path, ".cc"), "_test.cc");
    if (NeedsTest(path) && !CoveredElsewhere().count(path) &&
        !paths.count(test)) {
      faults.push_back(absl::StrCat(path, ": has no ", test));
    }
  }
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

TEST(MirrorTest, EveryTestHasItsSource) {
  const std::set<std::string> paths = Paths();
  std::vector<std::string> faults;
  for (const std::string& path : paths) {
    if (!IsMirroredTest(path) || Suites().count(path)) continue;
    const std::string stem(
        absl::StripPrefix(Without(path, "_test.cc"), "tests/"));
    if (!paths.count(stem + ".cc") && !paths.count(stem + ".h")) {
      faults.push_back(absl::StrCat(path, ": tests no ", stem, ".{h,cc}"));
    }
  }
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

TEST(MirrorTest, ExceptionsAreStillNeeded) {
  const std::set<std::string> paths = Paths();
  for (const auto& [path, test] : CoveredElsewhere()) {
    EXPECT_TRUE(paths.count(path)) << path << " is gone";
    EXPECT_TRUE(paths.count(test)) << test << " covers " << path;
    EXPECT_FALSE(
        paths.count(absl::StrCat("tests/", Without(path, ".cc"), "_test.cc")))
        << path << " has a test of its own now";
  }
  for (const auto& [path, covers] : Suites()) {
    EXPECT_TRUE(paths.count(path)) << path << " is gone: " << covers;
  }
}

// The sources of all tests that this build knows, one a line.
std::string BuiltTestSources() {
  const char* const bin = std::getenv("PLUMBLINE_BIN_DIR");
  std::ifstream file(absl::StrCat(bin == nullptr ? "" : bin,
                                  "/../generated/test_sources.txt"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(MirrorTest, EveryTestIsBuilt) {
  const std::string built = BuiltTestSources();
  std::vector<std::string> faults;
  for (const std::string& path : Paths()) {
    if (absl::EndsWith(path, "_test.cc") &&
        !absl::StrContains(built, absl::StrCat("/", path, "\n"))) {
      faults.push_back(path + ": no CMakeLists.txt names it");
    }
  }
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

}  // namespace
}  // namespace plumbline::tidy
