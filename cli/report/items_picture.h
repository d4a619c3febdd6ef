// A picture of which questions feed which results.

#ifndef PLUMBLINE_CLI_REPORT_ITEMS_PICTURE_H_
#define PLUMBLINE_CLI_REPORT_ITEMS_PICTURE_H_

#include "cli/report/html.h"
#include "common/pathway/model.h"

namespace plumbline::cli {

// Writes an SVG: a row an item, a column a disposition, in each place how many
// rules of that disposition read the item, directly or through definitions and
// scores; a ring where leaving the item open gives at least that.
void WriteItemsPicture(const pathway::CompiledPathway& pathway, Html& html);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_ITEMS_PICTURE_H_
