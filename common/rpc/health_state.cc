#include "common/rpc/health_state.h"

#include <utility>

namespace plumbline::rpc {

HealthState::Subscription::Subscription(Subscription&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)), id_(other.id_) {}

HealthState::Subscription& HealthState::Subscription::operator=(
    Subscription&& other) noexcept {
  if (this != &other) {
    if (state_ != nullptr) state_->Unsubscribe(id_);
    state_ = std::exchange(other.state_, nullptr);
    id_ = other.id_;
  }
  return *this;
}

HealthState::Subscription::~Subscription() {
  if (state_ != nullptr) state_->Unsubscribe(id_);
}

void HealthState::Set(const std::string& service, bool serving) {
  sync::MutexLock lock(mutex_);
  const Serving before = Find(service);
  services_[service] = serving;
  const Serving after = Find(service);
  if (before == after) return;
  for (const auto& [id, subscriber] : subscribers_) {
    if (subscriber.service == service) subscriber.on_change(after);
  }
}

HealthState::Serving HealthState::Get(const std::string& service) const {
  sync::MutexLock lock(mutex_);
  return Find(service);
}

HealthState::Subscription HealthState::Subscribe(const std::string& service,
                                                 OnChange on_change) {
  sync::MutexLock lock(mutex_);
  on_change(Find(service));
  const std::uint64_t id = next_id_++;
  subscribers_.emplace(id, Subscriber{service, std::move(on_change)});
  return Subscription(this, id);
}

void HealthState::Unsubscribe(std::uint64_t id) {
  sync::MutexLock lock(mutex_);
  subscribers_.erase(id);
}

HealthState::Serving HealthState::Find(const std::string& service) const {
  const auto found = services_.find(service);
  if (found == services_.end()) return Serving::kUnknown;
  return found->second ? Serving::kServing : Serving::kNotServing;
}

}  // namespace plumbline::rpc
