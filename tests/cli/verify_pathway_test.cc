#include "cli/verify_pathway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "common/pathway/content.h"
#include "content-service/gate/verify.h"
#include "tests/support/plumb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::kTiny;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kDay[] = "2027-05-01";

// The tiny pathway, which a test may spoil.
class VerifyPathwayTest : public ::testing::Test {
 protected:
  VerifyPathwayTest()
      : files_(pathway::LoadSourceFiles(kTiny, pathway::kContentBytesMax)
                   .value()) {}

  // Replaces the first `from` in `file`.
  void Spoil(const std::string& file, const std::string& from,
             const std::string& to) {
    std::string& bytes = files_[file];
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    bytes.replace(at, from.size(), to);
  }

  absl::Status Verify(const std::string& day) {
    const pathway::ReadResult read = pathway::ReadPathway(files_);
    EXPECT_TRUE(read.faults.empty()) << ToString(read.faults);
    if (read.pathway == nullptr) return absl::InternalError("faults");
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Console console{.in = in, .out = out, .err = err};
    const absl::Status status =
        VerifyPathway(read, "tiny", day, "text", console);
    // No two runs take the same time, and no two versions have one digest.
    out_ = std::regex_replace(out.str(), std::regex("[0-9]+\\.[0-9]+ s"), "T");
    out_ = std::regex_replace(out_, std::regex("[0-9a-f]{64}"), "DIGEST");
    err_ = err.str();
    return status;
  }

  // What is printed between what the pathway excepts and the result.
  std::string Findings() const {
    const std::size_t begin = out_.find("\n\n");
    const std::size_t end = out_.rfind("\n  result DIGEST\n");
    if (begin == std::string::npos || end <= begin) return out_;
    return out_.substr(begin + 1, end - begin - 1);
  }

  pathway::SourceFiles files_;
  std::string out_;
  std::string err_;
};

TEST_F(VerifyPathwayTest, PrintsATableOfWhatIsProved) {
  EXPECT_THAT(Verify(kDay), IsOk());
  EXPECT_EQ(out_, absl::StrCat("tiny  content DIGEST\n"
                               "  as of 2027-05-01, engine 1, ",
                               gate::SolverVersion(),
                               "\n"
                               "  no-error         proved          T\n"
                               "  influence        proved          T\n"
                               "  monotone         proved          T\n"
                               "  floors           proved          T\n"
                               "  unknown-is-safe  proved          T\n"
                               "  invariants       proved          T\n"
                               "  guidance         proved          T\n"
                               "  texts            proved          T\n"
                               "  cases: 4 of 4 pass\n"
                               "  rule: 2 of 2 reached\n"
                               "  policy: 2 of 2 reached\n"
                               "  gate: 1 of 1 reached\n"
                               "  guidance: 3 of 3 reached\n"
                               "  excepted by the pathway itself:\n"
                               "  - items/hx.cold_hands: no answer is worse "
                               "than another: It changes the\n"
                               "    advice and not the urgency.\n"
                               "\n  result DIGEST\n"));
}

TEST_F(VerifyPathwayTest, SaysWhatItIsAt) {
  EXPECT_THAT(Verify(kDay), IsOk());
  EXPECT_EQ(err_,
            "cases: running 4 cases\n"
            "cases: 4 passed, 0 failed\n"
            "prove: proving no-error (1 of 8)\n"
            "prove: proving influence (2 of 8)\n"
            "prove: proving monotone (3 of 8)\n"
            "prove: proving floors (4 of 8)\n"
            "prove: proving unknown-is-safe (5 of 8)\n"
            "prove: proving invariants (6 of 8)\n"
            "prove: proving guidance (7 of 8)\n"
            "prove: proving texts (8 of 8)\n");
}

TEST_F(VerifyPathwayTest, ShowsWhatBreaksWithItsPlaceAndAnIntake) {
  Spoil("rules.txtpb", "em.bleeding == \"yes\"",
        "em.bleeding == \"yes\" && pain.now >= 1");
  EXPECT_THAT(Verify(kDay), StatusIs(absl::StatusCode::kFailedPrecondition,
                                     "refuted: floors"));
  EXPECT_THAT(out_, HasSubstr("  floors           REFUTED         T\n"));
  EXPECT_THAT(
      out_,
      HasSubstr("\n(fails) tiny/questionnaire.txtpb:6: floors: "
                "items/em.bleeding 'yes' gives\n"
                "  SAME_DAY here, and must give at least EMERGENCY_NOW\n"
                "  What to do: a rule of EMERGENCY_NOW or more must read this "
                "option alone\n"
                "  {\"id\":\"floors-1\",\"narrative\":\"Found by the gate: "
                "floors.\",\"source\":\"gate\",\"answers\":{\"em.bleeding\":"
                "\"yes\"},\"expected_disposition\":\"same_day\"}\n"
                "\n  cases: 4 of 4 pass\n"));
}

