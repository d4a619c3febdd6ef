#include "content-service/domain/resource_name.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pathway/names.h"
#include "common/trust/digest.h"

namespace plumbline::content {
namespace {

using pathway::IsResourceId;

// The segments of `name` that stand where `form` has "*"; nothing if another
// segment differs.
std::optional<std::vector<std::string>> Segments(
    absl::string_view name, std::initializer_list<absl::string_view> form) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != form.size()) return std::nullopt;
  std::vector<std::string> segments;
  auto part = parts.begin();
  for (const absl::string_view expected : form) {
    if (expected == "*") {
      segments.emplace_back(*part);
    } else if (*part != expected) {
      return std::nullopt;
    }
    ++part;
  }
  return segments;
}

bool AreIds(const std::vector<std::string>& segments) {
  return std::all_of(segments.begin(), segments.end(), IsResourceId);
}

// A number as it is written: digits without sign or leading zero.
std::optional<std::int64_t> ParseNumber(const std::string& text) {
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < 1) return std::nullopt;
  if (absl::StrCat(number) != text) return std::nullopt;
  return number;
}

std::optional<ReleaseId> ToReleaseId(const std::string& pathway_id,
                                     const std::string& release) {
  if (!IsResourceId(pathway_id)) return std::nullopt;
  if (trust::IsDigest(release)) return ReleaseId{pathway_id, 0, release};
  const std::optional<std::int64_t> number = ParseNumber(release);
  if (!number.has_value()) return std::nullopt;
  return ReleaseId{pathway_id, *number, ""};
}

}  // namespace

std::optional<std::string> ParsePathwayName(absl::string_view name) {
  const auto ids = Segments(name, {"pathways", "*"});
  if (!ids.has_value() || !AreIds(*ids)) return std::nullopt;
  return ids->front();
}

std::optional<DraftId> ParseDraftName(absl::string_view name) {
  const auto ids = Segments(name, {"pathways", "*", "drafts", "*"});
  if (!ids.has_value() || !AreIds(*ids)) return std::nullopt;
  return DraftId{(*ids)[0], (*ids)[1]};
}

std::optional<ReleaseId> ParseReleaseName(absl::string_view name) {
  const auto ids = Segments(name, {"pathways", "*", "releases", "*"});
  if (!ids.has_value()) return std::nullopt;
  return ToReleaseId((*ids)[0], (*ids)[1]);
}

std::optional<ReleaseId> ParseQuestionnaireName(absl::string_view name) {
  const auto ids =
      Segments(name, {"pathways", "*", "releases", "*", "questionnaire"});
  if (!ids.has_value()) return std::nullopt;
  return ToReleaseId((*ids)[0], (*ids)[1]);
}

std::optional<GuidanceId> ParseGuidanceName(absl::string_view name) {
  const auto ids =
      Segments(name, {"pathways", "*", "releases", "*", "guidance", "*"});
  if (!ids.has_value() || !pathway::IsSlug((*ids)[2])) return std::nullopt;
  std::optional<ReleaseId> release = ToReleaseId((*ids)[0], (*ids)[1]);
  if (!release.has_value()) return std::nullopt;
  return GuidanceId{*std::move(release), (*ids)[2]};
}

std::optional<ChannelId> ParseChannelName(absl::string_view name) {
  const auto ids = Segments(name, {"pathways", "*", "channels", "*"});
  if (!ids.has_value() || !AreIds(*ids)) return std::nullopt;
  return ChannelId{(*ids)[0], (*ids)[1]};
}

std::optional<ChannelId> ParseChannelPattern(absl::string_view name) {
  const auto ids = Segments(name, {"pathways", "*", "channels", "*"});
  if (!ids.has_value()) return std::nullopt;
  for (const std::string& id : *ids) {
    if (id != "-" && !IsResourceId(id)) return std::nullopt;
  }
  return ChannelId{(*ids)[0], (*ids)[1]};
}

std::string ToString(const DraftId& id) {
  return absl::StrCat("pathways/", id.pathway_id, "/drafts/", id.draft_id);
}

std::string ToString(const ReleaseId& id) {
  return absl::StrCat("pathways/", id.pathway_id, "/releases/",
                      id.digest.empty() ? absl::StrCat(id.number) : id.digest);
}

std::string ToString(const ChannelId& id) {
  return absl::StrCat("pathways/", id.pathway_id, "/channels/", id.channel_id);
}

}  // namespace plumbline::content
