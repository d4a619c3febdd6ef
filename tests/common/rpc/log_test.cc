#include "common/rpc/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::IsEmpty;
using testing::IsOkAndHolds;
using ::testing::SizeIs;
using testing::StatusIs;

class LogTest : public ::testing::Test {
 protected:
  LogTest() {
    SetLogSink([this](absl::string_view line) { lines_.emplace_back(line); });
  }
  ~LogTest() override {
    SetLogSink(nullptr);
    SetLogLevel(LogLevel::kInfo);
  }

  nlohmann::json OnlyLine() const {
    EXPECT_THAT(lines_, SizeIs(1));
    return nlohmann::json::parse(lines_.at(0));
  }

  std::vector<std::string> lines_;
};

TEST_F(LogTest, WritesOneJsonObjectALine) {
  Log(LogLevel::kWarning, "moved",
      {{"text", "a\n\"b\""},
       {"count", 3},
       {"truth", true},
       {"seconds", absl::Milliseconds(1500)},
       {"share", 0.5}});
  const nlohmann::json line = OnlyLine();
  EXPECT_EQ(line["level"], "warning");
  EXPECT_EQ(line["event"], "moved");
  EXPECT_EQ(line["text"], "a\n\"b\"");
  EXPECT_EQ(line["count"], 3);
  EXPECT_EQ(line["truth"], true);
  EXPECT_EQ(line["seconds"], 1.5);
  EXPECT_EQ(line["share"], 0.5);
  EXPECT_EQ(lines_[0].find('\n'), std::string::npos);
}

TEST_F(LogTest, TimeIsUtcWithMicroseconds) {
  Log(LogLevel::kInfo, "x");
  const std::string text = OnlyLine()["time"];
  absl::Time time;
  std::string fault;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &fault))
      << fault;
  EXPECT_THAT(text, SizeIs(27));
  EXPECT_EQ(text.back(), 'Z');
}

TEST_F(LogTest, ReplacesBytesThatAreNotText) {
  Log(LogLevel::kInfo, "x", {{"text", "a\xff"}});
  EXPECT_EQ(OnlyLine()["text"], "a\xEF\xBF\xBD");
}

TEST_F(LogTest, DropsWhatIsBelowTheLevel) {
  SetLogLevel(LogLevel::kWarning);
  Log(LogLevel::kInfo, "x");
  Log(LogLevel::kDebug, "x");
  EXPECT_THAT(lines_, IsEmpty());
  Log(LogLevel::kError, "x");
  EXPECT_THAT(lines_, SizeIs(1));
}

TEST_F(LogTest, KeepsLinesOfManyThreadsWhole) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int j = 0; j < 100; ++j) Log(LogLevel::kInfo, "x", {{"j", j}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(lines_, SizeIs(400));
}

TEST(ParseLogLevelTest, ReadsTheFourWords) {
  EXPECT_THAT(ParseLogLevel("debug"), IsOkAndHolds(LogLevel::kDebug));
  EXPECT_THAT(ParseLogLevel("error"), IsOkAndHolds(LogLevel::kError));
  EXPECT_THAT(ParseLogLevel("loud"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "'loud' is not a log level: debug, info, warning or "
                       "error"));
}

}  // namespace
}  // namespace plumbline::rpc
