#include "common/trust/verify.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/error_details.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::trust {
namespace {

using content::v1::Attestation;
using content::v1::GateReport;
using content::v1::KeyRole;
using content::v1::PropertyResult;
using content::v1::Signature;
using content::v1::Statement;
using content::v1::StatementKind;

absl::Status Fault(absl::string_view reason, absl::string_view message,
                   const rpc::Metadata& metadata = {}) {
  return rpc::WithReason(absl::FailedPreconditionError(message), reason,
                         metadata);
}

// Every message, one a line, with the reason of the first.
absl::Status Join(const std::vector<absl::Status>& faults) {
  if (faults.empty()) return absl::OkStatus();
  const std::string message = absl::StrJoin(
      faults, "\n", [](std::string* out, const absl::Status& fault) {
        absl::StrAppend(out, fault.message());
      });
  return Fault(rpc::ReasonOf(faults.front()), message,
               rpc::ReasonMetadataOf(faults.front()));
}

// The same fault, with `what: ` in front of its message.
absl::Status Of(absl::string_view what, const absl::Status& fault) {
  return Fault(rpc::ReasonOf(fault), absl::StrCat(what, ": ", fault.message()),
               rpc::ReasonMetadataOf(fault));
}

std::string RolesOf(const TrustedKey& key) {
  return absl::StrJoin(key.roles, ", ", [](std::string* out, KeyRole role) {
    absl::StrAppend(out, WordOf(role));
  });
}

// Whether the key `id` may sign statements of `kind`. A gate report is signed
// in no role.
absl::Status CheckMaySign(const TrustPolicy& policy, StatementKind kind,
                          const std::string& id) {
  const KeyRole role = SigningRole(kind);
  const std::string key_named = absl::StrCat("key '", id, "' ");
  const TrustedKey* const key = policy.FindKey(id);
  if (key == nullptr) {
    return Fault("KEY_UNKNOWN",
                 absl::StrCat(key_named, "is not in the trust policy"),
                 {{"key_id", id}});
  }
  if (key->revoked) {
    return Fault("KEY_REVOKED", absl::StrCat(key_named, "is revoked"),
                 {{"key_id", id}});
  }
  if (role != content::v1::KEY_ROLE_UNSPECIFIED && !key->Holds(role)) {
    return Fault("KEY_ROLE",
                 absl::StrCat(key_named, "does not hold the role ",
                              WordOf(role), ", only ", RolesOf(*key)),
                 {{"key_id", id}, {"role", std::string(WordOf(role))}});
  }
  return absl::OkStatus();
}

absl::Status CheckAudience(const TrustPolicy& policy,
                           const Statement& statement) {
  if (statement.audience() == policy.audience()) return absl::OkStatus();
  return Fault("STATEMENT_AUDIENCE",
               absl::StrCat("is for the audience '", statement.audience(),
                            "', not '", policy.audience(), "'"));
}

// The ids of the unrevoked keys that hold `role`, but for those in `without`.
std::vector<std::string> KeysToAsk(const TrustPolicy& policy, KeyRole role,
                                   const std::set<std::string>& without) {
  std::vector<std::string> ids;
  for (const auto& [id, key] : policy.keys()) {
    if (!key.revoked && key.Holds(role) && without.count(id) == 0) {
      ids.push_back(id);
    }
  }
  return ids;
}

bool IsReport(StatementKind kind) {
  return kind == content::v1::STATEMENT_KIND_GATE_REPORT ||
         kind == content::v1::STATEMENT_KIND_BACKTEST_REPORT;
}

// Whether the payload beside a statement is what the statement speaks of.
absl::Status CheckPayload(const Statement& statement,
                          absl::string_view payload) {
  if (!IsReport(statement.kind())) {
    if (payload.empty()) return absl::OkStatus();
    return Fault("STATEMENT_INVALID", "has a payload, which only a report has");
  }
  const std::string digest = Sha256Hex(payload);
  if (digest == statement.report_digest()) return absl::OkStatus();
  return Fault("REPORT_MISMATCH",
               absl::StrCat("the report's SHA-256 is ", digest, ", not ",
                            statement.report_digest()));
}

// Collects what is wrong with a bundle.
class BundleVerifier {
 public:
  BundleVerifier(const TrustPolicy& policy, absl::string_view pathway_id,
                 absl::string_view digest)
      : policy_(policy), pathway_id_(pathway_id), digest_(digest) {}

