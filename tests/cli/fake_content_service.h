// A content-service on loopback that says whatever a test has it say: it stores
// nothing and checks nothing. Set up before the first call.

#ifndef PLUMBLINE_TESTS_CLI_FAKE_CONTENT_SERVICE_H_
#define PLUMBLINE_TESTS_CLI_FAKE_CONTENT_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/resource_name.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/move_chain.h"
#include "common/trust/statement.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"
#include "tests/support/local_server.h"

namespace plumbline::cli {

namespace content_v1 = content::v1;

inline constexpr char kFakePathway[] = "pathways/back-pain";
inline constexpr char kFakeChannel[] = "pathways/back-pain/channels/stable";

inline std::string FakeRelease(int number) {
  return absl::StrCat("pathways/back-pain/releases/", number);
}

inline std::string FakeDigest(int number) {
  return trust::Sha256Hex(absl::StrCat("release ", number));
}

class FakeContentService final : public content_v1::ContentService::Service {
 public:
  FakeContentService() {
    draft_.set_name("pathways/back-pain/drafts/d1");
    draft_.set_state(content_v1::Draft::STATE_SUBMITTED);
    draft_.set_digest(FakeDigest(4));
    draft_.mutable_report()->set_passed(true);
    draft_.mutable_report()->set_digest(FakeDigest(4));
  }

  const std::string& address() const { return server_.address(); }

