#include "cli/assessor.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"
#include "tests/cli/fake_content_service.h"
#include "tests/support/local_server.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;

absl::StatusOr<std::unique_ptr<Assessor>> Open(const AssessorOptions& options) {
  std::ostringstream notes;
  return OpenAssessor(options, notes);
}

TEST(OpenAssessorTest, DecidesInProcessWithoutAServer) {
  const auto assessor = Open({.pathway = kBackPain});
  ASSERT_TRUE(assessor.ok()) << assessor.status();
  EXPECT_EQ((*assessor)->form().pathway_id(), "back-pain");
}

TEST(OpenAssessorTest, MissingFolderIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(Open({.pathway = "no/such"}).status()));
}

TEST(OpenAssessorTest, APathwayByIdNeedsItsQuestionnaire) {
  EXPECT_EQ(Open({.pathway = "back-pain", .triage = {.server = "127.0.0.1:1"}})
                .status()
                .message(),
            "--pathway 'back-pain' is no folder: to read answers against a "
            "published pathway, also give --content-server HOST:PORT");
}

// A triage-service that serves what it is told on back-pain/stable, and decides
// by that unless told otherwise.
class FakeTriageService final : public triage::v1::TriageService::Service {
 public:
  const std::string& address() const { return server_.address(); }
  void Serve(const std::string& digest) { served_ = decides_ = digest; }
  void DecideBy(const std::string& digest) { decides_ = digest; }

 private:
  grpc::Status GetServerInfo(
      grpc::ServerContext* /*context*/,
      const triage::v1::GetServerInfoRequest* /*request*/,
      triage::v1::GetServerInfoResponse* response) override {
    triage::v1::ServerInfo& info = *response->mutable_server_info();
    triage::v1::ServedChannel& canary = *info.add_channels();
    canary.set_channel("pathways/back-pain/channels/canary");
    canary.set_digest(std::string(64, 'c'));
    if (served_.empty()) return grpc::Status::OK;
    triage::v1::ServedChannel& stable = *info.add_channels();
    stable.set_channel(kFakeChannel);
    stable.set_digest(served_);
    return grpc::Status::OK;
  }

  grpc::Status NextItems(grpc::ServerContext* /*context*/,
                         const triage::v1::NextItemsRequest* /*request*/,
                         triage::v1::NextItemsResponse* response) override {
    response->set_release_digest(decides_);
    return grpc::Status::OK;
  }

  std::string served_;
  std::string decides_;
  plumbline::testing::LocalServer server_{this};
};

// The bytes of a pathway of this title.
std::string Content(const std::string& title) {
  pathway::v1::Pathway pathway;
  pathway.set_pathway_id("back-pain");
  pathway.set_title(title);
  return pathway.SerializeAsString();
}

// Two releases, of which the channel points to the second.
class PathwayByIdTest : public ::testing::Test {
 protected:
  PathwayByIdTest() {
    content_.AddRelease();
    first_ = content_.SetContent(Content("First"));
    content_.AddRelease();
    second_ = content_.SetContent(Content("Second"));
    content_.MoveTo(2);
  }

  absl::StatusOr<std::unique_ptr<Assessor>> Open(const std::string& pin = "") {
    notes_.str("");
    return OpenAssessor({.pathway = "back-pain",
                         .triage = {.server = triage_.address()},
                         .content = {.server = content_.address()},
                         .release_digest = pin},
                        notes_);
  }

  // The title of the form.
  std::string TitleOf(const std::string& pin = "") {
    const auto assessor = Open(pin);
    return assessor.ok() ? (*assessor)->form().title()
                         : assessor.status().ToString();
  }

  std::string first_;
  std::string second_;
  FakeContentService content_;
  FakeTriageService triage_;
  std::ostringstream notes_;
};

TEST_F(PathwayByIdTest, IsWhatItsDigestNames) {
  content_.AddRelease();  // Without content.
  EXPECT_EQ(Open(FakeDigest(3)).status(),
            absl::DataLossError(
                "what content-service sent as the content of "
                "pathways/back-pain/releases/3 is not what its digest names"));
}

TEST_F(PathwayByIdTest, IsThatOfAPin) {
  triage_.Serve(second_);
  EXPECT_EQ(TitleOf(first_), "First");
  EXPECT_EQ((*Open(first_))->form_digest(), first_);
  EXPECT_EQ(notes_.str(), "");
}

TEST_F(PathwayByIdTest, IsNoOtherThanThatOfAPin) {
  const std::string unknown(64, 'a');
  EXPECT_EQ(Open(unknown).status(),
            absl::NotFoundError(
                absl::StrCat("pathways/back-pain/releases/", unknown)));
  const absl::Status status = Open("1").status();
  EXPECT_EQ(ExitCodeOf(status), kExitUsage);
  EXPECT_EQ(status.message(),
            "--release-digest '1' must be 64 lower-case hexadecimal digits");
}

// A replica that lags behind the channel.
TEST_F(PathwayByIdTest, IsThatByWhichTheServiceDecides) {
  triage_.Serve(first_);
  EXPECT_EQ(TitleOf(), "First");
  EXPECT_EQ(notes_.str(), "");
  EXPECT_TRUE((*Open())->Next({}).ok());
  triage_.Serve(second_);
  EXPECT_EQ(TitleOf(), "Second");
}

TEST_F(PathwayByIdTest, IsThatOfTheChannelWhereTheServiceNamesNone) {
  EXPECT_EQ(TitleOf(), "Second");
  EXPECT_EQ(notes_.str(),
            absl::StrCat("plumb: the service names no content of "
                         "pathways/back-pain/channels/stable; the questions "
                         "are those of pathways/back-pain/releases/2, to which "
                         "the channel points, content ",
                         second_, "\n"));
}

TEST_F(PathwayByIdTest, IsThatOfTheChannelWhereThatWhichDecidesIsNotThere) {
  const std::string unknown(64, 'a');
  triage_.Serve(unknown);
  EXPECT_EQ(TitleOf(), "Second");
  EXPECT_EQ(
      notes_.str(),
      absl::StrCat("plumb: content-service does not have content ", unknown,
                   ", by which the service decides; the questions are "
                   "those of pathways/back-pain/releases/2, to which the "
                   "channel points, content ",
                   second_, "\n"));
}

TEST_F(PathwayByIdTest, IsNotAskedWhereTheServiceDecidesByOtherContent) {
  triage_.Serve(first_);
  triage_.DecideBy(second_);
  EXPECT_EQ(
      (*Open())->Next({}).status(),
      absl::FailedPreconditionError(absl::StrCat(
          "the service decides by content ", second_,
          ", and --pathway is content ", first_,
          ": an interview needs both to be the same. If the service has just "
          "moved on, the same command succeeds now; otherwise give the folder "
          "of that content")));
}

TEST(OpenAssessorTest, AServiceThatCannotBeReachedIsToldAtOnce) {
  FakeContentService content;
  EXPECT_TRUE(
      absl::IsUnavailable(Open({.pathway = "back-pain",
                                .triage = {.server = "127.0.0.1:1"},
                                .content = {.server = content.address()}})
                              .status()));
}

}  // namespace
}  // namespace plumbline::cli
