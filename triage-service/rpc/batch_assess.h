// One BatchAssess stream: one message is read, decided on the worker pool and
// answered before the next is read, so that a client that does not read is not
// served faster than it takes. One release decides for the whole stream.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_BATCH_ASSESS_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_BATCH_ASSESS_H_

#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "common/rpc/entrance.h"
#include "common/rpc/live_streams.h"
#include "common/sync/mutex.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "triage-service/rpc/assessor.h"

namespace plumbline::triage {

// Deletes itself when the stream is done.
class BatchAssess final
    : public grpc::ServerBidiReactor<v1::BatchAssessRequest,
                                     v1::BatchAssessResponse> {
 public:
  // `call` was admitted by `entrance`, which has a pool. All must outlive the
  // stream.
  BatchAssess(rpc::Entrance& entrance, rpc::Call call, const Assessor& assessor,
              rpc::LiveStreams& streams);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  // A read that is under way can be given up for the end of the stream; work
  // and its answer are finished first.
  enum class Phase : std::uint8_t { kStartingRead, kReading, kWorking, kEnded };

  ~BatchAssess() override = default;

  void ReadNext() ABSL_LOCKS_EXCLUDED(mutex_);
  void Work();
  // The server stops.
  void GoAway() ABSL_LOCKS_EXCLUDED(mutex_);
  // Finishes the stream, once.
  void EndWith(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  // Chooses the release by the first message; later ones may not.
  absl::Status TakeChoice();
  absl::Status Choose(pathway::Faults* faults);
  void RefuseChoice(pathway::Faults* faults) const;
  // What is wrong with the intakes of a message that ends the stream.
  void AddFaultsOfIntakes(pathway::Faults* faults) const;
  absl::Status DecideAll();
  void Decide(const v1::Intake& intake, v1::BatchResult* result) const;

  rpc::Entrance& entrance_;
  const rpc::Call call_;
  const Assessor& assessor_;
  v1::BatchAssessRequest request_;
  v1::BatchAssessResponse response_;
  std::optional<ChosenRelease> chosen_;
  DecisionForm form_;

  sync::Mutex mutex_;
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kStartingRead;
  bool going_away_ ABSL_GUARDED_BY(mutex_) = false;
  // The last member: until it is gone, GoAway() may come.
  rpc::LiveStreams::Registration registration_;
};

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_BATCH_ASSESS_H_
