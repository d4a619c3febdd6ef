// A release file of a real content-service.

#include "cli/release_bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "tests/support/local_pair.h"
#include "tests/support/status_matchers.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::kTiny;
using ::plumbline::testing::LocalPair;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::PlumbResult;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// One release for all: nothing here changes it.
class ReleaseBundleTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    pair_ = new LocalPair;
    pair_->StartContent();
    pair_->Publish(kTiny, 1, "tiny");
    const PlumbResult got =
        pair_->PlumbContent("reader", {"release", "get", "tiny/1", File()});
    ASSERT_EQ(got.code, kExitOk) << got.err;
    EXPECT_THAT(got.out, HasSubstr("pathways/tiny/releases/1  "));
  }
  static void TearDownTestSuite() {
    delete pair_;
    pair_ = nullptr;
  }

  static std::string File() { return pair_->InFolder("tiny-1.release"); }
  static std::string Policy() { return pair_->InFolder("trust_policy.txtpb"); }

  static PlumbResult Verify(const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"release", "verify", File(),
                                   "--trust-policy", Policy()};
    words.insert(words.end(), more.begin(), more.end());
    return Plumb(words);
  }

  static absl::Status VerifyBytes(const std::string& bytes) {
    const auto policy =
        trust::ReadTrustPolicy(file::PosixFileSystem(), Policy());
    EXPECT_THAT(policy, IsOk());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Console console{in, out, err};
    return VerifyBundle(bytes, *policy, "", console);
  }

  static LocalPair* pair_;
};

LocalPair* ReleaseBundleTest::pair_ = nullptr;

TEST_F(ReleaseBundleTest, SaysWhoVouchedForIt) {
  const PlumbResult verified = Verify();
  EXPECT_EQ(verified.code, kExitOk) << verified.err;
  EXPECT_THAT(verified.out,
              MatchesRegex("pathways/tiny/releases/1  [0-9a-f]{64}  verified "
                           "for local-pair\n"
                           "  gate-report     \n"
                           "  approval        approver-1\n"
                           "  publication     publisher-1\n"));
}

TEST_F(ReleaseBundleTest, IsTheSameFileEveryTime) {
  const std::string again = pair_->InFolder("again.release");
  pair_->PlumbContent("reader", {"release", "get", "tiny/1", again});
  EXPECT_EQ(ReadFile(again), ReadFile(File()));
}

TEST_F(ReleaseBundleTest, HoldsItToADigest) {
  const PlumbResult other = Verify({"--digest", std::string(64, 'a')});
  EXPECT_EQ(other.code, kExitRefused);
  EXPECT_THAT(other.err,
              HasSubstr(absl::StrCat("and not ", std::string(64, 'a'))));
}

// Whatever was changed: content, report, statement, signature or key.
TEST_F(ReleaseBundleTest, EveryFlippedBitIsRefused) {
  const std::string bytes = ReadFile(File());
  ASSERT_GT(bytes.size(), 1000u);
  ASSERT_THAT(VerifyBytes(bytes), IsOk());
  std::string accepted;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
    if (VerifyBytes(changed).ok()) absl::StrAppend(&accepted, i, " ");
  }
  EXPECT_EQ(accepted, "") << "of " << bytes.size();
}

TEST_F(ReleaseBundleTest, AFileThatEndsEarlyOrIsAnotherIsRefused) {
  const std::string bytes = ReadFile(File());
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, bytes.size() / 2, bytes.size() - 1}) {
    const absl::Status status = VerifyBytes(bytes.substr(0, size));
    EXPECT_FALSE(status.ok()) << size;
    EXPECT_NE(status.message(), "") << size;
  }
  EXPECT_FALSE(VerifyBytes(bytes + bytes).ok());
  EXPECT_FALSE(VerifyBytes(bytes + "x").ok());
}

TEST(ReleaseBundleOfWithdrawnTest, SaysThatItIsWithdrawn) {
  LocalPair pair;
  pair.StartContent();
  pair.Publish(kTiny, 1, "tiny");
  ASSERT_EQ(pair.PlumbContent("publisher", {"release", "withdraw", "tiny/1",
                                            "--reason", "Ice harms", "--force",
                                            "--key", pair.KeyFile("publisher")})
                .code,
            kExitOk);
  const std::string file = pair.InFolder("tiny-1.release");
  const PlumbResult got =
      pair.PlumbContent("reader", {"release", "get", "tiny/1", file});
  EXPECT_EQ(got.code, kExitOk) << got.err;
  EXPECT_THAT(got.err, HasSubstr("is withdrawn: Ice harms"));
  const PlumbResult verified =
      Plumb({"release", "verify", file, "--trust-policy",
             pair.InFolder("trust_policy.txtpb")});
  EXPECT_EQ(verified.code, kExitOk) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("  withdrawal      publisher-1\n"
                                      "  WITHDRAWN: Ice harms\n"));
}

TEST_F(ReleaseBundleTest, AnotherPolicyDoesNotTrustIt) {
  const std::string path = pair_->InFolder("other_policy.txtpb");
  std::string policy = ReadFile(Policy());
  policy.replace(policy.find("local-pair"), 10, "production");
  std::ofstream(path) << policy;
  const PlumbResult other =
      Plumb({"release", "verify", File(), "--trust-policy", path});
  EXPECT_EQ(other.code, kExitRefused);
  EXPECT_THAT(other.err, HasSubstr("STATEMENT_AUDIENCE"));
}

}  // namespace
}  // namespace plumbline::cli
