#include "common/trust/verify.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::trust {
namespace {

using content::v1::Attestation;
using content::v1::KeyRole;
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

// Whether a signature counts. A gate report is signed in no role.
absl::Status CheckSignature(const TrustPolicy& policy, absl::string_view bytes,
                            StatementKind kind, const Signature& signature) {
  const std::string& id = signature.key_id();
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
  if (!VerifySignature(key->public_key, bytes, signature.signature())) {
    return Fault("SIGNATURE_INVALID",
                 absl::StrCat(key_named, "did not make this signature"),
                 {{"key_id", id}});
  }
  return absl::OkStatus();
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
      CheckPassed(attestation.payload());
    }
    key_ids_[kind].insert(checked->key_ids.begin(), checked->key_ids.end());
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

  void CheckPassed(absl::string_view payload) {
    content::v1::GateReport report;
    if (!report.ParseFromArray(payload.data(),
                               static_cast<int>(payload.size())) ||
        !report.passed()) {
      faults_.push_back(
          Fault("REPORT_MISSING", "gate-report: says that the gate failed"));
    }
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
    key_ids_[content::v1::STATEMENT_KIND_SUBMISSION];
    key_ids_[content::v1::STATEMENT_KIND_APPROVAL];
    key_ids_[content::v1::STATEMENT_KIND_PUBLICATION];
    for (const auto& [kind, key_ids] : key_ids_) {
      absl::Status status = CheckThreshold(policy_, pathway_id_, kind, key_ids);
      if (!status.ok()) faults_.push_back(std::move(status));
    }
  }

  const TrustPolicy& policy_;
  const std::string pathway_id_;
  const std::string digest_;
  std::map<StatementKind, std::vector<Statement>> statements_;
  std::map<StatementKind, std::set<std::string>> key_ids_;
  std::vector<absl::Status> faults_;
};

}  // namespace

absl::StatusOr<std::set<std::string>> CheckSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const Statement& statement, const Signatures& signatures) {
  const absl::string_view word = WordOf(statement.kind());
  std::set<std::string> key_ids;
  std::vector<absl::Status> faults;
  for (const Signature& signature : signatures) {
    absl::Status status =
        CheckSignature(policy, bytes, statement.kind(), signature);
    if (status.ok() && !key_ids.insert(signature.key_id()).second) {
      status =
          Fault("SIGNATURE_INVALID",
                absl::StrCat("key '", signature.key_id(), "' signed twice"),
                {{"key_id", signature.key_id()}});
    }
    if (!status.ok()) faults.push_back(Of(word, status));
  }
  if (!faults.empty()) return Join(faults);
  return key_ids;
}

absl::Status VerifySignatures(const TrustPolicy& policy,
                              absl::string_view bytes,
                              const Statement& statement,
                              const Signatures& signatures) {
  const absl::StatusOr<std::set<std::string>> key_ids =
      CheckSignatures(policy, bytes, statement, signatures);
  if (!key_ids.ok()) return key_ids.status();
  return CheckThreshold(policy, statement.pathway_id(), statement.kind(),
                        *key_ids);
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
  absl::StatusOr<std::set<std::string>> key_ids = CheckSignatures(
      policy, attestation.statement(), *statement, attestation.signatures());
  if (!key_ids.ok()) return key_ids.status();
  return CheckedAttestation{*std::move(statement), *std::move(key_ids)};
}

absl::Status CheckThreshold(const TrustPolicy& policy,
                            absl::string_view pathway_id, StatementKind kind,
                            const std::set<std::string>& key_ids) {
  const KeyRole role = SigningRole(kind);
  // A gate report is vouched for by those who approve and publish.
  if (role == content::v1::KEY_ROLE_UNSPECIFIED) return absl::OkStatus();
  const int required = policy.Threshold(pathway_id, role);
  if (static_cast<int>(key_ids.size()) >= required) return absl::OkStatus();
  const std::vector<std::string> ids = KeysToAsk(policy, role, key_ids);
  return Fault(
      "THRESHOLD_NOT_MET",
      absl::StrCat(
          WordOf(kind), ": ", key_ids.size(), " of ", required, " required ",
          WordOf(role), " signatures; ",
          ids.empty()
              ? "the trust policy has no further key of that role"
              : absl::StrCat("can still sign: ", absl::StrJoin(ids, ", "))),
      {{"role", std::string(WordOf(role))},
       {"required", absl::StrCat(required)},
       {"present", absl::StrCat(key_ids.size())}});
}

absl::StatusOr<Statement> VerifyAttestation(const TrustPolicy& policy,
                                            const Attestation& attestation) {
  absl::StatusOr<CheckedAttestation> checked =
      CheckAttestation(policy, attestation);
  if (!checked.ok()) return checked.status();
  const absl::Status status =
      CheckThreshold(policy, checked->statement.pathway_id(),
                     checked->statement.kind(), checked->key_ids);
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
