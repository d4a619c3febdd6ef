// Which services of a process are ready, and who wants to know when that
// changes. Free of gRPC types. Thread-safe.

#ifndef PLUMBLINE_COMMON_RPC_HEALTH_STATE_H_
#define PLUMBLINE_COMMON_RPC_HEALTH_STATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "common/sync/mutex.h"

namespace plumbline::rpc {

class HealthState {
 public:
  enum class Serving { kUnknown, kNotServing, kServing };

  // Called with the state at once and after each change, under the lock of this
  // class: it must return soon, and not call back.
  using OnChange = std::function<void(Serving)>;

  // Ends with its scope: afterwards the callback neither runs nor is called.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&& other) noexcept;
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription();

   private:
    friend class HealthState;

    Subscription(HealthState* state, std::uint64_t id)
        : state_(state), id_(id) {}

    HealthState* state_ = nullptr;
    std::uint64_t id_ = 0;
  };

  // Makes `service` known.
  void Set(const std::string& service, bool serving);

  Serving Get(const std::string& service) const;

  [[nodiscard]] Subscription Subscribe(const std::string& service,
                                       OnChange on_change);

 private:
  struct Subscriber {
    std::string service;
    OnChange on_change;
  };

  void Unsubscribe(std::uint64_t id);
  Serving Find(const std::string& service) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable sync::Mutex mutex_;
  std::map<std::string, bool> services_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<std::uint64_t, Subscriber> subscribers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_HEALTH_STATE_H_
