// Release files: a release with everything that was said about it, to be kept
// and verified without a service.

#ifndef PLUMBLINE_CLI_RELEASE_BUNDLE_H_
#define PLUMBLINE_CLI_RELEASE_BUNDLE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/console.h"
#include "common/trust/trust_policy.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::cli {

// The bytes of the file of a release that was got whole: the same every time.
std::string ToBundle(const content::v1::Release& release);

// Verifies such bytes, as a replica does before it serves them, and prints who
// vouched for what. `digest` is what the content must have; empty: any.
// INVALID_ARGUMENT where they are no bundle, else as trust::VerifyBundle() and
// pathway::LoadContent().
absl::Status VerifyBundle(const std::string& bytes,
                          const trust::TrustPolicy& policy,
                          const std::string& digest, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_RELEASE_BUNDLE_H_
