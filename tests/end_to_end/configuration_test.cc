// What the programs say of a configuration that cannot work, before they serve.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/child_process.h"
#include "tests/support/local_pair.h"

namespace plumbline::testing {
namespace {

constexpr char kNotFound[] = "No such file or directory";

struct Ended {
  int code = 0;
  std::string err;
};

class ConfigurationTest : public ::testing::Test {
 protected:
  // Runs triage-service with what it needs and `flags`, which win.
  Ended RunTriage(const std::vector<std::string>& flags) {
    std::vector<std::string> all = {
        "--listen_address=127.0.0.1:0",
        absl::StrCat("--tokens=", pair_.InFolder("tokens.txtpb")),
        absl::StrCat("--trust_policy=", pair_.InFolder("trust_policy.txtpb")),
        absl::StrCat("--content_token_file=", pair_.TokenFile("reader")),
        "--content_address=127.0.0.1:8081",
        "--channels=back-pain/stable",
        "--replica_id=replica-1",
        absl::StrCat("--state_dir=", pair_.InFolder("state"))};
    all.insert(all.end(), flags.begin(), flags.end());
    return Run("triage-service", all);
  }

  Ended Run(const std::string& program,
            const std::vector<std::string>& arguments) {
    const std::string log = pair_.InFolder(absl::StrCat("log-", ++runs_));
    ChildProcess process(program, arguments, log);
    const int code = process.Wait();
    std::ostringstream err;
    err << std::ifstream(log).rdbuf();
    return {code, err.str()};
  }

  LocalPair pair_;
  int runs_ = 0;
};

TEST_F(ConfigurationTest, ACheckOfWhatIsRightSaysNothing) {
  const Ended ended = RunTriage({"--check_config"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.err, "");
}

TEST_F(ConfigurationTest, EveryBadFileIsNamedAtOnce) {
  const std::string none = pair_.InFolder("none");
  const std::string file = pair_.InFolder("file");
  std::ofstream(file) << "text";
  for (const char* only_checked : {"--check_config", "--nocheck_config"}) {
    const Ended ended =
        RunTriage({only_checked, "--tokens=" + none, "--trust_policy=" + none,
                   "--content_token_file=" + none, "--state_dir=" + file});
    EXPECT_EQ(ended.code, 1);
    EXPECT_EQ(
        ended.err,
        absl::StrCat(
            "triage-service: --tokens: cannot read '", none, "': ", kNotFound,
            "\n--trust_policy: cannot read '", none, "': ", kNotFound,
            "\n--content_token_file: cannot look at '", none, "': ", kNotFound,
            "\n--state_dir: '", file,
            "' is not a folder; it must be a folder that this process may "
            "write to, or may make\n"));
  }
  const Ended content =
      Run("content-service", {"--check_config", "--database_path=" + none,
                              "--tokens=" + none, "--trust_policy=" + none});
  EXPECT_EQ(content.code, 1);
  EXPECT_EQ(content.err,
            absl::StrCat("content-service: --tokens: cannot read '", none,
                         "': ", kNotFound, "\n--trust_policy: cannot read '",
                         none, "': ", kNotFound, "\n"));
}

TEST_F(ConfigurationTest, PlaintextBeyondLoopbackIsRefusedUnlessAllowed) {
  const Ended refused = RunTriage({"--content_address=content:8081"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(refused.err,
            "triage-service: --content_address: 'content:8081' is not "
            "loopback, and the token would travel in plaintext: follow a "
            "service on this machine, or accept it with --allow_insecure\n");
  EXPECT_EQ(RunTriage({"--content_address=content:8081", "--allow_insecure",
                       "--check_config"})
                .code,
            0);
}

TEST_F(ConfigurationTest, PlaintextThatIsAllowedIsLoggedAsUnsafe) {
  pair_.StartTriage(
      {"--content_address=content.invalid:8081", "--allow_insecure"});
  EXPECT_EQ(pair_.triage()->Terminate(), 0);
  EXPECT_THAT(pair_.Logs(),
              ::testing::HasSubstr("UNSAFE: plaintext beyond loopback was "
                                   "allowed; the token for the content-service "
                                   "can be read on the network"));
}

}  // namespace
}  // namespace plumbline::testing
