// Who wants to be told when something happens to a subject: a draft, a channel.
// Free of gRPC types. Thread-safe.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_OBSERVERS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_OBSERVERS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/sync/mutex.h"

namespace plumbline::content {

// An observer is told of updates one after the other, in the thread that makes
// them.
template <typename Update>
class Observers {
 public:
  using Tell = std::function<void(const Update&)>;

  // An observer's place. Leaving scope ends it, and waits for a call that is
  // under way in another thread: afterwards there is none.
  class Registration {
   public:
    Registration() = default;
    Registration(Registration&& other) noexcept
        : observers_(std::exchange(other.observers_, nullptr)),
          observer_(std::move(other.observer_)),
          subject_(std::move(other.subject_)),
          id_(other.id_) {}
    Registration& operator=(Registration&& other) noexcept {
      End();
      observers_ = std::exchange(other.observers_, nullptr);
      observer_ = std::move(other.observer_);
      subject_ = std::move(other.subject_);
      id_ = other.id_;
      return *this;
    }
    ~Registration() { End(); }

    // Not to be called from within the observer's own call.
    void End() {
      if (observers_ == nullptr) return;
      observers_->Remove(subject_, id_);
      observer_->Silence();
      observers_ = nullptr;
    }

   private:
    friend class Observers;

    struct Observer {
      explicit Observer(Tell tell) : tell_(std::move(tell)) {}

      void Call(const Update& update) {
        const sync::MutexLock lock(mutex_);
        if (tell_ != nullptr) tell_(update);
      }

      void Silence() {
        const sync::MutexLock lock(mutex_);
        tell_ = nullptr;
      }

     private:
      sync::Mutex mutex_;
      Tell tell_ ABSL_GUARDED_BY(mutex_);
    };

    Observers* observers_ = nullptr;
    std::shared_ptr<Observer> observer_;
    std::string subject_;
    std::uint64_t id_ = 0;
  };

  // Calls `tell` at every update on `subject`. `tell` must return soon, and
  // must not end its own registration.
  [[nodiscard]] Registration Add(const std::string& subject, Tell tell) {
    Registration registration;
    registration.observers_ = this;
    registration.observer_ =
        std::make_shared<typename Registration::Observer>(std::move(tell));
    registration.subject_ = subject;
    const sync::MutexLock lock(mutex_);
    registration.id_ = next_id_++;
    observers_[subject][registration.id_] = registration.observer_;
    return registration;
  }

  // Tells the observers of `subject`.
  void Notify(const std::string& subject, const Update& update) {
    for (const auto& observer : Of(subject)) observer->Call(update);
  }

  // Tells every observer.
  void NotifyAll(const Update& update) {
    for (const auto& observer : All()) observer->Call(update);
  }

 private:
  using Observer = typename Registration::Observer;

  std::vector<std::shared_ptr<Observer>> Of(const std::string& subject) {
    std::vector<std::shared_ptr<Observer>> found;
    const sync::MutexLock lock(mutex_);
    const auto entry = observers_.find(subject);
    if (entry == observers_.end()) return found;
    for (const auto& [id, observer] : entry->second) found.push_back(observer);
    return found;
  }

  std::vector<std::shared_ptr<Observer>> All() {
    std::vector<std::shared_ptr<Observer>> found;
    const sync::MutexLock lock(mutex_);
    for (const auto& [subject, observers] : observers_) {
      for (const auto& [id, observer] : observers) found.push_back(observer);
    }
    return found;
  }

  void Remove(const std::string& subject, std::uint64_t id) {
    const sync::MutexLock lock(mutex_);
    const auto entry = observers_.find(subject);
    if (entry == observers_.end()) return;
    entry->second.erase(id);
    if (entry->second.empty()) observers_.erase(entry);
  }

  sync::Mutex mutex_;
  std::uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::map<std::uint64_t, std::shared_ptr<Observer>>>
      observers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_OBSERVERS_H_
