#include "common/trust/trust_policy.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"
#include "common/trust/digest.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "common/trust/text_file.h"

namespace plumbline::trust {
namespace {

using content::v1::KeyRole;
using pathway::IsHandle;
using pathway::kHandleForm;

std::string NotAHandle(absl::string_view text) {
  return absl::StrCat("'", absl::CHexEscape(text), "' is not ", kHandleForm);
}

int LeastThreshold(KeyRole role) {
  return role == content::v1::KEY_ROLE_AUTHOR ? 0 : 1;
}

// Adds the faults of the roles of keys[index]; returns the roles.
std::vector<KeyRole> CheckRoles(const content::v1::TrustedKey& key, int index,
                                TextFile& file) {
  std::vector<KeyRole> roles;
  for (const int number : key.roles()) {
    const auto role = static_cast<KeyRole>(number);
    if (WordOf(role).empty()) {
      file.AddFault("keys", index, "roles",
                    absl::StrCat(number, " is not a role that signs"));
    } else if (std::find(roles.begin(), roles.end(), role) != roles.end()) {
      file.AddFault(
          "keys", index, "roles",
          absl::StrCat(content::v1::KeyRole_Name(role), " is there twice"));
    } else {
      roles.push_back(role);
    }
  }
  if (key.roles().empty()) {
    file.AddFault("keys", index, "roles", "needs at least one role");
  }
  return roles;
}

}  // namespace

bool TrustedKey::Holds(KeyRole role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Builds a policy from a message and collects its faults.
class TrustPolicyBuilder {
 public:
  TrustPolicyBuilder(const content::v1::TrustPolicy& message, TextFile& file)
      : message_(message), file_(file) {}

  TrustPolicy Build() {
    CheckAudience();
    if (message_.keys().empty()) file_.AddFault("has no keys");
    for (int i = 0; i < message_.keys_size(); ++i) AddKey(i);
    for (int i = 0; i < message_.thresholds_size(); ++i) AddThreshold(i);
    for (int i = 0; i < message_.required_properties_size(); ++i) {
      AddProperty(i);
    }
    return std::move(policy_);
  }

 private:
  void CheckAudience() {
    policy_.audience_ = message_.audience();
    if (IsHandle(policy_.audience_)) return;
    file_.AddFault(
        policy_.audience_.empty()
            ? absl::StrCat(
                  "audience: is missing: the name of this deployment, ",
                  kHandleForm)
            : absl::StrCat("audience: ", NotAHandle(policy_.audience_)));
  }

  void AddKey(int index) {
    const content::v1::TrustedKey& key = message_.keys(index);
    const std::string& id = key.key_id();
    if (!IsHandle(id)) {
      file_.AddFault("keys", index, "key_id", NotAHandle(id));
    } else if (policy_.FindKey(id) != nullptr) {
      file_.AddFault("keys", index, "key_id",
                     absl::StrCat("'", id, "' is there twice"));
    }
    if (!IsLowerHex(key.public_key(), kPublicKeyBytes)) {
      file_.AddFault("keys", index, "public_key",
                     "must be 64 lower-case hexadecimal digits");
    } else if (!public_keys_.insert(key.public_key()).second) {
      file_.AddFault("keys", index, "public_key",
                     "is the public key of another key, too");
    }
    policy_.keys_.emplace(
        id, TrustedKey{id, absl::HexStringToBytes(key.public_key()),
                       CheckRoles(key, index, file_), key.revoked()});
  }

  void AddThreshold(int index) {
    const content::v1::Threshold& threshold = message_.thresholds(index);
    const KeyRole role = threshold.role();
    if (!threshold.pathway_id().empty() &&
        !pathway::IsResourceId(threshold.pathway_id())) {
      file_.AddFault(
          "thresholds", index, "pathway_id",
          absl::StrCat("must be of the form ", pathway::kResourceIdForm,
                       ", or be left out"));
    }
    if (WordOf(role).empty()) {
      return file_.AddFault("thresholds", index, "role",
                            "is missing or unknown");
    }
    const int least = LeastThreshold(role);
    const int most = CountKeys(role);
    if (threshold.required() < least || most < threshold.required()) {
      file_.AddFault(
          "thresholds", index, "required",
          absl::StrCat(threshold.required(), " is not from ", least, " to ",
                       most, ", the number of keys that hold the role ",
                       WordOf(role)));
    }
    const bool added = policy_.thresholds_
                           .emplace(std::pair(threshold.pathway_id(), role),
                                    threshold.required())
                           .second;
    if (!added) {
      file_.AddFault("thresholds", index, "",
                     absl::StrCat("there is another threshold of role ",
                                  WordOf(role), " for the same pathway"));
    }
  }

  void AddProperty(int index) {
    const std::string& property = message_.required_properties(index);
    std::vector<std::string>& properties = policy_.required_properties_;
    if (!IsHandle(property)) {
      file_.AddFault("required_properties", index, "", NotAHandle(property));
    } else if (std::find(properties.begin(), properties.end(), property) !=
               properties.end()) {
      file_.AddFault("required_properties", index, "",
                     absl::StrCat("'", property, "' is there twice"));
    } else {
      properties.push_back(property);
    }
  }

  int CountKeys(KeyRole role) const {
    return static_cast<int>(std::count_if(
        policy_.keys_.begin(), policy_.keys_.end(), [role](const auto& entry) {
          return !entry.second.revoked && entry.second.Holds(role);
        }));
  }

  const content::v1::TrustPolicy& message_;
  TextFile& file_;
  TrustPolicy policy_;
  std::set<std::string> public_keys_;
};

absl::StatusOr<TrustPolicy> TrustPolicy::Parse(absl::string_view text,
                                               absl::string_view file) {
  TextFile text_file(file);
  content::v1::TrustPolicy message;
  if (!text_file.Parse(text, &message)) return text_file.status();
  TrustPolicy policy = TrustPolicyBuilder(message, text_file).Build();
  if (!text_file.status().ok()) return text_file.status();
  return policy;
}

const TrustedKey* TrustPolicy::FindKey(absl::string_view key_id) const {
  const auto found = keys_.find(key_id);
  return found == keys_.end() ? nullptr : &found->second;
}

int TrustPolicy::Threshold(absl::string_view pathway_id, KeyRole role) const {
  for (const absl::string_view id : {pathway_id, absl::string_view("")}) {
    const auto found = thresholds_.find(std::pair(std::string(id), role));
    if (found != thresholds_.end()) return found->second;
  }
  return LeastThreshold(role);
}

absl::StatusOr<TrustPolicy> ReadTrustPolicy(file::FileSystem& files,
                                            const std::string& path) {
  const absl::StatusOr<std::string> text = files.Read(path);
  if (!text.ok()) return text.status();
  return TrustPolicy::Parse(*text, path);
}

}  // namespace plumbline::trust
