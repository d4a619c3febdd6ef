#include "triage-service/rpc/describe_server.h"

#include "absl/strings/str_cat.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"
#include "triage-service/content/verify_release.h"
#include "triage-service/rpc/proto_time.h"

namespace plumbline::triage {
namespace {

void SetCursor(Cursor cursor, content::v1::Cursor* message) {
  message->set_epoch(cursor.epoch);
  message->set_number(cursor.number);
}

// The default locale first.
void AddLocales(const pathway::v1::Pathway& source, v1::ServedChannel* served) {
  served->add_locales(source.default_locale());
  for (const std::string& locale : source.locales()) {
    if (locale != source.default_locale()) served->add_locales(locale);
  }
}

void DescribeRelease(const Release& release, v1::ServedChannel* served) {
  served->set_digest(release.pathway->digest);
  served->set_release(release.name);
  SetCursor(release.cursor, served->mutable_cursor());
  SetTimestamp(release.activate_time, served->mutable_activate_time());
  served->set_release_withdrawn(release.withdrawn);
  if (release.pathway->source != nullptr) {
    AddLocales(*release.pathway->source, served);
  }
}

void DescribeNack(const RefusedMove& refused, content::v1::Nack* nack) {
  SetCursor(refused.cursor, nack->mutable_cursor());
  nack->set_digest(refused.digest);
  nack->set_reason(refused.reason);
  nack->set_message(refused.message);
  SetTimestamp(refused.time, nack->mutable_create_time());
}

v1::ServedChannel DescribeChannel(const ReleaseTable& table,
                                  const ChannelKey& key,
                                  const ChannelStatus::Snapshot& status,
                                  absl::Duration content_age_max,
                                  absl::Time now) {
  v1::ServedChannel served;
  served.set_channel(ChannelName(key));
  served.set_pathway(absl::StrCat("pathways/", key.pathway_id));
  served.set_sync_state(status.connected
                            ? v1::ServedChannel::SYNC_STATE_CONNECTED
                            : v1::ServedChannel::SYNC_STATE_DISCONNECTED);
  if (status.refused.has_value()) {
    DescribeNack(*status.refused, served.mutable_last_nack());
  }
  const auto held = table.Held(key);
  for (const auto& release : held) {
    served.add_held_digests(release->pathway->digest);
  }
  if (held.empty()) return served;
  DescribeRelease(*held.front(), &served);
  SetDuration(status.age.At(now), served.mutable_content_age());
  served.set_stale(status.age.At(now) > content_age_max);
  return served;
}

}  // namespace

v1::ServerInfo DescribeServer(const ReleaseTable& table,
                              const ChannelStatuses& statuses,
                              const std::string& build_version,
                              absl::Duration content_age_max, absl::Time now) {
  v1::ServerInfo info;
  info.set_engine_version(pathway::kEngineVersion);
  info.set_build_version(build_version);
  info.set_decision_format(pathway::kDecisionFormat);
  info.set_log_state(v1::LOG_STATE_OFF);
  for (const auto& [key, status] : statuses) {
    *info.add_channels() =
        DescribeChannel(table, key, status.Get(), content_age_max, now);
  }
  SetTimestamp(now, info.mutable_server_time());
  return info;
}

}  // namespace plumbline::triage
