// What separates two contents of a pathway: by element, and by effect.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_H_

#include <functional>

#include "absl/status/statusor.h"
#include "common/pathway/model.h"
#include "content-service/domain/actor.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

struct DiffOptions {
  int examples_max = 3;  // Of each effect; at least 1.
  Clock clock;
  std::function<bool()> cancelled = [] { return false; };
  // Told before each effect: how many are done, and how many there are.
  std::function<void(int, int)> on_effect = [](int, int) {};
};

// Without the names of the releases. CANCELLED as the options say.
absl::StatusOr<v1::ReleaseDiff> Diff(const pathway::CompiledPathway& base,
                                     const pathway::CompiledPathway& target,
                                     const DiffOptions& options);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_H_
