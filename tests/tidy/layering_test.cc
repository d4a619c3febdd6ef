// Who never includes whom: docs/architecture.md says why.

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
#include "absl/strings/strip.h"
#include "tests/tidy/source_tree.h"

namespace plumbline::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Layer {
  std::string folder;                  // Files whose path begins so ...
  std::vector<std::string> forbidden;  // ... include nothing that begins so,
  std::vector<std::string> allowed;    // except what begins so.
};

const std::vector<Layer>& Layers() {
  static const auto& layers = *new std::vector<Layer>{
      {"common/", {"content-service/", "triage-service/", "cli/"}, {}},
      {"common/pathway/",
       {"grpc", "sqlite3", "common/rpc/", "plumbline/auth/",
        "plumbline/content/", "plumbline/triage/"},
       {}},
      {"common/pathway/model.h", {"plumbline/", "google/"}, {}},
      {"common/trust/",
       {"grpc", "sqlite3", "common/pathway/", "common/rpc/"},
       {"common/pathway/names.h", "common/rpc/error_details.h"}},
      {"common/sync/",
       {"grpc", "google/", "plumbline/", "sqlite3", "common/"},
       {"common/sync/"}},
      {"common/file/",
       {"grpc", "google/", "plumbline/", "sqlite3", "common/"},
       {"common/fault/", "common/file/", "common/sync/"}},
      {"common/fault/",
       {"grpc", "google/", "plumbline/", "sqlite3", "common/"},
       {}},
      {"common/rpc/", {"sqlite3"}, {}},
      {"content-service/", {"triage-service/", "cli/"}, {}},
      {"content-service/domain/",
       {"grpc", "sqlite3", "content-service/rpc/", "content-service/storage/"},
       {"content-service/storage/content_store.h",
        "content-service/storage/guidance_index.h"}},
      {"content-service/gate/",
       {"grpc", "sqlite3", "fstream", "filesystem", "iostream",
        "absl/time/clock.h", "content-service/"},
       {"content-service/gate/"}},
      {"content-service/storage/",
       {"grpc", "content-service/rpc/", "content-service/domain/"},
       {}},
      {"content-service/rpc/",
       {"sqlite3", "content-service/storage/"},
       {"content-service/storage/content_store.h"}},
      {"triage-service/", {"content-service/", "cli/"}, {}},
      {"triage-service/domain/",
       {"grpc", "google/", "sqlite3", "chrono", "fstream", "filesystem",
        "iostream", "absl/time/clock.h", "triage-service/"},
       {"triage-service/domain/"}},
      {"triage-service/content/", {"triage-service/rpc/"}, {}},
      {"cli/",
       {"content-service/", "triage-service/", "sqlite3"},
       {"content-service/domain/diff.h", "content-service/domain/gate.h",
        "content-service/gate/", "triage-service/domain/",
        "triage-service/rpc/explain_intake.h"}},
  };
  return layers;
}

bool BeginsWithAny(absl::string_view text,
                   const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (absl::StartsWith(text, prefix)) return true;
  }
  return false;
}

// What an #include line names, without quotes; empty for other lines.
absl::string_view Included(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, "#include ")) return "";
  line.remove_prefix(1);
  return line.substr(0, line.find_first_of("\">"));
}

// main.cc reads its flags, and one file those that both services share.
bool MayReadFlags(absl::string_view path) {
  return absl::EndsWith(path, "/main.cc") ||
         absl::StartsWith(path, "common/rpc/service_flags.");
}

bool IsForbidden(const SourceFile& file, absl::string_view included) {
  for (const Layer& layer : Layers()) {
    if (!absl::StartsWith(file.path, layer.folder)) continue;
    if (BeginsWithAny(included, layer.allowed)) continue;
    if (BeginsWithAny(included, layer.forbidden)) return true;
  }
  return absl::StartsWith(included, "absl/flags/") && !MayReadFlags(file.path);
}

std::vector<std::string> LayeringFaults(const SourceFile& file) {
  std::vector<std::string> faults;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    const absl::string_view included = Included(line);
    if (!included.empty() && IsForbidden(file, included)) {
      faults.push_back(
          absl::StrCat(Place(file, number), ": includes ", included));
    }
  }
  return faults;
}

TEST(LayeringTest, ArrowsGoOneWay) {
  std::vector<std::string> faults;
  for (const SourceFile& file : SourceTree()) {
    if (!IsProgramSource(file.path)) continue;
    for (std::string& fault : LayeringFaults(file)) {
      faults.push_back(std::move(fault));
    }
  }
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

TEST(LayeringTest, NamesTheLineThatPointsTheWrongWay) {
  EXPECT_THAT(LayeringFaults({"common/pathway/model.h",
                              "#include <string>\n"
                              "#include <grpcpp/grpcpp.h>\n"}),
              ElementsAre("common/pathway/model.h:2: includes "
                          "grpcpp/grpcpp.h"));
  EXPECT_THAT(LayeringFaults({"content-service/rpc/x.cc",
                              "#include \"triage-service/domain/x.h\"\n"}),
              ElementsAre("content-service/rpc/x.cc:1: includes "
                          "triage-service/domain/x.h"));
}

TEST(LayeringTest, OnlyMainReadsFlags) {
  const std::string flags = "#include \"absl/flags/flag.h\"\n";
  EXPECT_THAT(LayeringFaults({"content-service/main.cc", flags}), IsEmpty());
  EXPECT_THAT(LayeringFaults({"content-service/rpc/x.cc", flags}),
              ElementsAre("content-service/rpc/x.cc:1: includes "
                          "absl/flags/flag.h"));
}

TEST(LayeringTest, ExceptionsOfARowHold) {
  EXPECT_THAT(LayeringFaults({"cli/assess.cc",
                              "#include \"triage-service/domain/x.h\"\n"}),
              IsEmpty());
  EXPECT_THAT(LayeringFaults(
                  {"cli/assess.cc", "#include \"triage-service/rpc/x.h\"\n"}),
              ElementsAre("cli/assess.cc:1: includes triage-service/rpc/x.h"));
}

}  // namespace
}  // namespace plumbline::tidy
