#include "common/rpc/service_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "absl/flags/reflection.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using ::testing::ExitedWithCode;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// Flags and variables as they were, after each test.
class ServiceFlagsTest : public ::testing::Test {
 protected:
  ~ServiceFlagsTest() override {
    for (const std::string& name : variables_) unsetenv(name.c_str());
  }

  void SetVariable(const std::string& name, const std::string& value) {
    setenv(name.c_str(), value.c_str(), 1);
    variables_.push_back(name);
  }

  static absl::Status Read(std::vector<std::string> words) {
    words.insert(words.begin(), "service");
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    return ReadCommandLine("A service.", static_cast<int>(pointers.size()),
                           pointers.data());
  }

  // Reads `words` beside the required flags.
  static absl::StatusOr<ServiceOptions> Options(
      std::vector<std::string> words) {
    words.push_back("--tokens=t");
    words.push_back("--trust-policy=p");
    const absl::Status status = Read(words);
    if (!status.ok()) return status;
    return ServiceOptionsFromFlags(
        {.listen_address = "127.0.0.1:8081", .message_bytes_max = 1 << 20});
  }

 private:
  absl::FlagSaver saver_;
  std::vector<std::string> variables_;
};

TEST_F(ServiceFlagsTest, ServiceGivesItsOwnDefaults) {
  const absl::StatusOr<ServiceOptions> options = Options({});
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->server.listen_address, "127.0.0.1:8081");
  EXPECT_EQ(options->server.message_bytes_max, 1 << 20);
  EXPECT_EQ(options->tokens_path, "t");
  EXPECT_EQ(options->trust_policy_path, "p");
  EXPECT_TRUE(options->server.reflection);
  EXPECT_FALSE(options->server.allow_insecure);
  EXPECT_FALSE(options->check_config);
  EXPECT_EQ(options->log_level, LogLevel::kInfo);
}

TEST_F(ServiceFlagsTest, DashesAndUnderscoresAreTheSame) {
  const absl::StatusOr<ServiceOptions> options =
      Options({"--listen-address=127.0.0.1:0", "--drain_timeout=3s",
               "--noreflection", "--check-config", "--port-file=a-b_c"});
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->server.listen_address, "127.0.0.1:0");
  EXPECT_EQ(options->server.drain_timeout, absl::Seconds(3));
  EXPECT_FALSE(options->server.reflection);
  EXPECT_TRUE(options->check_config);
  EXPECT_EQ(options->server.port_file, "a-b_c");
}

TEST_F(ServiceFlagsTest, EnvironmentIsReadAndTheCommandLineWins) {
  SetVariable("PLUMBLINE_METRICS_ADDRESS", "127.0.0.1:9");
  SetVariable("PLUMBLINE_WORKER_THREADS", "7");
  const absl::StatusOr<ServiceOptions> options =
      Options({"--worker-threads=8"});
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->metrics_address, "127.0.0.1:9");
  EXPECT_EQ(options->worker_threads, 8);
}

TEST_F(ServiceFlagsTest, VariableOfTheWrongTypeIsNamed) {
  SetVariable("PLUMBLINE_WORKER_THREADS", "many");
  EXPECT_THAT(Options({}), StatusIs(absl::StatusCode::kInvalidArgument,
                                    HasSubstr("PLUMBLINE_WORKER_THREADS: ")));
}

TEST_F(ServiceFlagsTest, WordThatIsNoFlagIsRefused) {
  EXPECT_THAT(Options({"start"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "'start' is not a flag; flags open with --, see "
                       "--help"));
}

TEST_F(ServiceFlagsTest, UnknownFlagEndsTheProcess) {
  EXPECT_EXIT(Options({"--trust-polisy=x"}).IgnoreError(), ExitedWithCode(1),
              "Unknown command line flag 'trust_polisy'");
}

TEST_F(ServiceFlagsTest, MissingFlagsAreNamed) {
  ASSERT_THAT(Read({}), IsOk());
  EXPECT_THAT(ServiceOptionsFromFlags({}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--tokens: is required\n--trust_policy: is required"));
}

TEST_F(ServiceFlagsTest, EveryValueOutOfItsRangeIsNamed) {
  EXPECT_THAT(
      Options({"--drain_timeout=-1s", "--message_bytes_max=1023",
               "--streams_per_connection_max=0", "--memory_bytes_max=1",
               "--worker_threads=0", "--worker_queue_max=0",
               "--log_level=loud"}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "--drain_timeout: must be from 0s to 1h\n"
               "--message_bytes_max: must be from 1,024 to 1,073,741,824\n"
               "--streams_per_connection_max: must be from 1 to 100,000\n"
               "--memory_bytes_max: must be at least 16,777,216\n"
               "--worker_threads: must be from 1 to 256\n"
               "--worker_queue_max: must be from 1 to 1,000,000\n"
               "--log_level: 'loud' is not a log level: debug, info, warning "
               "or error"));
}

TEST_F(ServiceFlagsTest, BoundsThemselvesAreLegal) {
  EXPECT_THAT(
      Options({"--drain_timeout=0s", "--message_bytes_max=1024",
               "--streams_per_connection_max=1", "--memory_bytes_max=16777216",
               "--worker_threads=256", "--worker_queue_max=1000000"}),
      IsOk());
  EXPECT_THAT(Options({"--drain_timeout=1h", "--worker_threads=257"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--worker_threads: must be from 1 to 256"));
}

TEST(AllFaultsTest, NamesEachOfThem) {
  EXPECT_THAT(AllFaults({absl::OkStatus(), absl::OkStatus()}), IsOk());
  EXPECT_THAT(AllFaults({OfFlag("tokens", absl::NotFoundError("not found")),
                         OfFlag("state_dir", absl::OkStatus()),
                         absl::DataLossError("policy: damaged")}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--tokens: not found\npolicy: damaged"));
}

}  // namespace
}  // namespace plumbline::rpc
