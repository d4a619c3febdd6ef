// plumb draft against a real content-service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "cli/exit_code.h"
#include "tests/support/local_pair.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::LocalPair;
using ::testing::HasSubstr;

class DraftCommandsTest : public ::testing::Test {
 protected:
  DraftCommandsTest() { pair_.StartContent(); }

  void Create(const std::string& folder) {
    const auto created =
        pair_.PlumbContent("author", {"draft", "create", folder, "--id", "d1"});
    ASSERT_EQ(created.code, kExitOk) << created.err;
  }

  LocalPair pair_;
};

TEST_F(DraftCommandsTest, GoesFromFilesToARelease) {
  Create(kBackPain);
  const auto submitted = pair_.PlumbContent(
      "author",
      {"draft", "submit", "back-pain/d1", "--key", pair_.KeyFile("author")});
  EXPECT_EQ(submitted.code, kExitOk) << submitted.err;
  EXPECT_THAT(submitted.err, HasSubstr("  kind: submission\n"));
  EXPECT_THAT(submitted.out, HasSubstr("gate: passed"));

  const auto approved = pair_.PlumbContent(
      "approver",
      {"draft", "approve", "back-pain/d1", "--key", pair_.KeyFile("approver")});
  EXPECT_EQ(approved.code, kExitOk) << approved.err;
  EXPECT_THAT(approved.err, HasSubstr("  kind: approval\n"));
  EXPECT_THAT(approved.err, HasSubstr("  audience: local-pair\n"));

  const auto published =
      pair_.PlumbContent("publisher", {"draft", "publish", "back-pain/d1",
                                       "--key", pair_.KeyFile("publisher")});
  EXPECT_EQ(published.code, kExitOk) << published.err;
  EXPECT_THAT(published.out, HasSubstr("pathways/back-pain/releases/1  "));
}

TEST_F(DraftCommandsTest, FaultsOfADraftAreShownWithTheirPlaces) {
  const std::string folder = pair_.InFolder("broken");
  std::filesystem::copy(kBackPain, folder,
                        std::filesystem::copy_options::recursive);
  std::ofstream(folder + "/rules.txtpb", std::ios::app) << "rules {\n";
  Create(folder);
  const auto submitted = pair_.PlumbContent(
      "author",
      {"draft", "submit", "back-pain/d1", "--key", pair_.KeyFile("author")});
  EXPECT_EQ(submitted.code, kExitRefused);
  EXPECT_THAT(submitted.out, HasSubstr("gate: failed"));
  EXPECT_THAT(submitted.out, HasSubstr("rules.txtpb:"));
}

TEST_F(DraftCommandsTest, AnOverlayIsSentWithTheFiles) {
  const std::string overlay = pair_.InFolder("words.txtpb");
  std::ofstream(overlay) << "items { link_id: 'mood.low' prompt: 'Ours.' }\n";
  const auto created = pair_.PlumbContent(
      "author",
      {"draft", "create", kBackPain, "--id", "d1", "--overlay", overlay});
  ASSERT_EQ(created.code, kExitOk) << created.err;
  const auto submitted = pair_.PlumbContent(
      "author",
      {"draft", "submit", "back-pain/d1", "--key", pair_.KeyFile("author")});
  EXPECT_EQ(submitted.code, kExitOk) << submitted.err;
  const auto checked =
      testing::Plumb({"pathway", "check", kBackPain, "--overlay", overlay});
  const std::string digest =
      checked.out.substr(checked.out.find("content ") + 8, 64);
  EXPECT_THAT(submitted.out, HasSubstr(digest));
}

TEST_F(DraftCommandsTest, TheWrongKeyIsRefused) {
  Create(kBackPain);
  pair_.PlumbContent("author", {"draft", "submit", "back-pain/d1"});
  const auto approved =
      pair_.PlumbContent("approver", {"draft", "approve", "back-pain/d1",
                                      "--key", pair_.KeyFile("publisher")});
  EXPECT_EQ(approved.code, kExitRefused);
  EXPECT_THAT(approved.err, HasSubstr("publisher-1"));
}

TEST_F(DraftCommandsTest, TheWrongRoleIsNotAllowed) {
  const auto created =
      pair_.PlumbContent("reader", {"draft", "create", kBackPain});
  EXPECT_EQ(created.code, kExitNotAllowed);
  EXPECT_THAT(created.err, HasSubstr("reason: ROLE_REQUIRED"));
}

TEST_F(DraftCommandsTest, UpdateDiscardShowAndList) {
  Create(kBackPain);
  EXPECT_EQ(pair_
                .PlumbContent("author", {"draft", "update", "back-pain/d1",
                                         kBackPain, "--note", "again"})
                .code,
            kExitOk);
  EXPECT_THAT(
      pair_.PlumbContent("author", {"draft", "show", "back-pain/d1"}).out,
      HasSubstr("note: again"));
  EXPECT_THAT(pair_.PlumbContent("author", {"draft", "list", "back-pain"}).out,
              HasSubstr("pathways/back-pain/drafts/d1  draft  by author"));
  EXPECT_THAT(
      pair_.PlumbContent("author", {"draft", "discard", "back-pain/d1"}).out,
      HasSubstr("discarded"));
}

TEST_F(DraftCommandsTest, UnknownDraftIsRefused) {
  const auto shown =
      pair_.PlumbContent("author", {"draft", "show", "back-pain/none"});
  EXPECT_EQ(shown.code, kExitRefused);
  EXPECT_THAT(shown.err, HasSubstr("back-pain/drafts/none"));
}

}  // namespace
}  // namespace plumbline::cli
