// Resource names, taken apart and put together.
//
// A parser returns nothing for a name that is not of its form. The ids of
// pathways, channels and drafts are as pathway::IsResourceId() has them; a
// release is named by its number or by its digest.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_RESOURCE_NAME_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_RESOURCE_NAME_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::content {

struct DraftId {
  std::string pathway_id;
  std::string draft_id;
};

struct ReleaseId {
  std::string pathway_id;
  std::int64_t number = 0;  // 0: named by digest.
  std::string digest;       // Empty: named by number.
};

struct GuidanceId {
  ReleaseId release;
  std::string guidance_id;
};

struct ChannelId {
  std::string pathway_id;
  std::string channel_id;

  friend auto operator<=>(const ChannelId&, const ChannelId&) = default;
};

// "pathways/{pathway}"
std::optional<std::string> ParsePathwayName(absl::string_view name);

// "pathways/{pathway}/drafts/{draft}"
std::optional<DraftId> ParseDraftName(absl::string_view name);

// "pathways/{pathway}/releases/{number or digest}"
std::optional<ReleaseId> ParseReleaseName(absl::string_view name);

// "pathways/{pathway}/releases/{number or digest}/questionnaire"
std::optional<ReleaseId> ParseQuestionnaireName(absl::string_view name);

// "pathways/{pathway}/releases/{number or digest}/guidance/{guidance}"
std::optional<GuidanceId> ParseGuidanceName(absl::string_view name);

// "pathways/{pathway}/channels/{channel}"
std::optional<ChannelId> ParseChannelName(absl::string_view name);

// As ParseChannelName(); `-` for either id.
std::optional<ChannelId> ParseChannelPattern(absl::string_view name);

std::string ToString(const DraftId& id);
std::string ToString(const ReleaseId& id);
std::string ToString(const ChannelId& id);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_RESOURCE_NAME_H_
