#include "triage-service/content/verify_release.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "common/trust/statement.h"
#include "common/trust/verify.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::triage {
namespace {

using content::v1::ChannelMove;
using content::v1::ContentStart;
using content::v1::Statement;

std::string ReleaseName(absl::string_view pathway_id, std::int64_t number) {
  return absl::StrCat("pathways/", pathway_id, "/releases/", number);
}

// What a move says beside its statement must be what was signed.
absl::Status CheckEnvelope(const ChannelKey& key, const ChannelMove& move) {
  const absl::StatusOr<Statement> statement =
      trust::ParseStatement(move.statement());
  if (!statement.ok()) return absl::OkStatus();  // The chain says why.
  const std::string name =
      absl::StrCat(ChannelName(key), "/moves/", statement->epoch(), "-",
                   statement->move_number());
  if (move.name() == name && move.cursor().epoch() == statement->epoch() &&
      move.cursor().number() == statement->move_number() &&
      move.digest() == statement->digest() &&
      move.reason() == statement->reason() &&
      move.previous_move_hash() == statement->previous_move_hash()) {
    return absl::OkStatus();
  }
  return Refused(
      "STATEMENT_INVALID",
      absl::StrCat("move ", move.cursor().epoch(), "-", move.cursor().number(),
                   ": its fields do not agree with its signed statement, "
                   "that of ",
                   name));
}

// The reason for which pathway::LoadContent() refused content with `status`.
std::string ReasonOf(absl::string_view bytes, const absl::Status& status) {
  if (absl::IsFailedPrecondition(status)) return "ENGINE_TOO_OLD";
  pathway::v1::Pathway message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return "CONTENT_NOT_CANONICAL";
  }
  if (!trust::UnknownFieldIn(message).empty()) return "CONTENT_UNKNOWN_FIELD";
  return pathway::ToContent(message) == bytes ? "CONTENT_INVALID"
                                              : "CONTENT_NOT_CANONICAL";
}

}  // namespace

std::string ChannelName(const ChannelKey& key) {
  return absl::StrCat("pathways/", key.pathway_id, "/channels/",
                      key.channel_id);
}

absl::Status Refused(absl::string_view reason, absl::string_view message) {
  return rpc::WithReason(absl::FailedPreconditionError(message), reason);
}

absl::Status TakeMove(const trust::TrustPolicy& policy, const ChannelKey& key,
                      const ChannelMove& move, trust::MoveChain* chain) {
  const absl::Status envelope = CheckEnvelope(key, move);
  if (!envelope.ok()) return envelope;
  return chain->Append(policy, move.statement(), move.signatures());
}

absl::StatusOr<VerifiedContent> VerifyContent(const trust::TrustPolicy& policy,
                                              const ChannelKey& key,
                                              absl::string_view digest,
                                              const ContentStart& start,
                                              absl::string_view content,
                                              std::size_t bytes_max) {
  if (content.size() > bytes_max) {
    return Refused("CONTENT_TOO_LARGE",
                   absl::StrCat("the content has ", content.size(),
                                " bytes; at most ", bytes_max, " are taken"));
  }
  const absl::StatusOr<trust::VerifiedBundle> bundle = trust::VerifyBundle(
      policy, key.pathway_id, digest, content, start.attestations());
  if (!bundle.ok()) return bundle.status();

  absl::StatusOr<std::shared_ptr<const pathway::CompiledPathway>> compiled =
      pathway::LoadContent(content, bytes_max);
  if (!compiled.ok()) {
    return Refused(ReasonOf(content, compiled.status()),
                   compiled.status().message());
  }
  if ((*compiled)->pathway_id != key.pathway_id) {
    return Refused(
        "PATHWAY_MISMATCH",
        absl::StrCat("the content is of pathway '", (*compiled)->pathway_id,
                     "', not '", key.pathway_id, "'"));
  }
  return VerifiedContent{*std::move(compiled),
                         ReleaseName(key.pathway_id, bundle->release_number)};
}

absl::Status VerifyWithdrawal(const trust::TrustPolicy& policy,
                              const ChannelKey& key,
                              const content::v1::Withdrawal& withdrawal) {
  const absl::StatusOr<Statement> statement =
      trust::VerifyAttestation(policy, withdrawal.attestation());
  if (!statement.ok()) return statement.status();
  if (statement->kind() != content::v1::STATEMENT_KIND_WITHDRAWAL ||
      statement->pathway_id() != key.pathway_id ||
      statement->digest() != withdrawal.digest()) {
    return Refused("STATEMENT_INVALID",
                   "the statement is not a withdrawal of this release");
  }
  return absl::OkStatus();
}

}  // namespace plumbline::triage
