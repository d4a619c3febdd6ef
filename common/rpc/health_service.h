// The health service (grpc.health.v1), open to every caller. Ours rather than
// gRPC's own, whose watches stay open while a server stops and so hold it up to
// the end of its drain.

#ifndef PLUMBLINE_COMMON_RPC_HEALTH_SERVICE_H_
#define PLUMBLINE_COMMON_RPC_HEALTH_SERVICE_H_

#include "common/rpc/health_state.h"
#include "common/rpc/live_streams.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace plumbline::rpc {

class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  // Both must outlive the server that has this service.
  HealthService(HealthState& state, LiveStreams& streams)
      : state_(state), streams_(streams) {}

  // NOT_FOUND for a service that is not known.
  grpc::ServerUnaryReactor* Check(
      grpc::CallbackServerContext* context,
      const grpc::health::v1::HealthCheckRequest* request,
      grpc::health::v1::HealthCheckResponse* response) override;

  // The state now and after each change, until the client leaves or the server
  // stops. A service that is not known yet is SERVICE_UNKNOWN.
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context,
      const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  HealthState& state_;
  LiveStreams& streams_;
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_HEALTH_SERVICE_H_