  void CheckContent(absl::string_view content) {
    const std::string actual = Sha256Hex(content);
    if (actual == digest_) return;
    faults_.push_back(Fault(
        "DIGEST_MISMATCH",
        absl::StrCat("the content's SHA-256 is ", actual, ", not ", digest_)));
  }

  void Add(const Attestation& attestation, int index) {
    absl::StatusOr<CheckedAttestation> checked =
        CheckAttestation(policy_, attestation);
    if (!checked.ok()) {
      faults_.push_back(
          Of(absl::StrCat("attestations[", index, "]"), checked.status()));
      return;
    }
    const StatementKind kind = checked->statement.kind();
    CheckSubject(checked->statement);
    if (kind == content::v1::STATEMENT_KIND_GATE_REPORT) {
      CheckReport(attestation.payload(), checked->statement);
    }
    signatures_[kind].key_ids.merge(checked->signatures.key_ids);
    signatures_[kind].not_counted.merge(checked->signatures.not_counted);
    statements_[kind].push_back(std::move(checked->statement));
  }

  absl::StatusOr<VerifiedBundle> Finish() {
    const Statement* const report =
        OnlyOne(content::v1::STATEMENT_KIND_GATE_REPORT);
    const Statement* const publication =
        OnlyOne(content::v1::STATEMENT_KIND_PUBLICATION);
    if (report != nullptr) CheckVouchers(*report);
    CheckThresholds();
    if (!faults_.empty()) return Join(faults_);
    return VerifiedBundle{digest_, publication->release_number(),
                          report->report_digest()};
  }

 private:
  void CheckSubject(const Statement& statement) {
    const absl::string_view word = WordOf(statement.kind());
    if (statement.pathway_id() != pathway_id_) {
      faults_.push_back(Fault(
          "STATEMENT_INVALID",
          absl::StrCat(word, ": is about pathway '", statement.pathway_id(),
                       "', not '", pathway_id_, "'")));
    }
    if (statement.digest() != digest_) {
      faults_.push_back(
          Fault("STATEMENT_INVALID",
                absl::StrCat(word, ": is about content ", statement.digest(),
                             ", not ", digest_)));
    }
  }

  void CheckReport(absl::string_view payload, const Statement& statement) {
    GateReport report;
    const absl::Status parsed = ParseCanonical(payload, "the report", &report);
    if (!parsed.ok())
      return AddReportFault("REPORT_MISMATCH", parsed.message());
    if (report.pathway_id() != pathway_id_ || report.digest() != digest_) {
      AddReportFault(
          "REPORT_MISMATCH",
          absl::StrCat("the report is of content ", report.digest(),
                       " of pathway '", report.pathway_id(), "', not ", digest_,
                       " of '", pathway_id_, "'"));
    }
    // The one field of its statement that the report does not fix; and nobody
    // need have signed that.
    if (report.start_time().seconds() != statement.sign_time().seconds()) {
      AddReportFault("REPORT_MISMATCH",
                     "its statement is not of the time at which the gate "
                     "started");
    }
    if (!report.passed() || report.fault_count() != 0 ||
        !report.faults().empty()) {
      AddReportFault(
          "REPORT_NOT_PASSED",
          absl::StrCat("says that the gate ",
                       report.passed() ? "passed, with faults" : "failed"));
    }
    for (const std::string& property : policy_.required_properties()) {
      CheckProved(report, property);
    }
  }

  void CheckProved(const GateReport& report, const std::string& property) {
    int results = 0;
    for (const PropertyResult& result : report.properties()) {
      if (result.property() != property) continue;
      ++results;
      if (result.verdict() == PropertyResult::VERDICT_PROVED) continue;
      return AddReportFault(
          "REPORT_INCOMPLETE",
          absl::StrCat("the property '", property,
                       "', which the trust policy requires, is not proved: ",
                       PropertyResult::Verdict_Name(result.verdict())));
    }
    if (results > 0) return;
    AddReportFault("REPORT_INCOMPLETE",
                   absl::StrCat("the property '", property,
                                "', which the trust policy requires, was not "
                                "run"));
  }

