#include "triage-service/domain/release_table.h"

#include <algorithm>
#include <utility>

namespace plumbline::triage {
namespace {

std::vector<ChannelKey> Sorted(std::vector<ChannelKey> channels) {
  std::sort(channels.begin(), channels.end());
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  return channels;
}

bool Is(const std::shared_ptr<const Release>& release,
        absl::string_view digest) {
  return release != nullptr && release->pathway->digest == digest;
}

// Marks `release` where it is of this digest.
void MarkIf(absl::string_view digest, std::shared_ptr<const Release>& release) {
  if (!Is(release, digest) || release->withdrawn) return;
  Release marked = *release;
  marked.withdrawn = true;
  release = std::make_shared<const Release>(std::move(marked));
}

}  // namespace

ReleaseTable::ReleaseTable(const std::vector<ChannelKey>& channels,
                           const Retention& retention)
    : channels_(Sorted(channels)), retention_(retention) {
  sync::MutexLock lock(mutex_);
  for (const ChannelKey& key : channels_) table_[key];
}

void ReleaseTable::Activate(const ChannelKey& key, Release release) {
  const absl::Time now = release.activate_time;
  const std::string digest = release.pathway->digest;

  sync::MutexLock lock(mutex_);
  const Withdrawal withdrawal{key.pathway_id, digest};
  if (release.withdrawn) Withdraw(withdrawal);
  release.withdrawn = withdrawals_.contains(withdrawal);
  auto active = std::make_shared<const Release>(std::move(release));
  Channel& channel = table_.at(key);
  std::vector<Earlier>& earlier = channel.earlier;
  if (channel.active != nullptr && !Is(channel.active, digest)) {
    earlier.insert(earlier.begin(), {channel.active, now});
  }
  earlier.erase(std::remove_if(earlier.begin(), earlier.end(),
                               [&digest](const Earlier& held) {
                                 return Is(held.release, digest);
                               }),
                earlier.end());
  channel.active = std::move(active);
  LetGo(now, channel);
}

void ReleaseTable::LetGo(absl::Time now, Channel& channel) const {
  std::vector<Earlier>& earlier = channel.earlier;
  std::size_t count = std::min(earlier.size(), kHeldReleasesMax - 1);
  while (count > retention_.earlier_count &&
         now - earlier[count - 1].end_time >= retention_.time) {
    --count;
  }
  earlier.resize(count);
}

void ReleaseTable::MarkWithdrawn(absl::string_view pathway_id,
                                 absl::string_view digest) {
  sync::MutexLock lock(mutex_);
  Withdraw({std::string(pathway_id), std::string(digest)});
}

void ReleaseTable::Withdraw(const Withdrawal& withdrawal) {
  withdrawals_.insert(withdrawal);
  for (auto& [key, channel] : table_) {
    if (key.pathway_id != withdrawal.pathway_id) continue;
    MarkIf(withdrawal.digest, channel.active);
    for (Earlier& held : channel.earlier) {
      MarkIf(withdrawal.digest, held.release);
    }
  }
}

FoundRelease ReleaseTable::Find(absl::string_view pathway_id,
                                absl::string_view channel_id,
                                absl::string_view pin) const {
  const ChannelKey key{
      std::string(pathway_id),
      std::string(channel_id.empty() ? kDefaultChannel : channel_id)};
  sync::MutexLock lock(mutex_);
  FoundRelease active = FindActive(key);
  return pin.empty() ? active : FindPinned(key, pin, active);
}

FoundRelease ReleaseTable::FindActive(const ChannelKey& key) const {
  using Outcome = FoundRelease::Outcome;
  const auto found = table_.find(key);
  if (found == table_.end()) {
    const bool pathway_followed = std::any_of(
        channels_.begin(), channels_.end(), [&key](const ChannelKey& other) {
          return other.pathway_id == key.pathway_id;
        });
    return {pathway_followed ? Outcome::kUnknownChannel
                             : Outcome::kUnknownPathway};
  }
  if (found->second.active == nullptr) return {Outcome::kNoContent};
  return {Outcome::kFound, found->second.active, key.channel_id};
}

FoundRelease ReleaseTable::FindPinned(const ChannelKey& key,
                                      absl::string_view pin,
                                      const FoundRelease& active) const {
  FoundRelease pinned;
  for (const auto& [other, channel] : table_) {
    if (other.pathway_id != key.pathway_id) continue;
    std::shared_ptr<const Release> held = FindHeld(channel, pin);
    if (held == nullptr) continue;
    pinned = {FoundRelease::Outcome::kFound, std::move(held), other.channel_id};
    if (other == key) return pinned;
  }
  if (pinned.release != nullptr) return pinned;
  if (active.release == nullptr) return active;
  return {FoundRelease::Outcome::kNotHeld, nullptr, "",
          active.release->pathway->digest};
}

std::shared_ptr<const Release> ReleaseTable::FindHeld(
    const Channel& channel, absl::string_view digest) {
  if (Is(channel.active, digest)) return channel.active;
  for (const Earlier& earlier : channel.earlier) {
    if (Is(earlier.release, digest)) return earlier.release;
  }
  return nullptr;
}

std::shared_ptr<const Release> ReleaseTable::Active(
    const ChannelKey& key) const {
  sync::MutexLock lock(mutex_);
  return table_.at(key).active;
}

std::vector<std::shared_ptr<const Release>> ReleaseTable::Held(
    const ChannelKey& key) const {
  sync::MutexLock lock(mutex_);
  const Channel& channel = table_.at(key);
  std::vector<std::shared_ptr<const Release>> held;
  if (channel.active != nullptr) held.push_back(channel.active);
  for (const Earlier& earlier : channel.earlier) {
    held.push_back(earlier.release);
  }
  return held;
}

bool ReleaseTable::Ready() const {
  sync::MutexLock lock(mutex_);
  for (const ChannelKey& key : channels_) {
    if (!IsReady(key)) return false;
  }
  return !channels_.empty();
}

bool ReleaseTable::IsReady(const ChannelKey& key) const {
  if (table_.at(key).active != nullptr) return true;
  // Calls that name no channel can be answered: that is what is waited for.
  const auto by_default = table_.find({key.pathway_id, kDefaultChannel});
  return by_default != table_.end() && by_default->second.active != nullptr;
}

}  // namespace plumbline::triage
