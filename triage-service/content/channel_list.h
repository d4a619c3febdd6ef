// The list of channels that a replica follows, as `--channels` gives it.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_LIST_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_LIST_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

// Reads "back-pain/stable,neck-pain/stable". INVALID_ARGUMENT names every entry
// that is not `<pathway>/<channel>` or is there twice, and an empty list.
absl::StatusOr<std::vector<ChannelKey>> ParseChannelList(
    absl::string_view text);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_CHANNEL_LIST_H_
