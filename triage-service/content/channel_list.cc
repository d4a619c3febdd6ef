#include "triage-service/content/channel_list.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/pathway/names.h"

namespace plumbline::triage {
namespace {

constexpr std::size_t kIdBytesMax = 63;

}  // namespace

bool IsChannelOrReplicaId(absl::string_view text) {
  return !text.empty() && text.size() <= kIdBytesMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char letter) {
           return absl::ascii_islower(letter) || absl::ascii_isdigit(letter) ||
                  letter == '-';
         });
}

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
    if (ids.size() != 2 || !pathway::IsSlug(ids[0]) ||
        !IsChannelOrReplicaId(ids[1])) {
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