  // What the service does to a statement that it is asked for.
  void LieBy(std::function<void(content_v1::Statement&)> lie) {
    lie_ = std::move(lie);
  }
  void AddRelease(bool withdrawn = false) {
    content_v1::Release& release = releases_.emplace_back();
    const int number = static_cast<int>(releases_.size());
    release.set_number(number);
    release.set_name(FakeRelease(number));
    release.set_digest(FakeDigest(number));
    release.set_state(withdrawn ? content_v1::Release::STATE_WITHDRAWN
                                : content_v1::Release::STATE_PUBLISHED);
  }
  // Gives the newest release content; returns its digest.
  std::string SetContent(const std::string& content) {
    releases_.back().set_content(content);
    releases_.back().set_digest(trust::Sha256Hex(content));
    return releases_.back().digest();
  }
  // Moves the channel to release `number`.
  void MoveTo(int number) {
    content_v1::ChannelMove& move = moves_.emplace_back();
    move.mutable_cursor()->set_epoch(1);
    move.mutable_cursor()->set_number(static_cast<int>(moves_.size()));
    move.set_release(FakeRelease(number));
    move.set_digest(FakeDigest(number));
    move.set_statement(absl::StrCat("move ", moves_.size()));
    move.set_mover("operator");
    move.set_reason("a test");
    // 2026-11-24T09:30:00.25Z, and an hour later with every move.
    move.mutable_create_time()->set_seconds(
        1'795'512'600 + 3600 * (static_cast<int>(moves_.size()) - 1));
    move.mutable_create_time()->set_nanos(250'000'000);
  }
  void AddSubscriber(const content_v1::Subscriber& subscriber) {
    subscribers_.push_back(subscriber);
  }
  // How many calls came with signatures.
  int signed_calls() const { return signed_calls_; }

 private:
  template <typename Request, typename Response>
  grpc::Status Answer(const Request& request, content_v1::Statement truth,
                      Response* response) {
    if (!request.validate_only()) {
      signed_calls_ += request.signatures().empty() ? 0 : 1;
      return grpc::Status::OK;
    }
    truth.set_pathway_id("back-pain");
    truth.set_role(trust::SigningRole(truth.kind()));
    truth.set_audience("clinic");
    trust::SetSignTime(absl::Now(), &truth);
    if (lie_) lie_(truth);
    const auto bytes = trust::EncodeStatement(truth);
    if (!bytes.ok()) {
      return {grpc::StatusCode::INTERNAL,
              std::string(bytes.status().message())};
    }
    response->set_statement(*bytes);
    return grpc::Status::OK;
  }

  content_v1::Statement AboutDraft(content_v1::StatementKind kind) const {
    content_v1::Statement statement;
    statement.set_kind(kind);
    statement.set_digest(draft_.digest());
    statement.set_report_digest(
        trust::Sha256Hex(trust::CanonicalBytes(draft_.report())));
    return statement;
  }

  content_v1::Channel Channel() const {
    content_v1::Channel channel;
    channel.set_name(kFakeChannel);
    *channel.mutable_cursor() = moves_.back().cursor();
    channel.set_release(moves_.back().release());
    channel.set_digest(moves_.back().digest());
    return channel;
  }

  grpc::Status GetPathway(grpc::ServerContext* /*context*/,
                          const content_v1::GetPathwayRequest* request,
                          content_v1::GetPathwayResponse* response) override {
    if (request->name() != kFakePathway) {
      return {grpc::StatusCode::NOT_FOUND, request->name()};
    }
    response->mutable_pathway()->set_name(kFakePathway);
    return grpc::Status::OK;
  }

  grpc::Status GetDraft(grpc::ServerContext* /*context*/,
                        const content_v1::GetDraftRequest* /*request*/,
                        content_v1::GetDraftResponse* response) override {
    *response->mutable_draft() = draft_;
    return grpc::Status::OK;
  }

  grpc::Status ApproveDraft(
      grpc::ServerContext* /*context*/,
      const content_v1::ApproveDraftRequest* request,
      content_v1::ApproveDraftResponse* response) override {
    return Answer(*request, AboutDraft(content_v1::STATEMENT_KIND_APPROVAL),
                  response);
  }

  grpc::Status PublishRelease(
      grpc::ServerContext* /*context*/,
      const content_v1::PublishReleaseRequest* request,
      content_v1::PublishReleaseResponse* response) override {
    content_v1::Statement truth =
        AboutDraft(content_v1::STATEMENT_KIND_PUBLICATION);
    truth.set_release_number(static_cast<int>(releases_.size()) + 1);
    return Answer(*request, truth, response);
  }

  grpc::Status MoveChannel(grpc::ServerContext* /*context*/,
                           const content_v1::MoveChannelRequest* request,
                           content_v1::MoveChannelResponse* response) override {
    const std::string number = LastSegment(request->release());
    content_v1::Statement truth;
    truth.set_kind(content_v1::STATEMENT_KIND_MOVE);
    truth.set_digest(FakeDigest(std::stoi(number)));
    truth.set_channel_id("stable");
    truth.set_reason(request->reason());
    truth.set_epoch(1);
    truth.set_move_number(static_cast<int>(moves_.size()) + 1);
    if (!moves_.empty()) {
      truth.set_previous_move_hash(trust::MoveHash(moves_.back().statement()));
    }
    if (!request->validate_only()) MoveTo(std::stoi(number));
    const grpc::Status status = Answer(*request, truth, response);
    if (!moves_.empty()) *response->mutable_channel() = Channel();
    return status;
  }

  grpc::Status GetRelease(grpc::ServerContext* /*context*/,
                          const content_v1::GetReleaseRequest* request,
                          content_v1::GetReleaseResponse* response) override {
    const std::string id = LastSegment(request->name());
    for (const content_v1::Release& release : releases_) {
      if (release.name() == request->name() || release.digest() == id) {
        *response->mutable_release() = release;
        return grpc::Status::OK;
      }
    }
    return {grpc::StatusCode::NOT_FOUND, request->name()};
  }

  grpc::Status ListReleases(
      grpc::ServerContext* /*context*/,
      const content_v1::ListReleasesRequest* /*request*/,
      content_v1::ListReleasesResponse* response) override {
    for (auto release = releases_.rbegin(); release != releases_.rend();
         ++release) {
      *response->add_releases() = *release;
    }
    return grpc::Status::OK;
  }

  grpc::Status GetChannel(grpc::ServerContext* /*context*/,
                          const content_v1::GetChannelRequest* request,
                          content_v1::GetChannelResponse* response) override {
    if (moves_.empty() || request->name() != kFakeChannel) {
      return {grpc::StatusCode::NOT_FOUND, request->name()};
    }
    *response->mutable_channel() = Channel();
    return grpc::Status::OK;
  }

  grpc::Status ListChannels(
      grpc::ServerContext* /*context*/,
      const content_v1::ListChannelsRequest* /*request*/,
      content_v1::ListChannelsResponse* response) override {
    if (!moves_.empty()) *response->add_channels() = Channel();
    return grpc::Status::OK;
  }

  // One move a page, newest first.
  grpc::Status ListChannelMoves(
      grpc::ServerContext* /*context*/,
      const content_v1::ListChannelMovesRequest* request,
      content_v1::ListChannelMovesResponse* response) override {
    const std::size_t skipped =
        request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (skipped >= moves_.size()) return grpc::Status::OK;
    *response->add_moves() = *(moves_.rbegin() + static_cast<long>(skipped));
    if (skipped + 1 < moves_.size()) {
      response->set_next_page_token(absl::StrCat(skipped + 1));
    }
    return grpc::Status::OK;
  }

  grpc::Status ListSubscribers(
      grpc::ServerContext* /*context*/,
      const content_v1::ListSubscribersRequest* /*request*/,
      content_v1::ListSubscribersResponse* response) override {
    for (const content_v1::Subscriber& subscriber : subscribers_) {
      *response->add_subscribers() = subscriber;
    }
    return grpc::Status::OK;
  }

  content_v1::Draft draft_;
  std::vector<content_v1::Release> releases_;
  std::vector<content_v1::ChannelMove> moves_;
  std::vector<content_v1::Subscriber> subscribers_;
  std::function<void(content_v1::Statement&)> lie_;
  int signed_calls_ = 0;
  plumbline::testing::LocalServer server_{this};
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_TESTS_CLI_FAKE_CONTENT_SERVICE_H_