  void AddReportFault(absl::string_view reason, absl::string_view fault) {
    faults_.push_back(Fault(reason, absl::StrCat("gate-report: ", fault)));
  }

  const Statement* OnlyOne(StatementKind kind) {
    const std::vector<Statement>& found = statements_[kind];
    if (found.size() == 1) return &found.front();
    faults_.push_back(Fault(kind == content::v1::STATEMENT_KIND_GATE_REPORT
                                ? "REPORT_MISSING"
                                : "STATEMENT_INVALID",
                            absl::StrCat(WordOf(kind), ": there are ",
                                         found.size(), " of them, not 1")));
    return nullptr;
  }

  // Approvals and the publication must be about the gate report that is here.
  void CheckVouchers(const Statement& report) {
    for (const StatementKind kind : {content::v1::STATEMENT_KIND_APPROVAL,
                                     content::v1::STATEMENT_KIND_PUBLICATION}) {
      for (const Statement& statement : statements_[kind]) {
        if (statement.report_digest() == report.report_digest()) continue;
        faults_.push_back(
            Fault("REPORT_MISMATCH",
                  absl::StrCat(WordOf(kind), ": vouches for the gate report ",
                               statement.report_digest(), ", not ",
                               report.report_digest())));
      }
    }
  }

  void CheckThresholds() {
    // Made if they are not there: they are needed in any case.
    signatures_[content::v1::STATEMENT_KIND_SUBMISSION];
    signatures_[content::v1::STATEMENT_KIND_APPROVAL];
    signatures_[content::v1::STATEMENT_KIND_PUBLICATION];
    for (const auto& [kind, signatures] : signatures_) {
      absl::Status status =
          CheckThreshold(policy_, pathway_id_, kind, signatures);
      if (!status.ok()) faults_.push_back(std::move(status));
    }
  }

  const TrustPolicy& policy_;
  const std::string pathway_id_;
  const std::string digest_;
  std::map<StatementKind, std::vector<Statement>> statements_;
  std::map<StatementKind, CountedSignatures> signatures_;
  std::vector<absl::Status> faults_;
};

}  // namespace

absl::StatusOr<CountedSignatures> CountSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const Statement& statement, const Signatures& signatures) {
  const absl::string_view word = WordOf(statement.kind());
  const absl::Status audience = CheckAudience(policy, statement);
  if (!audience.ok()) return Of(word, audience);
  CountedSignatures counted;
  std::vector<absl::Status> faults;
  for (const Signature& signature : signatures) {
    const std::string& id = signature.key_id();
    absl::Status may_sign = CheckMaySign(policy, statement.kind(), id);
    if (!may_sign.ok()) {
      counted.not_counted.emplace(id, std::move(may_sign));
    } else if (!VerifySignature(policy.FindKey(id)->public_key, bytes,
                                signature.signature())) {
      faults.push_back(Fault(
          "SIGNATURE_INVALID",
          absl::StrCat(word, ": key '", id, "' did not make this signature"),
          {{"key_id", id}}));
    } else if (!counted.key_ids.insert(id).second) {
      faults.push_back(
          Fault("SIGNATURE_INVALID",
                absl::StrCat(word, ": key '", id, "' signed twice"),
                {{"key_id", id}}));
    }
  }
  if (!faults.empty()) return Join(faults);
  return counted;
}

absl::StatusOr<std::set<std::string>> CheckSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const Statement& statement, const Signatures& signatures) {
  absl::StatusOr<CountedSignatures> counted =
      CountSignatures(policy, bytes, statement, signatures);
  if (!counted.ok()) return counted.status();
  std::vector<absl::Status> faults;
  for (const auto& [id, fault] : counted->not_counted) {
    faults.push_back(Of(WordOf(statement.kind()), fault));
  }
  if (!faults.empty()) return Join(faults);
  return std::move(counted->key_ids);
}

