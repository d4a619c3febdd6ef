#include "content-service/domain/signed_statement.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/statement.h"
#include "google/protobuf/util/message_differencer.h"

namespace plumbline::content {
namespace {

// A message with the reason and the metadata that programs read.
absl::Status Refuse(const char* reason, const std::string& message,
                    const rpc::Metadata& metadata) {
  return rpc::WithReason(absl::FailedPreconditionError(message), reason,
                         metadata);
}

constexpr char kSignAgain[] =
    "; call again with validate_only and sign what it returns";

std::string Iso8601(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

std::vector<std::string> FieldsThatDiffer(const v1::Statement& expected,
                                          const v1::Statement& given) {
  std::vector<std::string> names;
  const google::protobuf::Descriptor& type = *v1::Statement::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = type.field(i);
    if (field->number() == v1::Statement::kSignTimeFieldNumber) continue;
    google::protobuf::util::MessageDifferencer differencer;
    if (!differencer.CompareWithFields(expected, given, {field}, {field})) {
      names.push_back(field->name());
    }
  }
  return names;
}

absl::Status CheckSaysTheSame(const v1::Statement& expected,
                              const std::string& bytes, absl::Time now) {
  const absl::StatusOr<v1::Statement> given = trust::ParseStatement(bytes);
  if (!given.ok()) {
    return Refuse("STATEMENT_MISMATCH",
                  absl::StrCat(given.status().message(), kSignAgain),
                  {{"fields", ""}});
  }
  const std::vector<std::string> fields = FieldsThatDiffer(expected, *given);
  if (!fields.empty()) {
    const std::string list = absl::StrJoin(fields, ",");
    return Refuse("STATEMENT_MISMATCH",
                  absl::StrCat("the signed statement differs from what this "
                               "request states now in: ",
                               list, kSignAgain),
                  {{"fields", list}});
  }
  const absl::Time time = trust::SignTime(*given);
  if (absl::AbsDuration(time - now) > trust::kStatementTimeTolerance) {
    return Refuse(
        "STATEMENT_TIME",
        absl::StrCat("the statement was made at ", Iso8601(time),
                     ", more than ",
                     absl::FormatDuration(trust::kStatementTimeTolerance),
                     " from this service's clock, ", Iso8601(now), kSignAgain),
        {{"sign_time", Iso8601(time)}, {"server_time", Iso8601(now)}});
  }
  return absl::OkStatus();
}

rpc::Metadata Counts(v1::KeyRole role, int required) {
  return {{"role", std::string(trust::WordOf(role))},
          {"required", absl::StrCat(required)}};
}

}  // namespace

v1::Statement NewStatement(const trust::TrustPolicy& policy,
                           v1::StatementKind kind,
                           const std::string& pathway_id,
                           const std::string& digest, absl::Time time) {
  v1::Statement statement;
  statement.set_kind(kind);
  statement.set_audience(policy.audience());
  statement.set_pathway_id(pathway_id);
  statement.set_digest(digest);
  statement.set_role(trust::SigningRole(kind));
  trust::SetSignTime(time, &statement);
  return statement;
}

absl::Status CheckSigned(const trust::TrustPolicy& policy,
                         const v1::Statement& expected,
                         const SignedStatement& given, int required,
                         absl::Time now) {
  const std::string role(trust::WordOf(expected.role()));
  if (given.bytes.empty() || given.signatures.empty()) {
    if (required == 0 && given.signatures.empty() && given.bytes.empty()) {
      return absl::OkStatus();
    }
    return Refuse(
        "STATEMENT_REQUIRED",
        absl::StrCat("a statement with at least ", required, " signature",
                     required == 1 ? "" : "s", " in the role ", role,
                     " is required", kSignAgain),
        Counts(expected.role(), required));
  }
  const absl::Status status = CheckSaysTheSame(expected, given.bytes, now);
  if (!status.ok()) return status;
  const absl::StatusOr<std::set<std::string>> key_ids =
      trust::CheckSignatures(policy, given.bytes, expected, given.signatures);
  if (!key_ids.ok()) return key_ids.status();
  if (static_cast<int>(key_ids->size()) >= required) return absl::OkStatus();
  rpc::Metadata metadata = Counts(expected.role(), required);
  metadata["present"] = absl::StrCat(key_ids->size());
  return Refuse("THRESHOLD_NOT_MET",
                absl::StrCat(key_ids->size(), " of ", required,
                             " required signatures in the role ", role,
                             "; each must be of another key"),
                metadata);
}

v1::Attestation ToAttestation(v1::StatementKind kind,
                              const SignedStatement& given) {
  v1::Attestation attestation;
  attestation.set_kind(kind);
  attestation.set_statement(given.bytes);
  *attestation.mutable_signatures() = given.signatures;
  return attestation;
}

v1::Attestation AttestReport(const trust::TrustPolicy& policy,
                             const std::string& pathway_id,
                             const v1::GateReport& report) {
  v1::Attestation attestation;
  attestation.set_kind(v1::STATEMENT_KIND_GATE_REPORT);
  attestation.set_payload(trust::CanonicalBytes(report));
  v1::Statement statement = NewStatement(
      policy, v1::STATEMENT_KIND_GATE_REPORT, pathway_id, report.digest(),
      absl::FromUnixSeconds(report.start_time().seconds()));
  statement.set_report_digest(trust::Sha256Hex(attestation.payload()));
  attestation.set_statement(trust::EncodeStatement(statement).value());
  return attestation;
}

}  // namespace plumbline::content
