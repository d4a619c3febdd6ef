// Resource names as people type them: `back-pain/stable` for
// `pathways/back-pain/channels/stable`. Full names are taken as they are.

#ifndef PLUMBLINE_CLI_RESOURCE_NAME_H_
#define PLUMBLINE_CLI_RESOURCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::cli {

// `back-pain` or `pathways/back-pain`.
std::string PathwayName(absl::string_view typed);

// `back-pain/stable`; `collection` is `channels`, `releases` or `drafts`.
std::string ChildName(absl::string_view typed, absl::string_view collection);

// The last segment: `stable`.
std::string LastSegment(absl::string_view name);

// "back-pain" of "pathways/back-pain/drafts/d1"; "" where there is no such id.
std::string PathwayIdOf(absl::string_view name);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_RESOURCE_NAME_H_
