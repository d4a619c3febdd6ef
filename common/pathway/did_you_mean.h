// Suggestions for names that do not exist.

#ifndef PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_
#define PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

// "; did you mean 'em.bladder'?" for the nearest of `names`, the first of
// equals; empty where none is near.
std::string DidYouMean(absl::string_view name,
                       const std::vector<absl::string_view>& names);

// Suggestions for as long as they cost little: comparing every name that is
// wrong with every name that there is would let a few megabytes of wrong names
// hold a processor for hours.
class Suggestions {
 public:
  // How many names one run compares.
  static constexpr std::size_t kComparisonsMax = 100'000;

  // Whether one of `count` names will still be suggested. Asked before names
  // are gathered.
  bool Affords(std::size_t count) const { return count <= comparisons_left_; }

  // DidYouMean(), or nothing where that costs more than is left.
  std::string DidYouMean(absl::string_view name,
                         const std::vector<absl::string_view>& names);

 private:
  std::size_t comparisons_left_ = kComparisonsMax;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_DID_YOU_MEAN_H_
