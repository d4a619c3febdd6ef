#include "tests/robustness/publishing_client.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "common/file/file_system.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/status.h"
#include "common/rpc/tokens.h"
#include "tests/content-service/support/tiny_content.h"

namespace plumbline::testing {
namespace {

using content::v1::ContentService;
using content::v1::Draft;
using content::v1::Release;

constexpr char kParent[] = "pathways/tiny";
constexpr char kStable[] = "pathways/tiny/channels/stable";
constexpr char kBeta[] = "pathways/tiny/channels/beta";
// More drafts at once would say nothing more.
constexpr std::size_t kOpenDraftsMax = 4;
constexpr std::size_t kReleasesMin = 2;

std::string StateOf(const Draft& draft) {
  return Draft::State_Name(draft.state());
}

std::string StateOf(const Release& release) {
  return absl::StrCat(Release::State_Name(release.state()), " ",
                      release.digest());
}

// The tiny pathway under a title of its own, and so with a digest of its own.
// In letters: a number would have to be in the translations as well.
content::Sources SourcesOfDraft(int number) {
  std::string word = absl::StrCat(number);
  for (char& digit : word) digit = static_cast<char>(digit - '0' + 'a');
  content::Sources sources = content::TinySources();
  for (content::v1::SourceFile& file : sources) {
    if (file.path() != "pathway.txtpb") continue;
    file.set_content(absl::StrReplaceAll(
        file.content(), {{"Sore finger", absl::StrCat("Sore finger ", word)}}));
  }
  return sources;
}

// Whether a fact is as it should be. The gate goes on by itself.
bool Agrees(absl::string_view expected, absl::string_view found) {
  return expected == found ||
         (expected == "STATE_CHECKING" && found == "STATE_SUBMITTED");
}

std::string Said(const Facts& facts) {
  std::string said;
  for (const auto& [name, state] : facts) {
    absl::StrAppend(&said, name, " is ", state, "; ");
  }
  return said;
}

}  // namespace

PublishingClient::PublishingClient(const LocalPair& pair, std::uint32_t seed)
    : random_(seed) {
  for (const char* const role :
       {"reader", "author", "approver", "publisher", "operator"}) {
    const auto token =
        rpc::ReadClientToken(file::PosixFileSystem(), pair.TokenFile(role));
    EXPECT_TRUE(token.ok()) << token.status();
    if (token.ok()) tokens_[role] = *token;
  }
  for (const char* const role : {"approver", "publisher", "operator"}) {
    const auto key =
        trust::ReadPrivateKey(file::PosixFileSystem(), pair.KeyFile(role));
    EXPECT_TRUE(key.ok()) << key.status();
    if (key.ok()) keys_.emplace(role, *key);
  }
}

void PublishingClient::Connect(const std::string& address) {
  stub_ = ContentService::NewStub(
      rpc::NewChannel({.target = address, .own_connection = true}));
}

template <typename Request, typename Response>
absl::StatusOr<Response> PublishingClient::Call(
    const std::string& role,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    const Request& request) {
  grpc::ClientContext context;
  rpc::PrepareCall({.token = tokens_[role], .timeout = absl::Seconds(60)},
                   &context);
  Response response;
  const grpc::Status status = (*stub_.*method)(&context, request, &response);
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  return response;
}

template <typename Request, typename Response>
absl::StatusOr<Response> PublishingClient::Sign(
    const std::string& role,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    Request& request) {
  request.set_validate_only(true);
  const auto response = Call(role, method, request);
  if (!response.ok()) return response.status();
  request.set_validate_only(false);
  request.set_statement(response->statement());
  content::v1::Signature& signature = *request.add_signatures();
  signature.set_key_id(absl::StrCat(role, "-1"));
  signature.set_signature(keys_.at(role).Sign(request.statement()));
  return response;
}

absl::Status PublishingClient::Create() {
  const int number = ++drafts_;
  content::v1::CreateDraftRequest request;
  request.set_parent(kParent);
  request.set_draft_id(absl::StrCat("d", number));
  *request.mutable_draft()->mutable_source_files() = SourcesOfDraft(number);
  request.set_request_id(absl::StrCat("request-", ++requests_));
  pending_ = Write{
      request.request_id(),
      {{absl::StrCat(kParent, "/drafts/d", number), "STATE_DRAFT"}},
      [this, request]() -> absl::StatusOr<Facts> {
        const auto response = Call("author", &Stub::CreateDraft, request);
        if (!response.ok()) return response.status();
        return Facts{{response->draft().name(), StateOf(response->draft())}};
      }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Submit(const std::string& draft) {
  content::v1::SubmitDraftRequest request;
  request.set_name(draft);
  request.set_request_id(absl::StrCat("request-", ++requests_));
  pending_ = Write{
      request.request_id(),
      {{draft, "STATE_CHECKING"}},
      [this, request]() -> absl::StatusOr<Facts> {
        const auto response = Call("author", &Stub::SubmitDraft, request);
        if (!response.ok()) return response.status();
        return Facts{{response->draft().name(), StateOf(response->draft())}};
      }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Approve(const std::string& draft) {
  content::v1::ApproveDraftRequest request;
  request.set_name(draft);
  request.set_request_id(absl::StrCat("request-", ++requests_));
  const absl::Status status =
      Sign("approver", &Stub::ApproveDraft, request).status();
  if (!status.ok()) return status;
  pending_ = Write{
      request.request_id(),
      {{draft, "STATE_APPROVED"}},
      [this, request]() -> absl::StatusOr<Facts> {
        const auto response = Call("approver", &Stub::ApproveDraft, request);
        if (!response.ok()) return response.status();
        return Facts{{response->draft().name(), StateOf(response->draft())}};
      }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Publish(const std::string& draft) {
  content::v1::PublishReleaseRequest request;
  request.set_draft(draft);
  request.set_request_id(absl::StrCat("request-", ++requests_));
  const auto preview = Sign("publisher", &Stub::PublishRelease, request);
  if (!preview.ok()) return preview.status();
  const std::string release =
      absl::StrCat(kParent, "/releases/", releases_ + 1);
  pending_ = Write{
      request.request_id(),
      {{draft, "STATE_PUBLISHED"}, {release, StateOf(preview->release())}},
      [this, request, draft]() -> absl::StatusOr<Facts> {
        const auto response = Call("publisher", &Stub::PublishRelease, request);
        if (!response.ok()) return response.status();
        return Facts{
            {draft, "STATE_PUBLISHED"},
            {response->release().name(), StateOf(response->release())}};
      }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Move(const std::string& channel) {
  content::v1::MoveChannelRequest request;
  request.set_name(channel);
  request.set_release(OneOf(Releases()));
  request.set_reason("a random move");
  request.set_request_id(absl::StrCat("request-", ++requests_));
  const int moves = moves_[channel];
  if (moves > 0) {
    request.mutable_expected()->set_epoch(1);
    request.mutable_expected()->set_number(moves);
  }
  const absl::Status status =
      Sign("operator", &Stub::MoveChannel, request).status();
  if (!status.ok()) return status;
  pending_ = Write{
      request.request_id(),
      {{absl::StrCat(channel, "/moves/1-", moves + 1), request.release()}},
      [this, request]() -> absl::StatusOr<Facts> {
        const auto response = Call("operator", &Stub::MoveChannel, request);
        if (!response.ok()) return response.status();
        return Facts{{response->move().name(), response->move().release()}};
      }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Withdraw(const std::string& release) {
  content::v1::WithdrawReleaseRequest request;
  request.set_name(release);
  request.set_reason("a random withdrawal");
  request.set_request_id(absl::StrCat("request-", ++requests_));
  const auto preview = Sign("publisher", &Stub::WithdrawRelease, request);
  if (!preview.ok()) return preview.status();
  pending_ = Write{request.request_id(),
                   {{release, StateOf(preview->release())}},
                   [this, request]() -> absl::StatusOr<Facts> {
                     const auto response =
                         Call("publisher", &Stub::WithdrawRelease, request);
                     if (!response.ok()) return response.status();
                     return Facts{{response->release().name(),
                                   StateOf(response->release())}};
                   }};
  return absl::OkStatus();
}

absl::Status PublishingClient::Watch(const std::string& draft) {
  grpc::ClientContext context;
  rpc::PrepareCall({.token = tokens_["author"], .timeout = absl::Seconds(60)},
                   &context);
  content::v1::WatchDraftRequest request;
  request.set_name(draft);
  const auto reader = stub_->WatchDraft(&context, request);
  content::v1::WatchDraftResponse response;
  content::v1::WatchDraftResponse last;
  while (reader->Read(&response)) last = response;
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return rpc::FromGrpcStatus(status);
  if (last.draft().state() != Draft::STATE_SUBMITTED) {
    return absl::InternalError(absl::StrCat(
        draft, " is ", StateOf(last.draft()), " when the gate is through"));
  }
  // Whoever saw it may rely on it.
  acknowledged_facts_[draft] = StateOf(last.draft());
  return absl::OkStatus();
}

template <typename T>
const T& PublishingClient::OneOf(const std::vector<T>& choices) {
  return choices[random_() % choices.size()];
}

std::vector<std::string> PublishingClient::DraftsIn(
    const std::string& state) const {
  std::vector<std::string> drafts;
  for (const auto& [name, present] : acknowledged_facts_) {
    if (absl::StrContains(name, "/drafts/") && present == state) {
      drafts.push_back(name);
    }
  }
  return drafts;
}

std::vector<std::string> PublishingClient::Releases() const {
  std::vector<std::string> releases;
  for (const auto& [name, state] : acknowledged_facts_) {
    if (absl::StrContains(name, "/releases/") &&
        absl::StartsWith(state, "STATE_PUBLISHED")) {
      releases.push_back(name);
    }
  }
  return releases;
}

std::string PublishingClient::NewestOf(const std::string& channel) const {
  const auto moves = moves_.find(channel);
  if (moves == moves_.end() || moves->second == 0) return "";
  return acknowledged_facts_.at(
      absl::StrCat(channel, "/moves/1-", moves->second));
}

std::string PublishingClient::newest_move() const {
  const auto moves = moves_.find(kStable);
  if (moves == moves_.end() || moves->second == 0) return "";
  return absl::StrCat("1-", moves->second);
}

std::string PublishingClient::newest_release() const {
  return NewestOf(kStable);
}

absl::Status PublishingClient::StartSomething() {
  std::vector<std::function<absl::Status()>> choices;
  const std::vector<std::string> drafts = DraftsIn("STATE_DRAFT");
  const std::vector<std::string> checking = DraftsIn("STATE_CHECKING");
  const std::vector<std::string> submitted = DraftsIn("STATE_SUBMITTED");
  const std::vector<std::string> approved = DraftsIn("STATE_APPROVED");
  const std::vector<std::string> releases = Releases();
  if (drafts.size() + checking.size() + submitted.size() + approved.size() <
      kOpenDraftsMax) {
    choices.emplace_back([this] { return Create(); });
  }
  const auto with =
      [&](const std::vector<std::string>& names,
          absl::Status (PublishingClient::*step)(const std::string&)) {
        if (names.empty()) return;
        choices.emplace_back(
            [this, step, name = OneOf(names)] { return (this->*step)(name); });
      };
  with(drafts, &PublishingClient::Submit);
  with(checking, &PublishingClient::Watch);
  with(submitted, &PublishingClient::Approve);
  with(approved, &PublishingClient::Publish);
  if (!releases.empty()) {
    with({kStable, kBeta}, &PublishingClient::Move);
  }
  std::vector<std::string> unused;
  for (const std::string& release : releases) {
    if (release != NewestOf(kStable) && release != NewestOf(kBeta)) {
      unused.push_back(release);
    }
  }
  if (releases.size() > kReleasesMin) {
    with(unused, &PublishingClient::Withdraw);
  }
  return OneOf(choices)();
}

absl::Status PublishingClient::MakePending() {
  const absl::StatusOr<Facts> said = pending_->call();
  if (!said.ok()) return said.status();
  for (const auto& [name, state] : *said) {
    const auto expected = pending_->effect.find(name);
    if (expected == pending_->effect.end() ||
        !Agrees(expected->second, state)) {
      return absl::InternalError(
          absl::StrCat("the answer to ", pending_->request_id, " says ",
                       Said(*said), "and not ", Said(pending_->effect)));
    }
  }
  for (const auto& [name, state] : pending_->effect) {
    const bool is_new = acknowledged_facts_.count(name) == 0;
    acknowledged_facts_[name] = state;
    if (is_new && absl::StrContains(name, "/releases/")) ++releases_;
    const std::size_t moves = name.find("/moves/");
    if (moves != std::string::npos) ++moves_[name.substr(0, moves)];
  }
  acknowledged_ids_.insert(pending_->request_id);
  ++acknowledged_;
  pending_.reset();
  return absl::OkStatus();
}

absl::Status PublishingClient::Step() {
  absl::Status status;
  if (!pending_.has_value()) status = StartSomething();
  if (status.ok() && pending_.has_value()) status = MakePending();
  if (absl::IsUnavailable(status)) ++cut_;
  return status;
}

std::vector<std::string> PublishingClient::Compare(const StoreState& state) {
  std::vector<std::string> problems = state.problems;
  for (const std::string& id : acknowledged_ids_) {
    if (state.request_ids.count(id) > 0) continue;
    problems.push_back(
        absl::StrCat("lost: ", id, " was acknowledged, and is not there"));
  }
  const bool happened =
      pending_.has_value() && state.request_ids.count(pending_->request_id) > 0;
  Facts expected = acknowledged_facts_;
  if (happened) {
    for (const auto& [name, now] : pending_->effect) expected[name] = now;
  }
  for (const auto& [name, now] : expected) {
    const auto found = state.facts.find(name);
    if (found == state.facts.end()) {
      problems.push_back(absl::StrCat("lost: ", name, " was ", now));
    } else if (!Agrees(now, found->second)) {
      problems.push_back(absl::StrCat("lost: ", name, " was ", now, ", and is ",
                                      found->second));
    }
  }
  for (const auto& [name, now] : state.facts) {
    if (expected.count(name) > 0) continue;
    problems.push_back(
        absl::StrCat("unknown: ", name, " is ", now, ", and nobody said so"));
  }
  if (state.request_ids.size() >
      acknowledged_ids_.size() + (happened ? 1 : 0)) {
    problems.push_back("unknown: there are answers to requests nobody made");
  }
  return problems;
}

}  // namespace plumbline::testing
