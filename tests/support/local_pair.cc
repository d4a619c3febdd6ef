#include "tests/support/local_pair.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/services.h"
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
  return {absl::StrCat("--listen_address=", address),
          absl::StrCat("--port_file=", InFolder(service), ".port"),
          absl::StrCat("--tokens=", InFolder("tokens.txtpb")),
          absl::StrCat("--trust_policy=", InFolder("trust_policy.txtpb"))};
}

std::unique_ptr<ChildProcess> LocalPair::Start(
    const std::string& program, const std::vector<std::string>& flags,
    const std::string& log, const std::vector<std::string>& environment) const {
  return std::make_unique<ChildProcess>(program, flags, InFolder(log),
                                        environment);
}

std::vector<std::string> LocalPair::ContentFlags() const {
  std::vector<std::string> flags = SharedFlags("content", content_address());
  flags.push_back(absl::StrCat("--database_path=", InFolder("content.sqlite")));
  return flags;
}

std::vector<std::string> LocalPair::TriageFlags() const {
  std::vector<std::string> flags = SharedFlags("triage", triage_address());
  flags.push_back(absl::StrCat("--content_address=", content_address()));
  flags.push_back(absl::StrCat("--content_token_file=", TokenFile("reader")));
  flags.push_back("--channels=back-pain/stable");
  flags.push_back("--replica_id=replica-1");
  flags.push_back("--sync_retry_max=1s");
  flags.push_back(absl::StrCat("--state_dir=", InFolder("state")));
  return flags;
}

void LocalPair::StartContent(const std::vector<std::string>& flags) {
  std::filesystem::remove(InFolder("content.port"));
  std::vector<std::string> all = ContentFlags();
  all.insert(all.end(), flags.begin(), flags.end());
  content_ = Start("content-service", all, "content.log");
  WaitForPort(InFolder("content.port"));
}

void LocalPair::StartTriage(const std::vector<std::string>& flags) {
  std::filesystem::remove(InFolder("triage.port"));
  std::vector<std::string> all = TriageFlags();
  all.insert(all.end(), flags.begin(), flags.end());
  triage_ = Start("triage-service", all, "triage.log");
  WaitForPort(InFolder("triage.port"));
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
  arguments.insert(arguments.end(), {"--server", content_address(),
                                     "--token-file", TokenFile(role)});
  return Plumb(arguments);
}

PlumbResult LocalPair::PlumbTriage(const std::string& role,
                                   std::vector<std::string> arguments,
                                   const std::string& input) const {
  arguments.insert(arguments.end(), {"--server", triage_address(),
                                     "--token-file", TokenFile(role)});
  return Plumb(arguments, input);
}

std::string LocalPair::ChangedPathway() const {
  std::string folder = InFolder("changed");
  std::filesystem::copy(kBackPain, folder,
                        std::filesystem::copy_options::recursive);
  const std::string path = absl::StrCat(folder, "/pathway.txtpb");
  std::string text = ReadFile(path);
  const std::string title = "title: \"";
  text.insert(text.find(title) + title.size(), "Changed: ");
  std::ofstream(path) << text;
  return folder;
}

void LocalPair::Publish(const std::string& folder, int number,
                        const std::string& pathway) {
  const std::string draft = absl::StrCat(pathway, "/d", number);
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
  std::vector<std::string> move{"channel", "move",
                                absl::StrCat(pathway, "/stable"), "--release",
                                absl::StrCat(pathway, "/", number)};
  move.insert(move.end(), {"--reason", "a test", "--key", KeyFile("operator")});
  if (number == 1) move.emplace_back("--create");
  ExpectOk(PlumbContent("operator", move), "channel move");
}

std::string LocalPair::TriageHealth(const std::string& service) const {
  using Response = grpc::health::v1::HealthCheckResponse;
  const auto stub = grpc::health::v1::Health::NewStub(
      rpc::NewChannel({.target = triage_address(), .own_connection = true}));
  grpc::ClientContext context;
  rpc::PrepareCall({}, &context);
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  Response response;
  const grpc::Status status = stub->Check(&context, request, &response);
  if (!status.ok()) return absl::StrCat("code ", status.error_code());
  return Response::ServingStatus_Name(response.status());
}

bool LocalPair::WaitUntilReady() const {
  return WaitUntil([this] { return TriageHealth() == "SERVING"; });
}

std::string LocalPair::ServedRelease() const {
  const auto triage =
      cli::ConnectTriage({triage_address(), TokenFile("reader")});
  if (!triage.ok()) return triage.status().ToString();
  const auto response = triage->Call(&cli::TriageStub::GetServerInfo,
                                     triage::v1::GetServerInfoRequest());
  if (!response.ok()) return response.status().ToString();
  return response->server_info().channels(0).release();
}

std::string LocalPair::Logs() const {
  return ReadFile(InFolder("content.log")) + ReadFile(InFolder("triage.log"));
}

}  // namespace plumbline::testing
