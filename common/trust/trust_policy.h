// The trust policy: which keys may sign what, how many must, and for which
// deployment. Read from a
// file that both services are given and that is never part of a pathway.

#ifndef PLUMBLINE_COMMON_TRUST_TRUST_POLICY_H_
#define PLUMBLINE_COMMON_TRUST_TRUST_POLICY_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/file/file_system.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::trust {

// A key and what it may sign.
struct TrustedKey {
  std::string key_id;
  std::string public_key;  // 32 bytes.
  std::vector<content::v1::KeyRole> roles;
  bool revoked = false;

  bool Holds(content::v1::KeyRole role) const;
};

// A valid policy: it has an audience, ids, keys and thresholds are unique,
// every threshold can be met. Immutable, therefore thread-safe.
class TrustPolicy {
 public:
  // Parses a text-format content.v1.TrustPolicy. INVALID_ARGUMENT lists every
  // fault, one a line, each as `file:line:column: keys[2].roles: …`.
  static absl::StatusOr<TrustPolicy> Parse(absl::string_view text,
                                           absl::string_view file);

  // The deployment that statements must be for: "clinic-production".
  const std::string& audience() const { return audience_; }

  // The properties that a gate report must prove, in the policy's order.
  const std::vector<std::string>& required_properties() const {
    return required_properties_;
  }

  // The key of this id, or null.
  const TrustedKey* FindKey(absl::string_view key_id) const;

  // How many keys must sign in `role` for `pathway_id`: its own threshold, else
  // the one for every pathway, else 1 (0 for AUTHOR).
  int Threshold(absl::string_view pathway_id, content::v1::KeyRole role) const;

  // All keys by id.
  const std::map<std::string, TrustedKey, std::less<>>& keys() const {
    return keys_;
  }

 private:
  friend class TrustPolicyBuilder;

  TrustPolicy() = default;

  std::string audience_;
  std::vector<std::string> required_properties_;
  std::map<std::string, TrustedKey, std::less<>> keys_;
  std::map<std::pair<std::string, content::v1::KeyRole>, int> thresholds_;
};

// Reads and parses the file at `path`.
absl::StatusOr<TrustPolicy> ReadTrustPolicy(file::FileSystem& files,
                                            const std::string& path);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_TRUST_POLICY_H_
