// Has a triage-service decide.

#ifndef PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
#define PLUMBLINE_CLI_REMOTE_ASSESSOR_H_

#include <memory>

#include "cli/assessor.h"
#include "cli/services.h"

namespace plumbline::cli {

// `form` gives the answers their types.
std::unique_ptr<Assessor> NewRemoteAssessor(RemoteTriage triage,
                                            pathway::v1::Pathway form,
                                            const AssessorOptions& options);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REMOTE_ASSESSOR_H_
