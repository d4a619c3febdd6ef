// The words with which every store says that something is missing or is there
// already: resource names, as callers know them.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_MISSING_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_MISSING_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "content-service/storage/content_store.h"

namespace plumbline::content {

inline absl::Status Missing(absl::string_view what) {
  return absl::NotFoundError(absl::StrCat("there is no ", what));
}

inline absl::Status Exists(absl::string_view what) {
  return absl::AlreadyExistsError(absl::StrCat("there is already ", what));
}

inline std::string PathwayName(absl::string_view pathway_id) {
  return absl::StrCat("pathways/", pathway_id);
}

inline std::string DraftName(absl::string_view pathway_id,
                             absl::string_view draft_id) {
  return absl::StrCat("pathways/", pathway_id, "/drafts/", draft_id);
}

inline std::string ReleaseName(absl::string_view pathway_id,
                               std::int64_t number) {
  return absl::StrCat("pathways/", pathway_id, "/releases/", number);
}

inline std::string ChannelName(absl::string_view pathway_id,
                               absl::string_view channel_id) {
  return absl::StrCat("pathways/", pathway_id, "/channels/", channel_id);
}

inline std::string MoveName(absl::string_view pathway_id,
                            absl::string_view channel_id,
                            MovePosition position) {
  return absl::StrCat(ChannelName(pathway_id, channel_id), "/moves/",
                      position.epoch, "-", position.number);
}

inline std::string ContentName(absl::string_view digest) {
  return absl::StrCat("content with digest ", digest);
}

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_MISSING_H_
