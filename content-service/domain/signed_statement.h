// Statements that a caller has signed, checked before they are stored.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SIGNED_STATEMENT_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SIGNED_STATEMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/trust/trust_policy.h"
#include "common/trust/verify.h"
#include "plumbline/content/v1/draft.pb.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::content {

// What a request carries.
struct SignedStatement {
  std::string bytes;
  trust::Signatures signatures;
};

// A statement about content, for the policy's audience and in the role of its
// kind, made at `time`.
v1::Statement NewStatement(const trust::TrustPolicy& policy,
                           v1::StatementKind kind,
                           const std::string& pathway_id,
                           const std::string& digest, absl::Time time);

// Checks that `given` says what the service itself states now (`expected`, but
// for the time), that its time is near `now`, that every signature counts, and
// that there are at least `required` of different keys. FAILED_PRECONDITION
// with one of the reasons of docs/errors.md, "Statements and signatures".
absl::Status CheckSigned(const trust::TrustPolicy& policy,
                         const v1::Statement& expected,
                         const SignedStatement& given, int required,
                         absl::Time now);

// The attestation that `given` makes, once it is checked.
v1::Attestation ToAttestation(v1::StatementKind kind,
                              const SignedStatement& given);

// The attestation that holds the report's bytes. Its statement is of the time
// at which the gate started.
v1::Attestation AttestReport(const trust::TrustPolicy& policy,
                             const std::string& pathway_id,
                             const v1::GateReport& report);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SIGNED_STATEMENT_H_
