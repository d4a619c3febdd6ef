// A release's whole life against a running server, and what holds for every
// method.

#include "content-service/rpc/content_rpc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "common/trust/verify.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/method_walk.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::IsEmpty;
using Stub = v1::ContentService::Stub;

TEST(ContentRpcTest, TakesADraftToAReleaseThatVerifies) {
  ContentServer server;
  const v1::Draft created = server.CreateDraft(SourcesOf(kTinyFolder));
  EXPECT_EQ(created.state(), v1::Draft::STATE_DRAFT);
  EXPECT_EQ(created.author(), "author");
  EXPECT_EQ(created.source_files_size(), SourcesOf(kTinyFolder).size());
  EXPECT_EQ(created.approvals_required(), 1);

  const v1::Draft submitted = server.Submit(created.name());
  ASSERT_EQ(submitted.state(), v1::Draft::STATE_SUBMITTED)
      << submitted.report().DebugString();
  EXPECT_TRUE(submitted.report().passed());
  EXPECT_EQ(submitted.report().case_count(), 4);
  EXPECT_EQ(submitted.report().passed_case_count(), 4);
  EXPECT_TRUE(trust::IsDigest(submitted.digest()));
  EXPECT_TRUE(trust::IsDigest(submitted.report_digest()));

  const v1::Draft approved = server.Approve(created.name());
  EXPECT_EQ(approved.state(), v1::Draft::STATE_APPROVED);
  ASSERT_EQ(approved.approvals_size(), 1);
  EXPECT_EQ(approved.approvals(0).principal(), "approver");

  const v1::Release release = server.Publish(created.name());
  EXPECT_EQ(release.name(), "pathways/tiny/releases/1");
  EXPECT_EQ(release.digest(), submitted.digest());
  EXPECT_EQ(release.author(), "author");
  EXPECT_EQ(release.publisher(), "publisher");
  EXPECT_EQ(release.counts().item_count(), 3);
  EXPECT_EQ(release.counts().case_count(), 4);

  v1::GetReleaseRequest get;
  get.set_name("pathways/tiny/releases/" + release.digest());
  get.set_view(v1::RELEASE_VIEW_FULL);
  const auto full = server.Call("reader", &Stub::GetRelease, get);
  ASSERT_THAT(full, IsOk());
  EXPECT_EQ(full->release().name(), release.name());
  EXPECT_THAT(trust::VerifyBundle(server.policy(), "tiny", release.digest(),
                                  full->release().content(),
                                  full->release().attestations()),
              IsOk());
}

TEST(ContentRpcTest, KeepsEverythingOverARestart) {
  ContentServer server;
  const v1::Release release = server.Release(SourcesOf(kTinyFolder));
  server.Move("pathways/tiny/channels/stable", release.name());
  server.Restart();
  v1::GetChannelRequest get;
  get.set_name("pathways/tiny/channels/stable");
  const auto channel = server.Call("reader", &Stub::GetChannel, get);
  ASSERT_THAT(channel, IsOk());
  EXPECT_EQ(channel->channel().digest(), release.digest());
  EXPECT_EQ(channel->channel().mover(), "operator");
}

TEST(ContentRpcTest, TakesTheShippedPathwayThroughTheGate) {
  ContentServer server;
  v1::CreateDraftRequest create;
  create.set_parent("pathways/back-pain");
  *create.mutable_draft()->mutable_source_files() =
      SourcesOf("content-service/pathways/back-pain");
  const auto created = server.Call("author", &Stub::CreateDraft, create);
  ASSERT_THAT(created, IsOk());
  const v1::Draft draft = server.Submit(created->draft().name());
  EXPECT_EQ(draft.state(), v1::Draft::STATE_SUBMITTED)
      << draft.report().DebugString();
}

TEST(ContentRpcTest, AdmitsEachRoleAsTheContractSays) {
  ContentServer server;
  EXPECT_THAT(testing::AccessFaults(server.channel(), kContentServiceName,
                                    [&](auth::v1::Role role) {
                                      return server.TokenOf(rpc::WordOf(role));
                                    }),
              IsEmpty());
}

TEST(ContentRpcTest, BuildsWhatTheStatusPageDoesNotList) {
  ContentServer server;
  EXPECT_EQ(testing::UnbuiltMethods(server.channel(), kContentServiceName,
                                    [&](auth::v1::Role role) {
                                      return server.TokenOf(rpc::WordOf(role));
                                    }),
            testing::MethodsListedAsUnbuilt(kContentServiceName));
}

}  // namespace
}  // namespace plumbline::content
