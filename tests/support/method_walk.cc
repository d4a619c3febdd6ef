#include "tests/support/method_walk.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/rpc/error_details.h"
#include "common/rpc/status.h"

namespace plumbline::testing {
namespace {

using auth::v1::Role;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr std::chrono::seconds kCallTimeout(10);
constexpr char kUnknownToken[] = "not-a-token-that-anybody-was-ever-given";

// One generic call, step by step on a queue of its own.
class GenericCall {
 public:
  GenericCall(const std::shared_ptr<grpc::Channel>& channel,
              const std::string& path, const std::string& token)
      : stub_(channel) {
    context_.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
    if (!token.empty()) {
      context_.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    }
    call_ = stub_.PrepareCall(&context_, path, &queue_);
  }

  grpc::Status Run() {
    const grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    call_->StartCall(this);
    bool going = WaitForStep();
    if (going) {
      call_->WriteLast(request, grpc::WriteOptions(), this);
      WaitForStep();
    }
    grpc::ByteBuffer response;
    while (going) {
      call_->Read(&response, this);
      going = WaitForStep();
    }
    grpc::Status status;
    call_->Finish(&status, this);
    WaitForStep();
    return status;
  }

 private:
  bool WaitForStep() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

std::vector<const MethodDescriptor*> MethodsOf(const std::string& service) {
  const ServiceDescriptor* const descriptor =
      DescriptorPool::generated_pool()->FindServiceByName(service);
  EXPECT_NE(descriptor, nullptr) << service << " is not linked in";
  std::vector<const MethodDescriptor*> methods;
  for (int i = 0; descriptor != nullptr && i < descriptor->method_count();
       ++i) {
    methods.push_back(descriptor->method(i));
  }
  return methods;
}

std::string NameOf(const MethodDescriptor& method) {
  return absl::StrCat(std::string(method.service()->full_name()), "/",
                      std::string(method.name()));
}

bool MayCall(const MethodDescriptor& method, Role role) {
  const auto& roles = method.options().GetExtension(auth::v1::access).roles();
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// "PERMISSION_DENIED ROLE_REQUIRED", or "admitted" for whatever a handler says.
std::string Outcome(const grpc::Status& status) {
  const absl::Status read = rpc::FromGrpcStatus(status);
  const bool is_refused =
      absl::IsUnauthenticated(read) || absl::IsPermissionDenied(read);
  if (!is_refused) return "admitted";
  return absl::StrCat(absl::StatusCodeToString(read.code()), " ",
                      rpc::ReasonOf(read));
}

}  // namespace

std::vector<Role> AllRoles() {
  std::vector<Role> roles;
  for (int number = auth::v1::Role_MIN; number <= auth::v1::Role_MAX;
       ++number) {
    if (number != 0 && auth::v1::Role_IsValid(number)) {
      roles.push_back(static_cast<Role>(number));
    }
  }
  return roles;
}

grpc::Status CallWithEmptyMessage(const std::shared_ptr<grpc::Channel>& channel,
                                  const std::string& path,
                                  const std::string& token) {
  return GenericCall(channel, path, token).Run();
}

std::vector<std::string> AccessFaults(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& service,
    const std::function<std::string(Role)>& token_of) {
  std::vector<std::string> faults;
  for (const MethodDescriptor* const method : MethodsOf(service)) {
    const std::string name = NameOf(*method);
    const auto expect = [&](const std::string& caller, const std::string& token,
                            const std::string& expected) {
      const std::string outcome =
          Outcome(CallWithEmptyMessage(channel, "/" + name, token));
      if (outcome == expected) return;
      faults.push_back(absl::StrCat(name, " by ", caller, ": ", outcome,
                                    ", expected ", expected));
    };
    expect("nobody", "", "UNAUTHENTICATED TOKEN_MISSING");
    expect("a stranger", kUnknownToken, "UNAUTHENTICATED TOKEN_UNKNOWN");
    for (const Role role : AllRoles()) {
      expect(auth::v1::Role_Name(role), token_of(role),
             MayCall(*method, role) ? "admitted"
                                    : "PERMISSION_DENIED ROLE_REQUIRED");
    }
  }
  return faults;
}

std::set<std::string> UnbuiltMethods(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& service,
    const std::function<std::string(Role)>& token_of) {
  std::set<std::string> unbuilt;
  for (const MethodDescriptor* const method : MethodsOf(service)) {
    const auto& roles =
        method->options().GetExtension(auth::v1::access).roles();
    if (roles.empty()) continue;
    const std::string name = NameOf(*method);
    const absl::Status status = rpc::FromGrpcStatus(CallWithEmptyMessage(
        channel, "/" + name, token_of(static_cast<Role>(roles.Get(0)))));
    if (rpc::ReasonOf(status) != "METHOD_NOT_BUILT") continue;
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << name;
    unbuilt.insert(name);
  }
  return unbuilt;
}

std::set<std::string> MethodsListedAsUnbuilt(const std::string& service) {
  std::set<std::string> listed;
  std::ifstream page("docs/status.md");
  EXPECT_TRUE(page.good()) << "cannot read docs/status.md";
  for (std::string line; std::getline(page, line);) {
    absl::string_view cell = line;
    if (!absl::ConsumePrefix(&cell, "| `")) continue;
    const std::string name(cell.substr(0, cell.find('`')));
    if (absl::StartsWith(name, service + "/")) listed.insert(name);
  }
  return listed;
}

}  // namespace plumbline::testing
