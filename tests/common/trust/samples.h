// Keys, a policy and statements for tests of trust.

#ifndef PLUMBLINE_TESTS_COMMON_TRUST_SAMPLES_H_
#define PLUMBLINE_TESTS_COMMON_TRUST_SAMPLES_H_

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/trust/digest.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"
#include "common/trust/trust_policy.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::trust {

inline constexpr char kContent[] = "content";
inline constexpr char kReason[] = "first release";
inline constexpr char kAudience[] = "test";

inline content::v1::Statement SampleStatement(content::v1::StatementKind kind) {
  content::v1::Statement statement;
  statement.set_kind(kind);
  statement.set_pathway_id("back-pain");
  statement.set_digest(Sha256Hex(kContent));
  statement.set_role(SigningRole(kind));
  statement.set_audience(kAudience);
  SetSignTime(absl::FromUnixSeconds(1'800'000'000), &statement);
  return statement;
}

inline content::v1::Statement SampleMove(std::int64_t epoch,
                                         std::int64_t number,
                                         const std::string& previous_hash) {
  const bool opens_epoch = epoch > 1 && number == 1;
  content::v1::Statement statement =
      SampleStatement(opens_epoch ? content::v1::STATEMENT_KIND_EPOCH
                                  : content::v1::STATEMENT_KIND_MOVE);
  statement.set_channel_id("stable");
  statement.set_epoch(epoch);
  statement.set_move_number(number);
  statement.set_previous_move_hash(previous_hash);
  statement.set_reason(kReason);
  return statement;
}

// Keys root-1, author-1, approver-1, approver-2, publisher-1, operator-1 and
// operator-2, which is revoked; two approvers must sign. For the audience
// `kAudience`.
class SampleKeys {
 public:
  const PrivateKey& Of(const std::string& id) {
    return keys_.try_emplace(id, PrivateKey::Generate()).first->second;
  }

  // `rest` is added to the policy, in text format.
  TrustPolicy Policy(const std::string& rest = "") {
    return TrustPolicy::Parse(
               absl::StrCat(
                   "audience: '", kAudience, "'\n", Key("root-1", "ROOT"),
                   Key("author-1", "AUTHOR"), Key("approver-1", "APPROVER"),
                   Key("approver-2", "APPROVER"),
                   Key("publisher-1", "PUBLISHER"),
                   Key("operator-1", "OPERATOR"),
                   Key("operator-2", "OPERATOR", "revoked: true"),
                   "thresholds { role: KEY_ROLE_APPROVER required: 2 }\n",
                   rest),
               "policy")
        .value();
  }

  // A key as it stands in a policy. `role` without "KEY_ROLE_".
  std::string Key(const std::string& id, const std::string& role,
                  const std::string& rest = "") {
    return absl::StrCat("keys { key_id: '", id, "' public_key: '",
                        Of(id).PublicKeyHex(), "' roles: KEY_ROLE_", role, " ",
                        rest, " }\n");
  }

  content::v1::Signature Sign(const std::string& id, const std::string& bytes) {
    content::v1::Signature signature;
    signature.set_key_id(id);
    signature.set_signature(Of(id).Sign(bytes));
    return signature;
  }

  // An attestation of `statement`, signed by the key `id` if it is not empty.
  content::v1::Attestation Attest(const content::v1::Statement& statement,
                                  const std::string& id) {
    content::v1::Attestation attestation;
    attestation.set_kind(statement.kind());
    attestation.set_statement(EncodeStatement(statement).value());
    if (!id.empty()) {
      *attestation.add_signatures() = Sign(id, attestation.statement());
    }
    return attestation;
  }

 private:
  std::map<std::string, PrivateKey> keys_;
};

}  // namespace plumbline::trust

#endif  // PLUMBLINE_TESTS_COMMON_TRUST_SAMPLES_H_
