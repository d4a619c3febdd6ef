#include "tests/support/local_pair.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/rpc/client_channel.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace plumbline::testing {
namespace {

const std::vector<std::string>& KeyRoles() {
  static const auto& roles = *new std::vector<std::string>{
      "root", "author", "approver", "publisher", "operator"};
  return roles;
}

const std::vector<std::string>& TokenRoles() {
  static const auto& roles = *new std::vector<std::string>{
      "reader",   "author",    "approver", "publisher",
      "assessor", "clinician", "auditor",  "operator"};
  return roles;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void ExpectOk(const PlumbResult& result, const std::string& step) {
  EXPECT_EQ(result.code, 0) << step << ": " << result.err << result.out;
}

}  // namespace

LocalPair::LocalPair() {
  MakeKeys();
  MakeTokens();
}

void LocalPair::MakeKeys() {
  std::ofstream policy(InFolder("trust_policy.txtpb"));
  policy << "audience: \"local-pair\"\n";
  for (const std::string& role : KeyRoles()) {
    const PlumbResult key =
        Plumb({"keys", "generate", KeyFile(role), "--role", role});
    ExpectOk(key, "keys generate");
    policy << key.out;
  }
}

void LocalPair::MakeTokens() {
  std::ofstream tokens(InFolder("tokens.txtpb"));
  for (const std::string& role : TokenRoles()) {
    const PlumbResult token = Plumb({"token", "create", TokenFile(role),
                                     "--principal", role, "--role", role});
    ExpectOk(token, "token create");
    tokens << token.out;
  }
}

std::vector<std::string> LocalPair::SharedFlags(
    const std::string& service, const std::string& address) const {
  return {absl::StrCat("--listen_address=",
                       address.empty() ? "127.0.0.1:0" : address),
          absl::StrCat("--port_file=", InFolder(service), ".port"),
          absl::StrCat("--tokens=", InFolder("tokens.txtpb")),
          absl::StrCat("--trust_policy=", InFolder("trust_policy.txtpb"))};
}

void LocalPair::StartContent() {
  std::filesystem::remove(InFolder("content.port"));
  std::vector<std::string> flags = SharedFlags("content", content_address_);
  flags.push_back(absl::StrCat("--database_path=", InFolder("content.sqlite")));
  content_ = std::make_unique<ChildProcess>("content-service", flags,
                                            InFolder("content.log"));
  content_address_ =
      absl::StrCat("127.0.0.1:", WaitForPort(InFolder("content.port")));
}

void LocalPair::StartTriage() {
  std::filesystem::remove(InFolder("triage.port"));
  std::vector<std::string> flags = SharedFlags("triage", triage_address_);
  flags.push_back(absl::StrCat("--content_address=", content_address_));
  flags.push_back(absl::StrCat("--content_token_file=", TokenFile("reader")));
  flags.push_back("--channels=back-pain/stable");
  flags.push_back("--replica_id=replica-1");
  flags.push_back("--sync_retry_max=1s");
  flags.push_back(absl::StrCat("--state_dir=", InFolder("state")));
  triage_ = std::make_unique<ChildProcess>("triage-service", flags,
                                           InFolder("triage.log"));
  triage_address_ =
      absl::StrCat("127.0.0.1:", WaitForPort(InFolder("triage.port")));
}

std::string LocalPair::TokenFile(const std::string& role) const {
  return InFolder(absl::StrCat(role, ".token"));
}

std::string LocalPair::KeyFile(const std::string& role) const {
  return InFolder(absl::StrCat(role, "-1.pem"));
}

std::string LocalPair::InFolder(const std::string& name) const {
  return absl::StrCat(directory_.path(), "/", name);
}

PlumbResult LocalPair::PlumbContent(const std::string& role,
                                    std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--server", content_address_,
                                     "--token-file", TokenFile(role)});
  return Plumb(arguments);
}

PlumbResult LocalPair::PlumbTriage(const std::string& role,
                                   std::vector<std::string> arguments,
                                   const std::string& input) const {
  arguments.insert(arguments.end(), {"--server", triage_address_,
                                     "--token-file", TokenFile(role)});
  return Plumb(arguments, input);
}

void LocalPair::Publish(const std::string& folder, int number) {
  const std::string draft = absl::StrCat("back-pain/d", number);
  ExpectOk(PlumbContent("author", {"draft", "create", folder, "--id",
                                   absl::StrCat("d", number)}),
           "draft create");
  ExpectOk(PlumbContent("author", {"draft", "submit", draft}), "draft submit");
  ExpectOk(PlumbContent("approver", {"draft", "approve", draft, "--key",
                                     KeyFile("approver")}),
           "draft approve");
  ExpectOk(PlumbContent("publisher", {"draft", "publish", draft, "--key",
                                      KeyFile("publisher")}),
           "draft publish");
  ExpectOk(PlumbContent("operator",
                        {"channel", "move", "back-pain/stable", "--release",
                         absl::StrCat("back-pain/", number), "--reason",
                         "a test", "--key", KeyFile("operator")}),
           "channel move");
}

bool LocalPair::WaitUntilReady() const {
  const auto stub = grpc::health::v1::Health::NewStub(
      rpc::NewChannel({.target = triage_address_, .own_connection = true}));
  return WaitUntil([&] {
    grpc::ClientContext context;
    rpc::PrepareCall({}, &context);
    grpc::health::v1::HealthCheckResponse response;
    return stub->Check(&context, {}, &response).ok() &&
           response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
  });
}

std::string LocalPair::Logs() const {
  return ReadFile(InFolder("content.log")) + ReadFile(InFolder("triage.log"));
}

}  // namespace plumbline::testing
