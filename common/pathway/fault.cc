#include "common/pathway/fault.h"

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {

std::string ToString(const Fault& fault) {
  std::string place = fault.place.file;
  if (fault.place.line > 0) {
    absl::StrAppend(&place, place.empty() ? "" : ":", fault.place.line, ":",
                    fault.place.column);
  }
  return absl::StrCat(place, place.empty() ? "" : ": ", fault.path,
                      fault.path.empty() ? "" : ": ", fault.message);
}

std::string ToString(const Faults& faults) {
  std::string lines;
  for (const Fault& fault : faults) {
    absl::StrAppend(&lines, ToString(fault), "\n");
  }
  return lines;
}

}  // namespace plumbline::pathway
