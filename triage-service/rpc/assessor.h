// Makes assessments for the methods that do: finds the release, decides, and
// puts the envelope around the decision. Keeps no log. Thread-safe.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_ASSESSOR_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_ASSESSOR_H_

#include <prometheus/counter.h>

#include <array>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pathway/answers.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/fault.h"
#include "common/rpc/metrics.h"
#include "plumbline/triage/v1/assessment.pb.h"
#include "triage-service/content/channel_status.h"
#include "triage-service/domain/assess.h"
#include "triage-service/domain/release_table.h"
#include "triage-service/rpc/request_checks.h"

namespace plumbline::triage {

// A release that was found for a call, and the channel that holds it.
struct ChosenRelease {
  ChannelKey key;
  std::shared_ptr<const Release> release;  // Never null.
};

// How a decision is to be written.
struct DecisionForm {
  std::string locale;
  pathway::DecisionView view = pathway::DecisionView::kBasic;
};

class Assessor {
 public:
  // All must outlive this. `statuses` has every channel of `table`.
  Assessor(const ReleaseTable& table, const ChannelStatuses& statuses,
           rpc::Metrics& metrics);

  // The release that decides. NOT_FOUND (PATHWAY_NOT_FOUND, CHANNEL_NOT_FOUND),
  // UNAVAILABLE (NO_CONTENT), FAILED_PRECONDITION (RELEASE_NOT_HELD).
  absl::StatusOr<ChosenRelease> Choose(const ReleaseChoice& choice) const;

  // Decides `answers`. INVALID_ARGUMENT with `faults`, those of the request so
  // far, and every violation of the answers; `assessment` is then untouched.
  absl::Status Assess(const ChosenRelease& chosen,
                      const pathway::AnswerMessages& answers,
                      const DecisionForm& form, pathway::Faults faults,
                      v1::Assessment* assessment) const;

 private:
  static constexpr std::size_t kDispositionCount = 5;
  // By disposition and by whether it is final.
  using Counters =
      std::array<std::array<prometheus::Counter*, 2>, kDispositionCount>;

  void Count(const std::string& pathway_id, const Assessed& assessed) const;

  const ReleaseTable& table_;
  const ChannelStatuses& statuses_;
  std::map<std::string, Counters> counters_;  // By pathway.
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_ASSESSOR_H_
