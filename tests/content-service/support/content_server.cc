#include "tests/content-service/support/content_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/rpc/log.h"
#include "content-service/domain/drafts.h"
#include "content-service/domain/store_key.h"
#include "content-service/storage/sqlite_content_store.h"
#include "content-service/storage/sqlite_guidance_index.h"

namespace plumbline::content {
namespace {

constexpr auth::v1::Role kRoles[] = {
    auth::v1::ROLE_READER,    auth::v1::ROLE_AUTHOR,   auth::v1::ROLE_APPROVER,
    auth::v1::ROLE_PUBLISHER, auth::v1::ROLE_ASSESSOR, auth::v1::ROLE_CLINICIAN,
    auth::v1::ROLE_AUDITOR,   auth::v1::ROLE_OPERATOR};

// The value of what must succeed; a test failure and an empty value otherwise.
template <typename T>
T Must(absl::StatusOr<T> value, const char* step) {
  if (value.ok()) return *std::move(value);
  ADD_FAILURE() << step << ": " << value.status();
  return T();
}

}  // namespace

Sources SourcesOf(const std::string& folder) {
  const auto files = pathway::LoadSourceFiles(folder, kDraftBytesMax);
  EXPECT_TRUE(files.ok()) << files.status();
  Sources sources;
  if (!files.ok()) return sources;
  for (const auto& [path, bytes] : *files) {
    v1::SourceFile& file = *sources.Add();
    file.set_path(path);
    file.set_content(bytes);
  }
  return sources;
}

Sources TinyWith(const std::string& path, const std::string& original,
                 const std::string& replacement) {
  Sources sources = SourcesOf(kTinyFolder);
  int replaced = 0;
  for (v1::SourceFile& file : sources) {
    if (file.path() != path) continue;
    std::string content = file.content();
    replaced += absl::StrReplaceAll({{original, replacement}}, &content);
    file.set_content(content);
  }
  EXPECT_EQ(replaced, 1) << original << " in " << path;
  return sources;
}

ContentServer::ContentServer(Options options) : options_(options) {
  rpc::SetLogLevel(rpc::LogLevel::kWarning);
  access_ = std::make_unique<rpc::AccessTable>(
      rpc::AccessTable::Read({kContentServiceName}).value());
  MakePrincipals();
  MakePolicy();
  Start();
}

ContentServer::~ContentServer() { Stop(); }

void ContentServer::MakePrincipals() {
  auth::v1::TokenFile file;
  const auto add = [&](const std::string& name) -> auth::v1::TokenPrincipal& {
    auth::v1::TokenPrincipal& principal = *file.add_principals();
    principal.set_name(name);
    tokens_[name] = rpc::NewToken();
    principal.add_token_sha256(rpc::TokenHash(tokens_[name]));
    return principal;
  };
  auth::v1::TokenPrincipal& everyone = add("everyone");
  for (const auth::v1::Role role : kRoles) {
    everyone.add_roles(role);
    add(rpc::WordOf(role)).add_roles(role);
  }
  add("author-2").add_roles(auth::v1::ROLE_AUTHOR);
  add("approver-2").add_roles(auth::v1::ROLE_APPROVER);
  token_table_ = std::make_unique<rpc::TokenTable>(
      rpc::TokenTable::Parse(file.DebugString(), "tokens.txtpb").value());
}

void ContentServer::MakePolicy() {
  v1::TrustPolicy& message = policy_message_;
  message.set_audience(kAudience);
  const auto add = [&](const std::string& key_id,
                       v1::KeyRole role) -> v1::TrustedKey& {
    keys_.emplace(key_id, trust::PrivateKey::Generate());
    v1::TrustedKey& key = *message.add_keys();
    key.set_key_id(key_id);
    key.set_public_key(keys_.at(key_id).PublicKeyHex());
    key.add_roles(role);
    return key;
  };
  add("root-1", v1::KEY_ROLE_ROOT);
  add("author-1", v1::KEY_ROLE_AUTHOR);
  add("approver-1", v1::KEY_ROLE_APPROVER);
  add("approver-2", v1::KEY_ROLE_APPROVER);
  add("publisher-1", v1::KEY_ROLE_PUBLISHER);
  add("publisher-2", v1::KEY_ROLE_PUBLISHER);
  add("operator-1", v1::KEY_ROLE_OPERATOR);
  add("operator-2", v1::KEY_ROLE_OPERATOR);
  add("revoked-1", v1::KEY_ROLE_APPROVER).set_revoked(true);
  keys_.emplace("stranger-1", trust::PrivateKey::Generate());
  const auto require = [&](v1::KeyRole role, int required) {
    v1::Threshold& threshold = *message.add_thresholds();
    threshold.set_role(role);
    threshold.set_required(required);
  };
  require(v1::KEY_ROLE_APPROVER, options_.approvals_required);
  require(v1::KEY_ROLE_PUBLISHER, options_.publishers_required);
  require(v1::KEY_ROLE_OPERATOR, options_.operators_required);
  require(v1::KEY_ROLE_AUTHOR, options_.authors_required);
  ReadPolicy();
}

void ContentServer::ReadPolicy() {
  policy_ = std::make_unique<trust::TrustPolicy>(
      trust::TrustPolicy::Parse(policy_message_.DebugString(), "trust.txtpb")
          .value());
}

void ContentServer::Start() {
  store_ = OpenSqliteContentStore(folder_.path() + "/content.db").value();
  metrics_ = std::make_unique<rpc::Metrics>();
  call_metrics_ = std::make_unique<rpc::CallMetrics>(*metrics_, *access_);
  streams_ = std::make_unique<rpc::LiveStreams>();
  pool_ = std::make_unique<rpc::WorkerPool>(2, 100);
  entrance_ = std::make_unique<rpc::Entrance>(*access_, *token_table_,
                                              *call_metrics_, pool_.get());
  rpc_ = std::make_unique<ContentRpc>(
      *entrance_, *store_, *policy_, *streams_,
      ContentRpcOptions{.clock = [this] { return Now(); },
                        .elapsed = [this] { return Elapsed(); },
                        .sync = options_.sync,
                        .subscribers = options_.subscribers,
                        .make_index = NewSqliteGuidanceIndex,
                        .page_token_key = FindOrMakeStoreKey(*store_).value()});
  server_ = rpc::Server::Start({.message_bytes_max = 10 << 20}, {rpc_.get()},
                               {kContentServiceName}, *streams_)
                .value();
  server_->SetReady(true);
  channel_ = rpc::NewChannel({.target = address(), .own_connection = true});
  stub_ = v1::ContentService::NewStub(channel_);
}

void ContentServer::Stop() {
  server_.reset();
  rpc_.reset();
  entrance_.reset();
  pool_.reset();
  streams_.reset();
  call_metrics_.reset();
  metrics_.reset();
  store_.reset();
}

std::string ContentServer::address() const {
  return absl::StrCat("127.0.0.1:", server_->port());
}

void ContentServer::Advance(absl::Duration duration) {
  offset_ns_ += absl::ToInt64Nanoseconds(duration);
}

absl::Time ContentServer::Now() const {
  return absl::Now() + absl::Nanoseconds(offset_ns_.load());
}

void ContentServer::Elapse(absl::Duration duration) {
  elapsed_ns_ += absl::ToInt64Nanoseconds(duration);
}

absl::Duration ContentServer::Elapsed() const {
  const absl::Duration offset = absl::Nanoseconds(elapsed_ns_.load());
  if (options_.stands_still) return offset;
  return offset +
         absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

void ContentServer::Tick() { rpc_->OnTick(); }

void ContentServer::Revoke(const std::string& key_id) {
  for (v1::TrustedKey& key : *policy_message_.mutable_keys()) {
    if (key.key_id() == key_id) key.set_revoked(true);
  }
  Stop();
  ReadPolicy();
  Start();
}

std::string ContentServer::TokenOf(const std::string& principal) const {
  const auto found = tokens_.find(principal);
  return found == tokens_.end() ? "" : found->second;
}

void ContentServer::Prepare(const std::string& principal,
                            grpc::ClientContext* context) {
  rpc::PrepareCall({.token = TokenOf(principal), .timeout = absl::Seconds(60)},
                   context);
}

v1::Draft ContentServer::CreateDraft(const Sources& sources) {
  v1::CreateDraftRequest request;
  request.set_parent("pathways/tiny");
  *request.mutable_draft()->mutable_source_files() = sources;
  return Must(Call("author", &v1::ContentService::Stub::CreateDraft, request),
              "CreateDraft")
      .draft();
}

absl::StatusOr<v1::Draft> ContentServer::Watch(const std::string& draft) {
  grpc::ClientContext context;
  Prepare("author", &context);
  v1::WatchDraftRequest request;
  request.set_name(draft);
  const auto reader = stub_->WatchDraft(&context, request);
  v1::WatchDraftResponse last;
  v1::WatchDraftResponse response;
  while (reader->Read(&response)) last = response;
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  return last.draft();
}

v1::Draft ContentServer::Submit(const std::string& draft) {
  v1::SubmitDraftRequest request;
  request.set_name(draft);
  const auto submitted =
      Call("author", &v1::ContentService::Stub::SubmitDraft, request);
  EXPECT_TRUE(submitted.ok()) << submitted.status();
  return Must(Watch(draft), "WatchDraft");
}

v1::Draft ContentServer::Approve(const std::string& draft,
                                 const std::string& principal,
                                 const std::string& key_id) {
  v1::ApproveDraftRequest request;
  request.set_name(draft);
  request.set_validate_only(true);
  request.set_statement(
      Must(Call(principal, &v1::ContentService::Stub::ApproveDraft, request),
           "ApproveDraft validate_only")
          .statement());
  request.set_validate_only(false);
  Sign(key_id, &request);
  return Must(Call(principal, &v1::ContentService::Stub::ApproveDraft, request),
              "ApproveDraft")
      .draft();
}

v1::Release ContentServer::Publish(const std::string& draft) {
  v1::PublishReleaseRequest request;
  request.set_draft(draft);
  request.set_validate_only(true);
  request.set_statement(
      Must(
          Call("publisher", &v1::ContentService::Stub::PublishRelease, request),
          "PublishRelease validate_only")
          .statement());
  request.set_validate_only(false);
  for (int i = 1; i <= options_.publishers_required; ++i) {
    Sign(absl::StrCat("publisher-", i), &request);
  }
  return Must(Call("publisher", &v1::ContentService::Stub::PublishRelease,
                   request),
              "PublishRelease")
      .release();
}

v1::Release ContentServer::Release(const Sources& sources) {
  const std::string draft = CreateDraft(sources).name();
  const v1::Draft submitted = Submit(draft);
  EXPECT_EQ(submitted.state(), v1::Draft::STATE_SUBMITTED)
      << submitted.report().DebugString();
  Approve(draft);
  return Publish(draft);
}

v1::ChannelMove ContentServer::Move(const std::string& channel,
                                    const std::string& release) {
  v1::MoveChannelRequest request;
  request.set_name(channel);
  request.set_release(release);
  request.set_reason("a test");
  v1::GetChannelRequest get;
  get.set_name(channel);
  const auto present =
      Call("operator", &v1::ContentService::Stub::GetChannel, get);
  if (present.ok()) *request.mutable_expected() = present->channel().cursor();
  request.set_validate_only(true);
  request.set_statement(
      Must(Call("operator", &v1::ContentService::Stub::MoveChannel, request),
           "MoveChannel validate_only")
          .statement());
  request.set_validate_only(false);
  Sign("operator-1", &request);
  return Must(Call("operator", &v1::ContentService::Stub::MoveChannel, request),
              "MoveChannel")
      .move();
}

}  // namespace plumbline::content
