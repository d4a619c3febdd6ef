#include "common/trust/statement.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/pathway/names.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"

namespace plumbline::trust {
namespace {

using content::v1::KeyRole;
using content::v1::Statement;
using content::v1::StatementKind;

constexpr StatementKind kKinds[] = {
    content::v1::STATEMENT_KIND_SUBMISSION,
    content::v1::STATEMENT_KIND_GATE_REPORT,
    content::v1::STATEMENT_KIND_BACKTEST_REPORT,
    content::v1::STATEMENT_KIND_APPROVAL,
    content::v1::STATEMENT_KIND_PUBLICATION,
    content::v1::STATEMENT_KIND_MOVE,
    content::v1::STATEMENT_KIND_EPOCH,
    content::v1::STATEMENT_KIND_WITHDRAWAL,
};

bool IsOneOf(StatementKind kind, std::initializer_list<StatementKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool NamesReport(StatementKind kind) {
  return IsOneOf(kind, {content::v1::STATEMENT_KIND_GATE_REPORT,
                        content::v1::STATEMENT_KIND_BACKTEST_REPORT,
                        content::v1::STATEMENT_KIND_APPROVAL,
                        content::v1::STATEMENT_KIND_PUBLICATION});
}

bool NamesRelease(StatementKind kind) {
  return IsOneOf(kind, {content::v1::STATEMENT_KIND_PUBLICATION,
                        content::v1::STATEMENT_KIND_WITHDRAWAL});
}

bool NamesMove(StatementKind kind) {
  return IsOneOf(kind, {content::v1::STATEMENT_KIND_MOVE,
                        content::v1::STATEMENT_KIND_EPOCH});
}

bool NamesReason(StatementKind kind) {
  return NamesMove(kind) || kind == content::v1::STATEMENT_KIND_WITHDRAWAL;
}

// Collects what is wrong with a statement.
class Checker {
 public:
  explicit Checker(const Statement& statement) : statement_(statement) {}

  absl::Status Check() {
    if (WordOf(statement_.kind()).empty()) {
      return absl::InvalidArgumentError(
          "statement: kind: is missing or unknown");
    }
    CheckCommon();
    CheckReport();
    CheckRelease();
    CheckMove();
    CheckReason();
    if (faults_.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrJoin(faults_, "\n"));
  }

 private:
  void Require(bool holds, absl::string_view field, absl::string_view what) {
    if (holds) return;
    faults_.push_back(absl::StrCat("statement: ", field, ": ", what));
  }

  void RequireResourceId(absl::string_view id, absl::string_view field) {
    Require(pathway::IsResourceId(id), field,
            absl::StrCat("must be of the form ", pathway::kResourceIdForm));
  }

  void RequireUnset(bool unset, absl::string_view field) {
    Require(unset, field,
            absl::StrCat("is not a field of kind '", WordOf(statement_.kind()),
                         "'"));
  }

  void CheckCommon() {
    RequireResourceId(statement_.pathway_id(), "pathway_id");
    Require(IsDigest(statement_.digest()), "digest",
            "must be 64 lower-case hexadecimal digits");
    Require(pathway::IsHandle(statement_.audience()), "audience",
            absl::StrCat("must be ", pathway::kHandleForm));
    const KeyRole role = SigningRole(statement_.kind());
    Require(statement_.role() == role, "role",
            absl::StrCat("must be ", content::v1::KeyRole_Name(role)));
    Require(statement_.has_sign_time() &&
                statement_.sign_time().seconds() > 0 &&
                statement_.sign_time().nanos() == 0,
            "sign_time", "must be a time in whole seconds after 1970");
  }

  void CheckReport() {
    if (!NamesReport(statement_.kind())) {
      return RequireUnset(statement_.report_digest().empty(), "report_digest");
    }
    Require(IsDigest(statement_.report_digest()), "report_digest",
            "must be 64 lower-case hexadecimal digits");
  }

  void CheckRelease() {
    if (!NamesRelease(statement_.kind())) {
      return RequireUnset(statement_.release_number() == 0, "release_number");
    }
    Require(statement_.release_number() > 0, "release_number",
            "must be at least 1");
  }

  void CheckMove() {
    if (!NamesMove(statement_.kind())) {
      RequireUnset(statement_.channel_id().empty(), "channel_id");
      RequireUnset(statement_.epoch() == 0, "epoch");
      RequireUnset(statement_.move_number() == 0, "move_number");
      RequireUnset(statement_.previous_move_hash().empty(),
                   "previous_move_hash");
      return;
    }
    RequireResourceId(statement_.channel_id(), "channel_id");
    if (statement_.kind() == content::v1::STATEMENT_KIND_EPOCH) {
      Require(statement_.epoch() >= 2, "epoch", "must be at least 2");
      Require(statement_.move_number() == 1, "move_number",
              "must be 1: an epoch opens with its first move");
    } else {
      Require(statement_.epoch() >= 1, "epoch", "must be at least 1");
      const std::int64_t least = statement_.epoch() > 1 ? 2 : 1;
      Require(statement_.move_number() >= least, "move_number",
              absl::StrCat("must be at least ", least));
    }
    CheckPreviousMove();
  }

  void CheckPreviousMove() {
    const bool first = statement_.epoch() == 1 && statement_.move_number() == 1;
    if (first) {
      Require(statement_.previous_move_hash().empty(), "previous_move_hash",
              "must be empty: there is no move before the first");
    } else {
      Require(IsDigest(statement_.previous_move_hash()), "previous_move_hash",
              "must be 64 lower-case hexadecimal digits");
    }
  }

  void CheckReason() {
    if (!NamesReason(statement_.kind())) {
      return RequireUnset(statement_.reason().empty(), "reason");
    }
    Require(!statement_.reason().empty() &&
                statement_.reason().size() <= kReasonBytesMax,
            "reason", absl::StrCat("must be 1 to ", kReasonBytesMax, " bytes"));
  }

  const Statement& statement_;
  std::vector<std::string> faults_;
};

std::string PrefixOf(StatementKind kind) {
  return absl::StrCat("plumbline/", WordOf(kind), "/v1",
                      absl::string_view("\0", 1));
}

}  // namespace

absl::string_view WordOf(StatementKind kind) {
  switch (kind) {
    case content::v1::STATEMENT_KIND_SUBMISSION:
      return "submission";
    case content::v1::STATEMENT_KIND_GATE_REPORT:
      return "gate-report";
    case content::v1::STATEMENT_KIND_BACKTEST_REPORT:
      return "backtest-report";
    case content::v1::STATEMENT_KIND_APPROVAL:
      return "approval";
    case content::v1::STATEMENT_KIND_PUBLICATION:
      return "publication";
    case content::v1::STATEMENT_KIND_MOVE:
      return "move";
    case content::v1::STATEMENT_KIND_EPOCH:
      return "epoch";
    case content::v1::STATEMENT_KIND_WITHDRAWAL:
      return "withdrawal";
    default:  // An open enum: a number that this program does not know.
      return "";
  }
}

KeyRole SigningRole(StatementKind kind) {
  switch (kind) {
    case content::v1::STATEMENT_KIND_SUBMISSION:
    case content::v1::STATEMENT_KIND_BACKTEST_REPORT:
      return content::v1::KEY_ROLE_AUTHOR;
    case content::v1::STATEMENT_KIND_APPROVAL:
      return content::v1::KEY_ROLE_APPROVER;
    case content::v1::STATEMENT_KIND_PUBLICATION:
    case content::v1::STATEMENT_KIND_WITHDRAWAL:
      return content::v1::KEY_ROLE_PUBLISHER;
    case content::v1::STATEMENT_KIND_MOVE:
      return content::v1::KEY_ROLE_OPERATOR;
    case content::v1::STATEMENT_KIND_EPOCH:
      return content::v1::KEY_ROLE_ROOT;
    default:
      return content::v1::KEY_ROLE_UNSPECIFIED;
  }
}

absl::string_view WordOf(KeyRole role) {
  switch (role) {
    case content::v1::KEY_ROLE_ROOT:
      return "root";
    case content::v1::KEY_ROLE_AUTHOR:
      return "author";
    case content::v1::KEY_ROLE_APPROVER:
      return "approver";
    case content::v1::KEY_ROLE_PUBLISHER:
      return "publisher";
    case content::v1::KEY_ROLE_OPERATOR:
      return "operator";
    default:
      return "";
  }
}

absl::Status CheckStatement(const Statement& statement) {
  return Checker(statement).Check();
}

absl::StatusOr<std::string> EncodeStatement(const Statement& statement) {
  const absl::Status status = CheckStatement(statement);
  if (!status.ok()) return status;
  return absl::StrCat(PrefixOf(statement.kind()), CanonicalBytes(statement));
}

absl::StatusOr<Statement> ParseStatement(absl::string_view bytes) {
  for (const StatementKind kind : kKinds) {
    if (!absl::ConsumePrefix(&bytes, PrefixOf(kind))) continue;
    Statement statement;
    absl::Status status = ParseCanonical(bytes, "the statement", &statement);
    if (!status.ok()) return status;
    if (statement.kind() != kind) {
      return absl::InvalidArgumentError(
          absl::StrCat("the statement opens as '", WordOf(kind),
                       "' but its kind is '", WordOf(statement.kind()), "'"));
    }
    status = CheckStatement(statement);
    if (!status.ok()) return status;
    return statement;
  }
  return absl::InvalidArgumentError(
      "the statement does not open with plumbline/<kind>/v1 of a known kind");
}

void SetSignTime(absl::Time time, Statement* statement) {
  statement->mutable_sign_time()->set_seconds(absl::ToUnixSeconds(time));
  statement->mutable_sign_time()->set_nanos(0);
}

absl::Time SignTime(const Statement& statement) {
  return absl::FromUnixSeconds(statement.sign_time().seconds());
}

}  // namespace plumbline::trust
