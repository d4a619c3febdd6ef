#include "cli/release_bundle.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/content.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"
#include "common/trust/statement.h"
#include "common/trust/verify.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::cli {
namespace {

using content::v1::Attestation;
using content::v1::Bundle;

absl::StatusOr<Bundle> ParseBundle(const std::string& bytes) {
  Bundle bundle;
  const absl::Status parsed =
      trust::ParseCanonical(bytes, "the release file", &bundle);
  if (!parsed.ok()) return parsed;
  return bundle;
}

absl::Status RequireDigest(const std::string& present,
                           const std::string& asked) {
  if (asked.empty() || asked == present) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the content has the digest ", present, ", and not ", asked));
}

// "approval        approver-1, approver-2"
void PrintAttestation(const trust::TrustPolicy& policy,
                      const Attestation& attestation, Console& console) {
  const auto checked = trust::CheckAttestation(policy, attestation);
  if (!checked.ok()) return;
  std::string kind(trust::WordOf(attestation.kind()));
  kind.resize(std::max<std::size_t>(kind.size(), 16), ' ');
  console.out << "  " << kind
              << absl::StrJoin(checked->signatures.key_ids, ", ") << '\n';
  if (attestation.kind() == content::v1::STATEMENT_KIND_WITHDRAWAL) {
    console.out << "  WITHDRAWN: " << checked->statement.reason() << '\n';
  }
  for (const auto& [key, why] : checked->signatures.not_counted) {
    console.out << "    not counted: " << why.message() << '\n';
  }
}

}  // namespace

std::string ToBundle(const content::v1::Release& release) {
  Bundle bundle;
  bundle.set_content(release.content());
  *bundle.mutable_attestations() = release.attestations();
  if (release.has_withdrawal()) {
    *bundle.add_attestations() = release.withdrawal().attestation();
  }
  return trust::CanonicalBytes(bundle);
}

absl::Status VerifyBundle(const std::string& bytes,
                          const trust::TrustPolicy& policy,
                          const std::string& digest, Console& console) {
  const absl::StatusOr<Bundle> bundle = ParseBundle(bytes);
  if (!bundle.ok()) return bundle.status();
  const auto pathway = pathway::LoadContent(bundle->content());
  if (!pathway.ok()) return pathway.status();
  const absl::Status same = RequireDigest((*pathway)->digest, digest);
  if (!same.ok()) return same;
  const absl::StatusOr<trust::VerifiedBundle> verified =
      trust::VerifyBundle(policy, (*pathway)->pathway_id, (*pathway)->digest,
                          bundle->content(), bundle->attestations());
  if (!verified.ok()) return verified.status();
  console.out << "pathways/" << (*pathway)->pathway_id << "/releases/"
              << verified->release_number << "  " << verified->digest
              << "  verified for " << policy.audience() << '\n';
  for (const Attestation& attestation : bundle->attestations()) {
    PrintAttestation(policy, attestation, console);
  }
  return absl::OkStatus();
}

}  // namespace plumbline::cli
