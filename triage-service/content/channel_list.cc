#include "triage-service/content/channel_list.h"

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/pathway/names.h"

namespace plumbline::triage {

absl::StatusOr<std::vector<ChannelKey>> ParseChannelList(
    absl::string_view text) {
  std::vector<ChannelKey> channels;
  std::vector<std::string> faults;
  std::set<ChannelKey> seen;
  if (text.empty()) faults.push_back("no channel is named");
  for (absl::string_view entry :
       absl::StrSplit(text, ',', absl::AllowEmpty())) {
    if (text.empty()) break;
    entry = absl::StripAsciiWhitespace(entry);
    const std::vector<std::string> ids = absl::StrSplit(entry, '/');
    if (ids.size() != 2 || !pathway::IsResourceId(ids[0]) ||
        !pathway::IsResourceId(ids[1])) {
      faults.push_back(absl::StrCat("'", entry,
                                    "' is not <pathway>/<channel>, "
                                    "for example back-pain/stable"));
      continue;
    }
    const ChannelKey key{ids[0], ids[1]};
    if (!seen.insert(key).second) {
      faults.push_back(absl::StrCat("'", entry, "' is there twice"));
      continue;
    }
    channels.push_back(key);
  }
  if (faults.empty()) return channels;
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

}  // namespace plumbline::triage
