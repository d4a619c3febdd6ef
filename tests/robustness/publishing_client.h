// A client that takes drafts of the tiny pathway through their life in a random
// order, and keeps a record of what was acknowledged, to compare a store with.
//
// One write at a time. A write whose answer did not come is repeated, with its
// request id and its bytes, before anything else is done.

#ifndef PLUMBLINE_TESTS_ROBUSTNESS_PUBLISHING_CLIENT_H_
#define PLUMBLINE_TESTS_ROBUSTNESS_PUBLISHING_CLIENT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/trust/ed25519.h"
#include "plumbline/content/v1/content_service.grpc.pb.h"
#include "tests/robustness/store_state.h"
#include "tests/support/local_pair.h"

namespace plumbline::testing {

class PublishingClient {
 public:
  // Signs and calls as the principals of `pair`.
  PublishingClient(const LocalPair& pair, std::uint32_t seed);

  // Calls go there from now on.
  void Connect(const std::string& address);

  // Does one step: repeats the write that was cut, or makes a new one.
  // UNAVAILABLE: it was cut. Any other error is a fault of the service.
  absl::Status Step();

  // Compares with what a store holds, after the service was killed. Returns
  // what is wrong: an acknowledged write that is lost, something that nobody
  // wrote, a cut write that is there by half.
  std::vector<std::string> Compare(const StoreState& state);

  // The newest move of the channel `stable`, and the release it points to;
  // empty where there is none.
  std::string newest_move() const;
  std::string newest_release() const;

  // Writes that were acknowledged, and calls of any kind that were cut.
  int acknowledged() const { return acknowledged_; }
  int cut() const { return cut_; }

 private:
  using Stub = content::v1::ContentService::Stub;

  // A write, and what it makes true.
  struct Write {
    std::string request_id;
    Facts effect;
    // Makes the call; returns what the answer says is true now.
    std::function<absl::StatusOr<Facts>()> call;
  };

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(
      const std::string& role,
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request);
  // Adds the statement that the service asks to be signed, and the signature.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Sign(
      const std::string& role,
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      Request& request);

  // Each starts a write, by setting `pending_`. An error: no write was started.
  absl::Status Create();
  absl::Status Submit(const std::string& draft);
  absl::Status Approve(const std::string& draft);
  absl::Status Publish(const std::string& draft);
  absl::Status Move(const std::string& channel);
  absl::Status Withdraw(const std::string& release);
  // Reads until the gate is through with a draft.
  absl::Status Watch(const std::string& draft);

  absl::Status StartSomething();
  absl::Status MakePending();
  template <typename T>
  const T& OneOf(const std::vector<T>& choices);
  std::vector<std::string> DraftsIn(const std::string& state) const;
  // Releases that are not withdrawn.
  std::vector<std::string> Releases() const;
  // The release that a channel points to; empty where there is none.
  std::string NewestOf(const std::string& channel) const;

  std::map<std::string, std::string> tokens_;
  std::map<std::string, trust::PrivateKey> keys_;
  std::minstd_rand random_;
  std::unique_ptr<Stub> stub_;

  Facts acknowledged_facts_;
  std::set<std::string> acknowledged_ids_;
  std::optional<Write> pending_;
  std::map<std::string, int> moves_;  // By the name of the channel.
  int drafts_ = 0;
  int releases_ = 0;
  int requests_ = 0;
  int acknowledged_ = 0;
  int cut_ = 0;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_ROBUSTNESS_PUBLISHING_CLIENT_H_
