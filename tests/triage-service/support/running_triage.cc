#include "tests/triage-service/support/running_triage.h"

#include <gtest/gtest.h>

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pathway/content.h"
#include "common/rpc/client_channel.h"
#include "tests/support/method_walk.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

constexpr int kThreads = 2;
constexpr std::size_t kQueueMax = 64;
constexpr std::chrono::seconds kCallTimeout(20);

const std::vector<ChannelKey>& Channels() {
  static const auto& channels = *new std::vector<ChannelKey>{
      {"ankle", "stable"}, {"ankle", "candidate"}, {"knee", "stable"}};
  return channels;
}

rpc::TokenTable Tokens() {
  std::string text;
  for (const auth::v1::Role role : testing::AllRoles()) {
    absl::StrAppend(&text, "principals { name: '", rpc::WordOf(role),
                    "' roles: ", auth::v1::Role_Name(role), " token_sha256: '",
                    rpc::TokenHash(RunningTriage::TokenOf(role)), "' }\n");
  }
  return rpc::TokenTable::Parse(text, "tokens").value();
}

ChannelStatuses Statuses() {
  ChannelStatuses statuses;
  for (const ChannelKey& key : Channels()) statuses[key];
  return statuses;
}

}  // namespace

Release ExampleRelease(int number) {
  return {.pathway = pathway::LoadContent(ExampleContent(number)).value(),
          .name = absl::StrCat("pathways/ankle/releases/", number),
          .cursor = {1, number},
          .activate_time = absl::Now()};
}

RunningTriage::RunningTriage()
    : access_(rpc::AccessTable::Read({kTriageService}).value()),
      tokens_(Tokens()),
      call_metrics_(metrics_, access_),
      pool_(kThreads, kQueueMax),
      entrance_(access_, tokens_, call_metrics_, &pool_),
      table_(Channels(), {}),
      statuses_(Statuses()),
      assessor_(table_, statuses_, metrics_),
      triage_rpc_({.build_version = "test"}, entrance_, streams_, table_,
                  statuses_, assessor_) {
  server_ = rpc::Server::Start({}, {&triage_rpc_}, {kTriageService}, streams_)
                .value();
  channel_ =
      rpc::NewChannel({.target = absl::StrCat("127.0.0.1:", server_->port())});
  stub_ = v1::TriageService::NewStub(channel_);
}

std::string RunningTriage::Activate(int number) {
  Release release = ExampleRelease(number);
  std::string digest = release.pathway->digest;
  table_.Activate(ExampleKey(), std::move(release));
  return digest;
}

std::string RunningTriage::TokenOf(auth::v1::Role role) {
  return absl::StrCat("token-of-", rpc::WordOf(role),
                      "-with-characters-enough-to-be-one");
}

void RunningTriage::Prepare(grpc::ClientContext* context,
                            const std::string& token) {
  context->set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  if (!token.empty()) {
    context->AddMetadata("authorization", absl::StrCat("Bearer ", token));
  }
}

}  // namespace plumbline::triage
