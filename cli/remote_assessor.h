// Has a triage-service decide.

#ifndef PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
#define PLUMBLINE_CLI_REMOTE_ASSESSOR_H_

#include <memory>
#include <string>

#include "cli/assessor.h"
#include "cli/services.h"

namespace plumbline::cli {

// A pathway, and the digest of its content.
struct Form {
  pathway::v1::Pathway pathway;
  std::string digest;
};

std::unique_ptr<Assessor> NewRemoteAssessor(RemoteTriage triage, Form form,
                                            const AssessorOptions& options);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