TEST_F(VerifyPathwayTest, NamesEveryPropertyThatIsNotProved) {
  Spoil("rules.txtpb", "em.bleeding == \"yes\"", "em.bleeding == \"no\"");
  EXPECT_THAT(Verify(kDay), StatusIs(absl::StatusCode::kFailedPrecondition,
                                     "refuted: monotone, floors; 3 of 4 cases "
                                     "fail; the cases do not reach "
                                     "everything"));
  EXPECT_THAT(out_, HasSubstr("\"monotone-1\""));
  EXPECT_THAT(out_, HasSubstr("\"floors-1\""));
}

TEST_F(VerifyPathwayTest, ListsWhatBreaksNothing) {
  Spoil("questionnaire.txtpb", "code: \"no\" text: \"No\"",
        "code: \"no\" text: \"No\" informational: \"A test.\"");
  Spoil("questionnaire.txtpb",
        "options { chains { levels { codes: \"no\" } levels { codes: \"yes\" } "
        "} }",
        "unordered: \"A test.\"");
  EXPECT_THAT(Verify(kDay), IsOk());
  EXPECT_THAT(out_, HasSubstr("  influence        proved          T\n"));
  EXPECT_EQ(Findings(),
            "\n(listed) tiny/questionnaire.txtpb:6: influence: "
            "items/em.bleeding 'no' is\n"
            "  declared informational, and changes results\n"
            "  What to do: take 'informational' away\n");
}

TEST_F(VerifyPathwayTest, ComparesReviewsWithTheDayThatIsGiven) {
  EXPECT_THAT(Verify("2027-05-31"), IsOk());
  EXPECT_THAT(
      Verify("2027-06-01"),
      StatusIs(absl::StatusCode::kFailedPrecondition, "refuted: texts"));
  EXPECT_THAT(out_, HasSubstr("  as of 2027-06-01, "));
  EXPECT_THAT(out_, HasSubstr("(fails) tiny/guidance/press.md:1: texts: "
                              "guidance/press was to be reviewed by\n"
                              "  2027-05-31, and it is 2027-06-01\n"));
}

TEST_F(VerifyPathwayTest, ComparesReviewsWithTodayWhereNoDayIsGiven) {
  for (auto& [path, bytes] : files_) {
    const std::size_t at = bytes.find("2027-05-31");
    if (at != std::string::npos) bytes.replace(at, 4, "9999");
  }
  EXPECT_THAT(Verify(""), IsOk());
  EXPECT_TRUE(std::regex_search(
      out_, std::regex("  as of 20[0-9]{2}-[0-9]{2}-[0-9]{2}, engine ")))
      << out_;
}

TEST(VerifyCommandTest, EndsWithTheCodeOfWhatIsRefused) {
  const auto proved = Plumb({"pathway", "verify", kTiny, "--as-of", kDay});
  EXPECT_EQ(proved.code, kExitOk) << proved.err;
  const auto refuted =
      Plumb({"pathway", "verify", kTiny, "--as-of", "2027-06-01"});
  EXPECT_EQ(refuted.code, kExitRefused);
  EXPECT_THAT(refuted.err, HasSubstr("refuted: texts"));
}

TEST(VerifyCommandTest, EveryShippedPathwayPasses) {
  int shipped = 0;
  for (const auto& folder :
       std::filesystem::directory_iterator("content-service/pathways")) {
    if (!std::filesystem::exists(folder.path() / "pathway.txtpb")) continue;
    const auto result = Plumb(
        {"pathway", "verify", folder.path().string(), "--as-of", "2026-12-01"});
    EXPECT_EQ(result.code, kExitOk) << folder.path() << "\n" << result.err;
    EXPECT_EQ(Plumb({"pathway", "fmt", "--check", folder.path().string()}).code,
              kExitOk)
        << folder.path();
    ++shipped;
  }
  EXPECT_GE(shipped, 2);
}

// Compared as a text it would be before or after every review.
TEST(VerifyCommandTest, RefusesWhatIsNoDay) {
  for (const char* day : {"soon", "2027-13-01", "1"}) {
    const auto result = Plumb({"pathway", "verify", kTiny, "--as-of", day});
    EXPECT_EQ(result.code, kExitUsage) << day;
    EXPECT_EQ(result.err, absl::StrCat("plumb: --as-of '", day,
                                       "' is not a day, such as 2027-05-31\n"));
  }
}

}  // namespace
}  // namespace plumbline::cli
