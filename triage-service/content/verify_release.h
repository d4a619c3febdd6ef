// Whether a move and its content may become active: the rules of
// proto/plumbline/content/v1/trust.proto, under this replica's trust policy and
// engine. Pure functions.
//
// A refusal is FAILED_PRECONDITION with a reason of docs/errors.md ("Why a
// replica refuses a move", rpc::ReasonOf() reads it), and says for an operator
// everything that is wrong.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_VERIFY_RELEASE_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_VERIFY_RELEASE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/model.h"
#include "common/trust/move_chain.h"
#include "common/trust/trust_policy.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/release.pb.h"
#include "plumbline/content/v1/sync.pb.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

// "pathways/back-pain/channels/stable"
std::string ChannelName(const ChannelKey& key);

// A refusal.
absl::Status Refused(absl::string_view reason, absl::string_view message);

// Takes the next move of the channel of `key` into `chain`, that of the
// channel: verified, or tentatively (see move_chain.h). No change where it is
// refused.
absl::Status TakeMove(const trust::TrustPolicy& policy, const ChannelKey& key,
                      const content::v1::ChannelMove& move,
                      trust::MoveChain* chain);

// What content turned out to be.
struct VerifiedContent {
  std::shared_ptr<const pathway::CompiledPathway> pathway;
  // `pathways/back-pain/releases/7`, with the number that its publishers
  // signed.
  std::string release;
};

// Verifies content of at most `bytes_max` bytes that `start` announced for the
// newest move, whose verified digest is `digest`, and compiles it.
absl::StatusOr<VerifiedContent> VerifyContent(
    const trust::TrustPolicy& policy, const ChannelKey& key,
    absl::string_view digest, const content::v1::ContentStart& start,
    absl::string_view content, std::size_t bytes_max);

// Verifies that publishers withdrew the release of this digest.
absl::Status VerifyWithdrawal(const trust::TrustPolicy& policy,
                              const ChannelKey& key,
                              const content::v1::Withdrawal& withdrawal);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_VERIFY_RELEASE_H_
