// The forty published cases give the same decisions in process and through the
// running services, to the byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "tests/support/local_pair.h"

namespace plumbline::testing {
namespace {

std::vector<nlohmann::json> Lines(const std::string& text) {
  std::vector<nlohmann::json> lines;
  for (const absl::string_view line :
       absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    lines.push_back(nlohmann::json::parse(std::string(line)));
  }
  return lines;
}

TEST(VignettesTest, TheServicesDecideAsInProcess) {
  LocalPair pair;
  pair.StartContent();
  pair.StartTriage();
  pair.Publish(kBackPain, 1);
  ASSERT_TRUE(pair.WaitUntilReady());

  const std::vector<std::string> assess{
      "assess", "--pathway", kBackPain, "--jsonl",
      std::string(kBackPain) + "/cases/vignettes.jsonl"};
  const PlumbResult local = Plumb(assess);
  const PlumbResult remote = pair.PlumbTriage("assessor", assess);
  ASSERT_EQ(local.code, 0) << local.err;
  ASSERT_EQ(remote.code, 0) << remote.err;
  EXPECT_EQ(local.out, remote.out);

  const std::vector<nlohmann::json> lines = Lines(remote.out);
  EXPECT_EQ(lines.size(), 40u);
  for (const nlohmann::json& line : lines) {
    EXPECT_EQ(line["disposition"], line["expected_disposition"]) << line["id"];
    EXPECT_EQ(line["decision_digest"].get<std::string>().size(), 64u);
  }
}

}  // namespace
}  // namespace plumbline::testing
