// What a person is told who stops an interview half way.

#ifndef PLUMBLINE_CLI_UNFINISHED_H_
#define PLUMBLINE_CLI_UNFINISHED_H_

#include <string>

#include "cli/assessor.h"
#include "cli/pathway_texts.h"

namespace plumbline::cli {

// That there is no result; what `count` questions asked, of which `last` was
// the outcome, give so far, unless that is self-care: half an interview
// reassures nobody; and the emergency signs to watch for.
std::string UnfinishedText(const PathwayTexts& texts, int count,
                           const NextQuestion& last);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_UNFINISHED_H_
