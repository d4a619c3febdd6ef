// The services with faults: they have every failpoint of the sources, refuse
// settings that are wrong, and are killed where they are told to. The services
// that ship have no failpoint.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/faults/failpoints.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"
#include "tests/tidy/source_tree.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string ReadFile(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string ProgramBytes(const std::string& program) {
  const char* const folder = std::getenv("PLUMBLINE_BIN_DIR");
  return ReadFile(
      absl::StrCat(folder == nullptr ? "build/bin" : folder, "/", program));
}

// Every name that a macro is given in the sources of the programs.
std::set<std::string> FailpointsInSources() {
  std::set<std::string> names;
  for (const tidy::SourceFile& file : tidy::SourceTree()) {
    if (!tidy::IsProgramSource(file.path)) continue;
    if (absl::StartsWith(file.path, "common/fault/")) continue;
    for (const char* const macro :
         {"PLUMBLINE_FAILPOINT(\"", "PLUMBLINE_FAILPOINT_OR_RETURN(\""}) {
      const std::string before = macro;
      for (std::size_t at = file.text.find(before); at != std::string::npos;
           at = file.text.find(before, at + 1)) {
        const std::size_t from = at + before.size();
        names.insert(file.text.substr(from, file.text.find('"', from) - from));
      }
    }
  }
  return names;
}

class ProgramsTest : public ::testing::Test {
 protected:
  // The exit code of a service that gets no flag it needs: 1, soon.
  int Run(const std::string& program,
          const std::vector<std::string>& environment) {
    ChildProcess process(program, {"--check_config"}, log_, environment);
    return process.Wait();
  }

  TemporaryDirectory folder_;
  const std::string log_ = folder_.path() + "/log";
  const std::string hits_ = folder_.path() + "/hits";
};

TEST_F(ProgramsTest, HaveEveryFailpointOfTheSources) {
  for (const char* const service : {"content-service", "triage-service"}) {
    Run(absl::StrCat(service, "-with-faults"),
        {absl::StrCat("PLUMBLINE_FAILPOINT_HITS=", hits_)});
  }
  const auto hits = ReadFailpointHits(hits_);
  ASSERT_THAT(hits, IsOk());
  const std::set<std::string> in_sources = FailpointsInSources();
  EXPECT_THAT(in_sources, Not(IsEmpty()));
  for (const std::string& name : in_sources) {
    EXPECT_TRUE(hits->count(name) > 0)
        << "no program has failpoint " << name
        << ": list its source in tests/faults/CMakeLists.txt";
  }
  EXPECT_EQ(hits->size(), in_sources.size());
}

TEST_F(ProgramsTest, ThatShipHaveNone) {
  const std::string content = ProgramBytes("content-service");
  const std::string triage = ProgramBytes("triage-service");
  const std::string both = ProgramBytes("content-service-with-faults") +
                           ProgramBytes("triage-service-with-faults");
  ASSERT_THAT(content, HasSubstr("database_path"));
  ASSERT_THAT(triage, HasSubstr("state_dir"));
  for (const std::string& name : FailpointsInSources()) {
    EXPECT_FALSE(absl::StrContains(content, name)) << name;
    EXPECT_FALSE(absl::StrContains(triage, name)) << name;
    // That this finds what is there.
    EXPECT_TRUE(absl::StrContains(both, name)) << name;
  }
  EXPECT_FALSE(absl::StrContains(content, "PLUMBLINE_FAILPOINT"));
  EXPECT_FALSE(absl::StrContains(triage, "PLUMBLINE_FAILPOINT"));
}

TEST_F(ProgramsTest, EndAtOnceWhereASettingIsWrong) {
  EXPECT_EQ(Run("content-service-with-faults",
                {"PLUMBLINE_FAILPOINTS=store.before-commit=kil@3"}),
            1);
  EXPECT_EQ(Run("triage-service-with-faults",
                {"PLUMBLINE_FAILPOINTS=replica.before-swap=fail@1"}),
            1);
  EXPECT_EQ(Run("content-service-with-faults", {"PLUMBLINE_DISK=lossy"}), 1);
  EXPECT_EQ(ReadFile(log_),
            "faults: failpoint setting 'store.before-commit=kil@3': the action "
            "must be kill, stop, fail or delay:MS\n"
            "faults: failpoint setting 'replica.before-swap=fail@1': nothing "
            "can fail there: use kill, stop or delay:MS\n"
            "faults: disk setting 'lossy': must be lossy:seed=S, "
            "unsynced:seed=S, fail:N or full:N, N from 1\n");
}

}  // namespace
}  // namespace plumbline::testing
