// Whether content and statements about it may be believed, by a trust policy.
// Pure functions. Each failure is FAILED_PRECONDITION: its message says all
// that is missing or wrong, one a line; its ErrorInfo has the reason of the
// first (docs/errors.md: KEY_UNKNOWN, THRESHOLD_NOT_MET, ...).

#ifndef PLUMBLINE_COMMON_TRUST_VERIFY_H_
#define PLUMBLINE_COMMON_TRUST_VERIFY_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/trust/trust_policy.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::trust {

using Signatures = google::protobuf::RepeatedPtrField<content::v1::Signature>;
using Attestations =
    google::protobuf::RepeatedPtrField<content::v1::Attestation>;

// Who signed a statement, as a policy counts it.
struct CountedSignatures {
  // The keys that may sign it, and did.
  std::set<std::string> key_ids;
  // Why a signature does not count, by the key that it names: KEY_UNKNOWN,
  // KEY_REVOKED or KEY_ROLE. Of such a signature nothing is verified.
  std::map<std::string, absl::Status> not_counted;
};

// Counts the signatures over `bytes` (of `statement`, parsed). Fails where the
// statement is for another audience (STATEMENT_AUDIENCE), or where a key that
// may sign it did not make its signature, or signed twice (SIGNATURE_INVALID).
absl::StatusOr<CountedSignatures> CountSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const content::v1::Statement& statement, const Signatures& signatures);

// CountSignatures(), for signatures that are handed in: one that does not count
// is a failure, too, even where enough others do. Returns the keys that signed.
absl::StatusOr<std::set<std::string>> CheckSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const content::v1::Statement& statement, const Signatures& signatures);

// CountSignatures(), and that at least the threshold of keys signed.
absl::Status VerifySignatures(const TrustPolicy& policy,
                              absl::string_view bytes,
                              const content::v1::Statement& statement,
                              const Signatures& signatures);

// An attestation whose kind, audience, signatures and payload are right,
// whoever and however many signed.
struct CheckedAttestation {
  content::v1::Statement statement;
  CountedSignatures signatures;
};

// Parses the statement of an attestation and checks it: the kind, each
// signature, and a report's payload against `report_digest`. It does not ask
// for the threshold: approvals of several approvers are counted together.
absl::StatusOr<CheckedAttestation> CheckAttestation(
    const TrustPolicy& policy, const content::v1::Attestation& attestation);

// OK if the signatures that count are at least the threshold of the statement's
// kind. Else says what is missing: "approval: 1 of 2 required approver
// signatures; key 'approver-3' is revoked; can still sign: approver-2". The
// reason is THRESHOLD_NOT_MET, or, where those that do not count would have met
// it, that of the first of them.
absl::Status CheckThreshold(const TrustPolicy& policy,
                            absl::string_view pathway_id,
                            content::v1::StatementKind kind,
                            const CountedSignatures& signatures);

// CheckAttestation() and CheckThreshold(). Returns the statement.
absl::StatusOr<content::v1::Statement> VerifyAttestation(
    const TrustPolicy& policy, const content::v1::Attestation& attestation);

// What a verified bundle says about itself.
struct VerifiedBundle {
  std::string digest;
  std::int64_t release_number = 0;
  // SHA-256 of the gate report that it was approved and published with.
  std::string report_digest;
};

// Verifies a bundle for `pathway_id`: SHA-256 of `content` is `digest`, every
// attestation checks and speaks of this pathway and digest, there is one gate
// report, which is of this content, passed, and proves what the policy
// requires, and one publication, and every kind that is there, and submission,
// approval and publication in any case, has its threshold of keys (that of a
// submission may be 0). Approvals and the publication must vouch for that gate
// report; approvals, one attestation per approver, are counted together.
absl::StatusOr<VerifiedBundle> VerifyBundle(const TrustPolicy& policy,
                                            absl::string_view pathway_id,
                                            absl::string_view digest,
                                            absl::string_view content,
                                            const Attestations& attestations);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_VERIFY_H_
