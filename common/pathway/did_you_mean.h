// Suggestions for names that do not exist.

#ifndef PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_
#define PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// "; did you mean 'em.bladder'?" for the nearest of `names`, the first of
// equals; empty where none is near.
std::string DidYouMean(absl::string_view name,
                       const std::vector<absl::string_view>& names);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_
