// What holds of every line: width, blanks, nothing left undone, nothing of the
// machine it was written on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/tidy/source_tree.h"

namespace plumbline::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kColumnsMax = 80;

bool EndsWithAny(absl::string_view path,
                 const std::vector<std::string>& suffixes) {
  for (const std::string& suffix : suffixes) {
    if (absl::EndsWith(path, suffix)) return true;
  }
  return false;
}

// Prose and data wrap where their meaning does; code wraps at 80.
bool IsCode(absl::string_view path) {
  return EndsWithAny(path, {".h", ".cc", ".proto", ".cmake", "CMakeLists.txt",
                            ".sh", ".js", ".mjs"}) ||
         path == "dev" || path == ".ci/run";
}

// Characters, not bytes: continuation bytes of UTF-8 do not count.
int Columns(absl::string_view line) {
  int columns = 0;
  for (const char byte : line) {
    columns += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  }
  return columns;
}

// Written in two halves, so that this file does not find itself.
const std::vector<std::string>& Unfinished() {
  static const auto& words = *new std::vector<std::string>{
      "TO"
      "DO",
      "FIX"
      "ME",
      "GTEST"
      "_SKIP"};
  return words;
}

const std::vector<std::string>& MachinePaths() {
  static const auto& paths = *new std::vector<std::string>{
      "/wo"
      "rk/",
      "/ro"
      "ot/",
      "/ho"
      "me/"};
  return paths;
}

bool ContainsAny(absl::string_view line,
                 const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (absl::StrContains(line, word)) return true;
  }
  return false;
}

std::vector<std::string> LineFaults(absl::string_view path,
                                    absl::string_view line) {
  std::vector<std::string> faults;
  if (ContainsAny(line, MachinePaths())) faults.push_back("machine path");
  if (ContainsAny(line, Unfinished())) faults.push_back("left undone");
  if (!IsCode(path)) return faults;
  if (Columns(line) > kColumnsMax) faults.push_back("over 80 columns");
  if (absl::StrContains(line, '\t')) faults.push_back("tab");
  if (absl::EndsWith(line, " ")) faults.push_back("blank at the end");
  return faults;
}

std::vector<std::string> TextFaults(const SourceFile& file) {
  std::vector<std::string> faults;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    for (const std::string& fault : LineFaults(file.path, line)) {
      faults.push_back(absl::StrCat(Place(file, number), ": ", fault));
    }
  }
  if (!file.text.empty() && file.text.back() != '\n' && IsCode(file.path)) {
    faults.push_back(absl::StrCat(file.path, ": last line has no end"));
  }
  return faults;
}

TEST(TextTest, EveryFileIsTidy) {
  std::vector<std::string> faults;
  for (const SourceFile& file : SourceTree()) {
    for (std::string& fault : TextFaults(file)) {
      faults.push_back(std::move(fault));
    }
  }
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

TEST(TextTest, NamesEachFault) {
  EXPECT_THAT(TextFaults({"cli/x.cc", "\tint x; \n" + std::string(81, 'x')}),
              ElementsAre("cli/x.cc:1: tab", "cli/x.cc:1: blank at the end",
                          "cli/x.cc:2: over 80 columns",
                          "cli/x.cc: last line has no end"));
  EXPECT_THAT(
      TextFaults({"docs/x.md",
                  "see /wo"
                  "rk/x\nTO"
                  "DO: more\n"}),
      ElementsAre("docs/x.md:1: machine path", "docs/x.md:2: left undone"));
}

TEST(TextTest, CountsCharactersNotBytes) {
  std::string line;
  for (int i = 0; i < kColumnsMax; ++i) line += "é";
  EXPECT_THAT(TextFaults({"cli/x.cc", line + "\n"}), IsEmpty());
}

}  // namespace
}  // namespace plumbline::tidy
