#include "triage-service/content/channel_status.h"

#include <utility>

namespace plumbline::triage {

void ChannelStatus::SetConnected(bool connected) {
  sync::MutexLock lock(mutex_);
  now_.connected = connected;
  if (!connected) now_.age.Lost();
}

void ChannelStatus::Heard(Cursor newest, Cursor active, absl::Time now) {
  sync::MutexLock lock(mutex_);
  if (newest == active) {
    now_.age.Current(now);
  } else {
    now_.age.Lost();
  }
}

void ChannelStatus::Loaded(absl::Time time) {
  sync::MutexLock lock(mutex_);
  now_.age.Current(time);
  now_.age.Lost();
}

void ChannelStatus::Accepted() {
  sync::MutexLock lock(mutex_);
  now_.refused.reset();
}

void ChannelStatus::Refused(RefusedMove refused) {
  sync::MutexLock lock(mutex_);
  now_.refused = std::move(refused);
}

ChannelStatus::Snapshot ChannelStatus::Get() const {
  sync::MutexLock lock(mutex_);
  return now_;
}

}  // namespace plumbline::triage