absl::Status VerifySignatures(const TrustPolicy& policy,
                              absl::string_view bytes,
                              const Statement& statement,
                              const Signatures& signatures) {
  const absl::StatusOr<CountedSignatures> counted =
      CountSignatures(policy, bytes, statement, signatures);
  if (!counted.ok()) return counted.status();
  return CheckThreshold(policy, statement.pathway_id(), statement.kind(),
                        *counted);
}

absl::StatusOr<CheckedAttestation> CheckAttestation(
    const TrustPolicy& policy, const Attestation& attestation) {
  absl::StatusOr<Statement> statement = ParseStatement(attestation.statement());
  if (!statement.ok()) {
    return Fault("STATEMENT_INVALID", statement.status().message());
  }
  const absl::string_view word = WordOf(statement->kind());
  if (statement->kind() != attestation.kind()) {
    return Fault("STATEMENT_INVALID",
                 absl::StrCat("is marked as '", WordOf(attestation.kind()),
                              "', but its statement is of kind '", word, "'"));
  }
  const absl::Status payload = CheckPayload(*statement, attestation.payload());
  if (!payload.ok()) return Of(word, payload);
  absl::StatusOr<CountedSignatures> signatures = CountSignatures(
      policy, attestation.statement(), *statement, attestation.signatures());
  if (!signatures.ok()) return signatures.status();
  return CheckedAttestation{*std::move(statement), *std::move(signatures)};
}

absl::Status CheckThreshold(const TrustPolicy& policy,
                            absl::string_view pathway_id, StatementKind kind,
                            const CountedSignatures& signatures) {
  const KeyRole role = SigningRole(kind);
  // A gate report is vouched for by those who approve and publish.
  if (role == content::v1::KEY_ROLE_UNSPECIFIED) return absl::OkStatus();
  const int required = policy.Threshold(pathway_id, role);
  const int present = static_cast<int>(signatures.key_ids.size());
  if (present >= required) return absl::OkStatus();
  std::string message =
      absl::StrCat(WordOf(kind), ": ", present, " of ", required, " required ",
                   WordOf(role), " signatures; ");
  for (const auto& [id, why] : signatures.not_counted) {
    absl::StrAppend(&message, why.message(), "; ");
  }
  const std::vector<std::string> ids =
      KeysToAsk(policy, role, signatures.key_ids);
  absl::StrAppend(
      &message,
      ids.empty() ? "the trust policy has no further key of that role"
                  : absl::StrCat("can still sign: ", absl::StrJoin(ids, ", ")));
  const int not_counted = static_cast<int>(signatures.not_counted.size());
  if (not_counted > 0 && present + not_counted >= required) {
    const absl::Status& why = signatures.not_counted.begin()->second;
    return Fault(rpc::ReasonOf(why), message, rpc::ReasonMetadataOf(why));
  }
  return Fault("THRESHOLD_NOT_MET", message,
               {{"role", std::string(WordOf(role))},
                {"required", absl::StrCat(required)},
                {"present", absl::StrCat(present)}});
}

absl::StatusOr<Statement> VerifyAttestation(const TrustPolicy& policy,
                                            const Attestation& attestation) {
  absl::StatusOr<CheckedAttestation> checked =
      CheckAttestation(policy, attestation);
  if (!checked.ok()) return checked.status();
  const absl::Status status =
      CheckThreshold(policy, checked->statement.pathway_id(),
                     checked->statement.kind(), checked->signatures);
  if (!status.ok()) return status;
  return std::move(checked->statement);
}

absl::StatusOr<VerifiedBundle> VerifyBundle(const TrustPolicy& policy,
                                            absl::string_view pathway_id,
                                            absl::string_view digest,
                                            absl::string_view content,
                                            const Attestations& attestations) {
  BundleVerifier verifier(policy, pathway_id, digest);
  verifier.CheckContent(content);
  for (int i = 0; i < attestations.size(); ++i) {
    verifier.Add(attestations.Get(i), i);
  }
  return verifier.Finish();
}

}  // namespace plumbline::trust
