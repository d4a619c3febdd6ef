#include "tests/triage-service/support/scripted_content_service.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace plumbline::triage {

using content::v1::Acknowledgement;
using content::v1::SyncRequest;
using content::v1::SyncResponse;

void ScriptedStream::Accept(absl::Duration heartbeat_interval,
                            const content::v1::Cursor& newest) {
  SyncResponse message;
  auto& subscribed = *message.mutable_subscribed();
  *subscribed.mutable_newest() = newest;
  const std::int64_t nanos = absl::ToInt64Nanoseconds(heartbeat_interval);
  subscribed.mutable_heartbeat_interval()->set_seconds(nanos / 1'000'000'000);
  subscribed.mutable_heartbeat_interval()->set_nanos(
      static_cast<std::int32_t>(nanos % 1'000'000'000));
  Send(message);
}

void ScriptedStream::SendHeartbeat(const content::v1::Cursor& newest) {
  SyncResponse message;
  *message.mutable_heartbeat()->mutable_newest() = newest;
  Send(message);
}

std::optional<SyncRequest> ScriptedStream::Receive() {
  SyncRequest request;
  if (!stream_.Read(&request)) return std::nullopt;
  return request;
}

std::optional<Acknowledgement> ScriptedStream::ReceiveAcknowledgement() {
  while (std::optional<SyncRequest> request = Receive()) {
    if (request->has_acknowledgement()) return request->acknowledgement();
  }
  ADD_FAILURE() << "the replica left without an acknowledgement";
  return std::nullopt;
}

void ScriptedStream::WaitUntilGone() {
  while (Receive().has_value()) {
  }
}

ScriptedContentService::ScriptedContentService(std::vector<Script> scripts,
                                               int port)
    : scripts_(scripts.begin(), scripts.end()), unplayed_(scripts.size()) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("127.0.0.1:", port),
                           grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
  EXPECT_NE(server_, nullptr) << "cannot listen on port " << port;
}

ScriptedContentService::~ScriptedContentService() {
  if (server_ != nullptr) {
    server_->Shutdown(std::chrono::system_clock::now());
  }
}

std::string ScriptedContentService::address() const {
  return absl::StrCat("127.0.0.1:", port_);
}

std::optional<ScriptedContentService::Script>
ScriptedContentService::NextScript() {
  sync::MutexLock lock(mutex_);
  if (scripts_.empty()) return std::nullopt;
  Script script = std::move(scripts_.front());
  scripts_.pop_front();
  return script;
}

grpc::Status ScriptedContentService::Sync(grpc::ServerContext* context,
                                          ScriptedStream::Stream* stream) {
  SyncRequest first;
  // A replica may leave before it has said anything.
  if (!stream->Read(&first)) return grpc::Status::OK;
  EXPECT_TRUE(first.has_subscribe());
  const std::optional<Script> script = NextScript();
  if (!script.has_value()) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "no further script");
  }
  const auto found = context->client_metadata().find("authorization");
  const std::string authorization =
      found == context->client_metadata().end()
          ? ""
          : std::string(found->second.data(), found->second.size());
  ScriptedStream scripted(*stream, authorization, first.subscribe());
  const grpc::Status status = (*script)(scripted);
  sync::MutexLock lock(mutex_);
  --unplayed_;
  changed_.NotifyAll();
  return status;
}

bool ScriptedContentService::WaitUntilPlayed() {
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(30);
  sync::MutexLock lock(mutex_);
  while (unplayed_ > 0) {
    if (!changed_.WaitUntil(mutex_, deadline)) return false;
  }
  return true;
}

}  // namespace plumbline::triage
