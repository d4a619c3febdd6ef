// What plumb signs: never what a service says, where that is not what was asked
// for. Against a service that lies.

#include "cli/signed_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "tests/cli/fake_content_service.h"
#include "tests/support/plumb.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::cli {
namespace {

using content::v1::Statement;
using ::plumbline::testing::Plumb;
using ::plumbline::testing::PlumbResult;
using ::plumbline::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string>& Approve() {
  static const auto& words =
      *new std::vector<std::string>{"draft", "approve", "back-pain/d1"};
  return words;
}

const std::vector<std::string>& Publish() {
  static const auto& words =
      *new std::vector<std::string>{"draft", "publish", "back-pain/d1"};
  return words;
}

const std::vector<std::string>& Move() {
  static const auto& words = *new std::vector<std::string>{
      "channel",     "move",     "back-pain/stable", "--release",
      "back-pain/2", "--reason", "because"};
  return words;
}

class SignedCallTest : public ::testing::Test {
 protected:
  SignedCallTest() {
    Plumb({"keys", "generate", key_, "--role", "approver"});
    for (int number = 1; number <= 3; ++number) service_.AddRelease();
    service_.MoveTo(1);
    service_.MoveTo(3);
  }

  PlumbResult Run(std::vector<std::string> words,
                  const std::vector<std::string>& more = {}) {
    words.insert(words.end(), {"--key", key_, "--server", service_.address()});
    words.insert(words.end(), more.begin(), more.end());
    return Plumb(words);
  }

  const TemporaryDirectory directory_;
  const std::string key_ = directory_.path() + "/me.pem";
  FakeContentService service_;
};

TEST_F(SignedCallTest, ShowsWhatItSignsAndSigns) {
  const PlumbResult moved = Run(Move());
  EXPECT_EQ(moved.code, kExitOk) << moved.err;
  EXPECT_EQ(service_.signed_calls(), 1);
  EXPECT_THAT(moved.err, HasSubstr(absl::StrCat("signing with ", key_,
                                                ":\n"
                                                "  kind: move\n"
                                                "  pathway_id: back-pain\n"
                                                "  digest: ",
                                                FakeDigest(2),
                                                "\n"
                                                "  role: operator\n"
                                                "  sign_time: 2")));
  EXPECT_THAT(moved.err, HasSubstr("  channel_id: stable\n"
                                   "  epoch: 1\n"
                                   "  move_number: 3\n"
                                   "  previous_move_hash: "));
  EXPECT_THAT(moved.err, HasSubstr("  reason: because\n"
                                   "  audience: clinic\n"));
  EXPECT_THAT(Run(Approve()).err, HasSubstr("  report_digest: "));
  EXPECT_THAT(Run(Publish()).err, HasSubstr("  release_number: 4\n"));
  EXPECT_EQ(service_.signed_calls(), 3);
}

TEST_F(SignedCallTest, AFirstMoveOfAChannelIsExpectedToBeTheFirst) {
  FakeContentService empty;
  empty.AddRelease();
  empty.AddRelease();
  std::vector<std::string> words = Move();
  words.insert(words.end(),
               {"--create", "--key", key_, "--server", empty.address()});
  const PlumbResult moved = Plumb(words);
  EXPECT_EQ(moved.code, kExitOk) << moved.err;
  EXPECT_EQ(empty.signed_calls(), 1);
}

TEST_F(SignedCallTest, SignsForNoOtherContentThanThatWhichIsPinned) {
  const std::string other(64, 'a');
  for (const auto& words : {Approve(), Publish(), Move()}) {
    const PlumbResult result = Run(words, {"--digest", other});
    EXPECT_EQ(result.code, kExitRefused);
    EXPECT_THAT(result.err,
                HasSubstr(absl::StrCat(", expected '", other, "'")));
  }
  EXPECT_EQ(service_.signed_calls(), 0);
  EXPECT_EQ(Run(Approve(), {"--digest", FakeDigest(4)}).code, kExitOk);
  EXPECT_EQ(Run(Move(), {"--digest", FakeDigest(2)}).code, kExitOk);
  EXPECT_EQ(Run(Approve(), {"--digest", "abc"}).code, kExitUsage);
}

TEST_F(SignedCallTest, AKeyIsAsked) {
  std::vector<std::string> words = Approve();
  words.insert(words.end(), {"--server", service_.address()});
  const PlumbResult result = Plumb(words);
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err, HasSubstr("--key"));
}

