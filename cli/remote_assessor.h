// Has a triage-service decide.

#ifndef PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
#define PLUMBLINE_CLI_REMOTE_ASSESSOR_H_

#include <cstdint>
#include <memory>
#include <string>

#include "cli/assessor.h"
#include "cli/services.h"

namespace plumbline::cli {

// A pathway, the digest of its content, and where that comes from.
struct Form {
  enum class Origin : std::uint8_t { kFolder, kContentService };

  pathway::v1::Pathway pathway;
  std::string digest;
  Origin origin = Origin::kFolder;
};

std::unique_ptr<Assessor> NewRemoteAssessor(RemoteTriage triage, Form form,
                                            const AssessorOptions& options);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
