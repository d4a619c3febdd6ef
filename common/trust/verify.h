// Whether content and statements about it may be believed, by a trust policy.
// Pure functions. Each failure is FAILED_PRECONDITION: its message says all
// that is missing or wrong, one a line; its ErrorInfo has the reason of the
// first (docs/errors.md: KEY_UNKNOWN, THRESHOLD_NOT_MET, ...).

#ifndef PLUMBLINE_COMMON_TRUST_VERIFY_H_
#define PLUMBLINE_COMMON_TRUST_VERIFY_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
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

// The keys that signed `bytes` (of `statement`, parsed). A signature that does
// not count is a failure even where enough others do: of a key that the policy
// does not name, that is revoked or does not hold the role of the kind, a
// second one of a key, or a wrong one.
absl::StatusOr<std::set<std::string>> CheckSignatures(
    const TrustPolicy& policy, absl::string_view bytes,
    const content::v1::Statement& statement, const Signatures& signatures);

// CheckSignatures(), and that at least the threshold of keys signed.
absl::Status VerifySignatures(const TrustPolicy& policy,
                              absl::string_view bytes,
                              const content::v1::Statement& statement,
                              const Signatures& signatures);

// An attestation whose kind, signatures and payload are right, whoever and
// however many signed.
struct CheckedAttestation {
  content::v1::Statement statement;
  std::set<std::string> key_ids;
};

// Parses the statement of an attestation and checks it: the kind, each
// signature, and a report's payload against `report_digest`. It does not count
// the signatures: approvals of several approvers are counted together.
absl::StatusOr<CheckedAttestation> CheckAttestation(
    const TrustPolicy& policy, const content::v1::Attestation& attestation);

// OK if `key_ids` are at least the threshold of the statement's kind, else what
// is missing: "approval: 1 of 2 required approver signatures; can still sign:
// approver-2".
absl::Status CheckThreshold(const TrustPolicy& policy,
                            absl::string_view pathway_id,
                            content::v1::StatementKind kind,
                            const std::set<std::string>& key_ids);

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
// report, which passed, and one publication, and every kind that is there, and
// submission, approval and publication in any case, has its threshold of keys
// (that of a submission may be 0). Approvals and the
// publication must vouch for that gate report; approvals, one attestation per
// approver, are counted together.
absl::StatusOr<VerifiedBundle> VerifyBundle(const TrustPolicy& policy,
                                            absl::string_view pathway_id,
                                            absl::string_view digest,
                                            absl::string_view content,
                                            const Attestations& attestations);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_VERIFY_H_
