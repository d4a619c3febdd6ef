#include "tests/triage-service/support/signed_channel.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/move_chain.h"
#include "plumbline/content/v1/draft.pb.h"
#include "tests/common/pathway/example_pathway.h"
#include "triage-service/content/verify_release.h"

namespace plumbline::triage {

using content::v1::Attestation;
using content::v1::ChannelMove;
using content::v1::ContentStart;
using content::v1::Statement;
using content::v1::SyncResponse;

std::string ExampleContent(int number) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.set_title(absl::StrCat("Ankle ", number));
  return pathway::ToContent(message);
}

SignedRelease SignedChannel::Publish(const std::string& content,
                                     std::int64_t number, bool passed) {
  SignedRelease release{content, trust::Sha256Hex(content), number, {}};
  content::v1::GateReport report;
  report.set_pathway_id(key_.pathway_id);
  report.set_digest(release.digest);
  report.set_passed(passed);
  *report.mutable_start_time() =
      trust::SampleStatement(content::v1::STATEMENT_KIND_GATE_REPORT)
          .sign_time();
  const std::string payload = trust::CanonicalBytes(report);

  const auto attest = [&](content::v1::StatementKind kind,
                          const std::string& signer) -> Attestation& {
    Statement statement = trust::SampleStatement(kind);
    statement.set_pathway_id(key_.pathway_id);
    statement.set_digest(release.digest);
    statement.set_report_digest(trust::Sha256Hex(payload));
    if (kind == content::v1::STATEMENT_KIND_PUBLICATION) {
      statement.set_release_number(number);
    }
    *release.attestations.Add() = keys_.Attest(statement, signer);
    return *(release.attestations.end() - 1);
  };
  attest(content::v1::STATEMENT_KIND_GATE_REPORT, "").set_payload(payload);
  attest(content::v1::STATEMENT_KIND_APPROVAL, "approver-1");
  attest(content::v1::STATEMENT_KIND_APPROVAL, "approver-2");
  attest(content::v1::STATEMENT_KIND_PUBLICATION, "publisher-1");
  return release;
}

Statement SignedChannel::NextStatement(const std::string& digest) {
  Statement statement = trust::SampleMove(1, 1, hash_);
  statement.set_kind(content::v1::STATEMENT_KIND_MOVE);
  statement.set_role(trust::SigningRole(statement.kind()));
  statement.set_pathway_id(key_.pathway_id);
  statement.set_channel_id(key_.channel_id);
  statement.set_epoch(epoch_);
  statement.set_move_number(number_ + 1);
  statement.set_digest(digest);
  return statement;
}

ChannelMove SignedChannel::MoveOf(const Statement& statement,
                                  const std::string& signer) {
  ChannelMove move;
  move.set_name(absl::StrCat(ChannelName(key_), "/moves/", statement.epoch(),
                             "-", statement.move_number()));
  move.mutable_cursor()->set_epoch(statement.epoch());
  move.mutable_cursor()->set_number(statement.move_number());
  move.set_digest(statement.digest());
  move.set_reason(statement.reason());
  move.set_previous_move_hash(statement.previous_move_hash());
  move.set_statement(trust::EncodeStatement(statement).value());
  *move.add_signatures() = keys_.Sign(signer, move.statement());
  return move;
}

ChannelMove SignedChannel::Take(const Statement& statement,
                                const std::string& signer) {
  ChannelMove move = MoveOf(statement, signer);
  epoch_ = statement.epoch();
  number_ = statement.move_number();
  hash_ = trust::MoveHash(move.statement());
  return move;
}

ChannelMove SignedChannel::Move(const std::string& digest,
                                const std::string& signer) {
  return Take(NextStatement(digest), signer);
}

ChannelMove SignedChannel::OpenEpoch(std::int64_t epoch,
                                     const std::string& digest) {
  Statement statement = NextStatement(digest);
  statement.set_kind(content::v1::STATEMENT_KIND_EPOCH);
  statement.set_role(trust::SigningRole(statement.kind()));
  statement.set_epoch(epoch);
  statement.set_move_number(1);
  return Take(statement, "root-1");
}

ContentStart SignedChannel::Start(const SignedRelease& release,
                                  const ChannelMove& move) {
  ContentStart start;
  *start.mutable_cursor() = move.cursor();
  start.set_release(
      absl::StrCat("pathways/", key_.pathway_id, "/releases/", release.number));
  start.set_digest(release.digest);
  start.set_size_bytes(static_cast<std::int64_t>(release.content.size()));
  *start.mutable_attestations() = release.attestations;
  return start;
}

std::vector<SyncResponse> SignedChannel::Messages(const SignedRelease& release,
                                                  const ChannelMove& move,
                                                  std::size_t piece_bytes) {
  std::vector<SyncResponse> messages = {ToMessage(move),
                                        ToMessage(Start(release, move))};
  for (SyncResponse& chunk :
       Chunks(release.digest, release.content, piece_bytes)) {
    messages.push_back(std::move(chunk));
  }
  return messages;
}

SyncResponse ToMessage(const ChannelMove& move) {
  SyncResponse message;
  *message.mutable_move() = move;
  return message;
}

SyncResponse ToMessage(const ContentStart& start) {
  SyncResponse message;
  *message.mutable_content_start() = start;
  return message;
}

std::vector<SyncResponse> Chunks(const std::string& digest,
                                 const std::string& content,
                                 std::size_t piece_bytes) {
  std::vector<SyncResponse> chunks;
  for (std::size_t at = 0; at < content.size(); at += piece_bytes) {
    content::v1::ContentChunk& chunk =
        *chunks.emplace_back().mutable_content_chunk();
    chunk.set_digest(digest);
    chunk.set_offset(static_cast<std::int64_t>(at));
    chunk.set_data(content.substr(at, piece_bytes));
  }
  return chunks;
}

}  // namespace plumbline::triage
