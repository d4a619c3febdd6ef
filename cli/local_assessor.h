// Decides in this process, with the engine of triage-service.

#ifndef PLUMBLINE_CLI_LOCAL_ASSESSOR_H_
#define PLUMBLINE_CLI_LOCAL_ASSESSOR_H_

#include <memory>
#include <string>

#include "cli/assessor.h"
#include "common/pathway/model.h"

namespace plumbline::cli {

std::unique_ptr<Assessor> NewLocalAssessor(
    std::shared_ptr<const pathway::CompiledPathway> pathway,
    const std::string& locale);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_LOCAL_ASSESSOR_H_
