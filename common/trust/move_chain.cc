#include "common/trust/move_chain.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "common/trust/statement.h"

namespace plumbline::trust {
namespace {

using content::v1::Statement;

std::string PlaceOf(std::int64_t epoch, std::int64_t number) {
  return absl::StrCat(epoch, "-", number);
}

std::string PlaceOf(const Statement& move) {
  return PlaceOf(move.epoch(), move.move_number());
}

absl::Status Refused(const Statement& move, absl::string_view reason,
                     absl::string_view fault) {
  return rpc::WithReason(absl::FailedPreconditionError(
                             absl::StrCat("move ", PlaceOf(move), ": ", fault)),
                         reason);
}

// The same fault, with the move in front of its message.
absl::Status Refused(const Statement& move, const absl::Status& fault) {
  return rpc::WithReason(absl::FailedPreconditionError(absl::StrCat(
                             "move ", PlaceOf(move), ": ", fault.message())),
                         rpc::ReasonOf(fault), rpc::ReasonMetadataOf(fault));
}

absl::Status Malformed(absl::string_view fault) {
  return rpc::WithReason(absl::FailedPreconditionError(fault),
                         "STATEMENT_INVALID");
}

absl::Status CheckSubject(const Statement& move, absl::string_view pathway_id,
                          absl::string_view channel_id) {
  if (move.kind() != content::v1::STATEMENT_KIND_MOVE &&
      move.kind() != content::v1::STATEMENT_KIND_EPOCH) {
    return Malformed(absl::StrCat("a statement of kind '", WordOf(move.kind()),
                                  "' is not a move"));
  }
  if (move.pathway_id() != pathway_id || move.channel_id() != channel_id) {
    return Refused(move, "STATEMENT_INVALID",
                   absl::StrCat("is of channel '", move.channel_id(),
                                "' of pathway '", move.pathway_id(), "', not '",
                                channel_id, "' of '", pathway_id, "'"));
  }
  return absl::OkStatus();
}

absl::Status CheckFollows(const Statement& move, const ChainEnd& end) {
  if (move.kind() == content::v1::STATEMENT_KIND_EPOCH) {
    if (move.epoch() > end.epoch) return absl::OkStatus();
    return Refused(
        move, "EPOCH_NOT_HIGHER",
        absl::StrCat("opens an epoch that is not higher than ", end.epoch));
  }
  // The first move of all opens epoch 1.
  const std::int64_t epoch = end.epoch == 0 ? 1 : end.epoch;
  if (move.epoch() != epoch || move.move_number() != end.number + 1) {
    return Refused(
        move, move.epoch() < epoch ? "EPOCH_NOT_HIGHER" : "MOVE_OUT_OF_ORDER",
        absl::StrCat("expected ", PlaceOf(epoch, end.number + 1)));
  }
  if (move.previous_move_hash() != end.hash) {
    return Refused(move, "MOVE_OUT_OF_ORDER",
                   absl::StrCat("names ", move.previous_move_hash(),
                                " as the hash of the move before, which "
                                "is ",
                                end.hash));
  }
  return absl::OkStatus();
}

}  // namespace

std::string MoveHash(absl::string_view statement_bytes) {
  return Sha256Hex(statement_bytes);
}

MoveChain::MoveChain(std::string pathway_id, std::string channel_id,
                     ChainEnd end)
    : pathway_id_(std::move(pathway_id)),
      channel_id_(std::move(channel_id)),
      end_(std::move(end)),
      tentative_end_(end_) {}

absl::Status MoveChain::Append(const TrustPolicy& policy,
                               absl::string_view bytes,
                               const Signatures& signatures) {
  const absl::StatusOr<Statement> move = ParseStatement(bytes);
  if (!move.ok()) return Malformed(move.status().message());
  absl::Status status = CheckSubject(*move, pathway_id_, channel_id_);
  if (!status.ok()) return status;
  status = CheckFollows(*move, tentative_end_);
  if (!status.ok()) return status;
  const absl::StatusOr<CountedSignatures> counted =
      CountSignatures(policy, bytes, *move, signatures);
  if (!counted.ok()) return Refused(*move, counted.status());
  status = CheckThreshold(policy, pathway_id_, move->kind(), *counted);
  if (!status.ok()) status = Refused(*move, status);
  if (!status.ok() && move->kind() == content::v1::STATEMENT_KIND_EPOCH) {
    return status;
  }
  tentative_end_ = ChainEnd{move->epoch(), move->move_number(), MoveHash(bytes),
                            move->digest()};
  tentative_fault_ = status;
  if (status.ok()) end_ = tentative_end_;
  return absl::OkStatus();
}

void MoveChain::DropTentative() {
  tentative_end_ = end_;
  tentative_fault_ = absl::OkStatus();
}

}  // namespace plumbline::trust
