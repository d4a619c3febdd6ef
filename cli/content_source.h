// Content that is named on the command line: a pathway folder, a file that
// `plumb pathway build` wrote, or a release of content-service.

#ifndef PLUMBLINE_CLI_CONTENT_SOURCE_H_
#define PLUMBLINE_CLI_CONTENT_SOURCE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cli/remote.h"
#include "common/pathway/model.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::cli {

// Whether there is a folder or a file of that name; else it is a release.
bool IsLocalContent(const std::string& named);

// Reads it and compiles it.
absl::StatusOr<std::shared_ptr<const pathway::CompiledPathway>> LoadContentFrom(
    const std::string& named, const Remote& remote);

// Gets a release with everything that belongs to it. Its content has its
// digest.
absl::StatusOr<content::v1::Release> GetWholeRelease(const std::string& named,
                                                     const Remote& remote);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_CONTENT_SOURCE_H_