TEST_F(SignedCallTest, OptionsMayComeBeforeWhatTheyAreAbout) {
  const PlumbResult result =
      Plumb({"draft", "approve", "--key", key_, "back-pain/d1", "--server",
             service_.address()});
  EXPECT_EQ(result.code, kExitOk) << result.err;
}

struct Lie {
  std::string name;
  std::vector<std::string> command;
  std::function<void(Statement&)> tell;
  std::string field;
};

class LieTest : public SignedCallTest,
                public ::testing::WithParamInterface<Lie> {};

TEST_P(LieTest, IsNamedAndNotSigned) {
  service_.LieBy(GetParam().tell);
  const PlumbResult result = Run(GetParam().command);
  EXPECT_EQ(result.code, kExitRefused);
  EXPECT_THAT(result.err,
              HasSubstr("not signed: the service states something else than "
                        "was asked for:\n"));
  EXPECT_THAT(result.err,
              HasSubstr(absl::StrCat("\n  ", GetParam().field, ": ")));
  EXPECT_THAT(result.err, Not(HasSubstr("signing with")));
  EXPECT_EQ(service_.signed_calls(), 0);
}

const std::string& OtherDigest() {
  static const auto& digest = *new std::string(64, 'f');
  return digest;
}

INSTANTIATE_TEST_SUITE_P(
    Fields, LieTest,
    ::testing::ValuesIn<Lie>({
        {"KindOfAnApproval", Approve(),
         [](Statement& statement) {
           statement.set_kind(content::v1::STATEMENT_KIND_PUBLICATION);
           statement.set_role(content::v1::KEY_ROLE_PUBLISHER);
           statement.set_release_number(9);
         },
         "kind"},
        {"KindOfAMove", Move(),
         [](Statement& statement) {
           statement.set_kind(content::v1::STATEMENT_KIND_EPOCH);
           statement.set_role(content::v1::KEY_ROLE_ROOT);
           statement.set_epoch(2);
           statement.set_move_number(1);
         },
         "role"},
        {"PathwayOfAnApproval", Approve(),
         [](Statement& statement) { statement.set_pathway_id("knee"); },
         "pathway_id"},
        {"DigestOfAnApproval", Approve(),
         [](Statement& statement) { statement.set_digest(OtherDigest()); },
         "digest"},
        {"ReportOfAnApproval", Approve(),
         [](Statement& statement) {
           statement.set_report_digest(OtherDigest());
         },
         "report_digest"},
        {"DigestOfAPublication", Publish(),
         [](Statement& statement) { statement.set_digest(OtherDigest()); },
         "digest"},
        {"ReportOfAPublication", Publish(),
         [](Statement& statement) {
           statement.set_report_digest(OtherDigest());
         },
         "report_digest"},
        {"NumberOfAPublication", Publish(),
         [](Statement& statement) { statement.set_release_number(9); },
         "release_number"},
        {"PathwayOfAMove", Move(),
         [](Statement& statement) { statement.set_pathway_id("knee"); },
         "pathway_id"},
        {"DigestOfAMove", Move(),
         [](Statement& statement) { statement.set_digest(FakeDigest(1)); },
         "digest"},
        {"ChannelOfAMove", Move(),
         [](Statement& statement) { statement.set_channel_id("candidate"); },
         "channel_id"},
        {"EpochOfAMove", Move(),
         [](Statement& statement) { statement.set_epoch(7); }, "epoch"},
        {"NumberOfAMove", Move(),
         [](Statement& statement) { statement.set_move_number(9); },
         "move_number"},
        {"PreviousOfAMove", Move(),
         [](Statement& statement) {
           statement.set_previous_move_hash(OtherDigest());
         },
         "previous_move_hash"},
        {"ReasonOfAMove", Move(),
         [](Statement& statement) { statement.set_reason("another"); },
         "reason"},
        {"TimeOfAMove", Move(),
         [](Statement& statement) {
           trust::SetSignTime(absl::Now() + absl::Hours(1), &statement);
         },
         "sign_time"},
    }),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace plumbline::cli
