// Reads guidance records: front matter between two lines of `---`, then
// Markdown.
//
// `guidance/heat.md` holds the record: the fields of a GuidanceRecord, in it
// one of `texts` with the heading in the default locale, whose body is the
// Markdown. `guidance/heat.es.md` holds its text in Spanish: the fields of a
// GuidanceText, and its body. The ids and locales are those of the files'
// names; they may be written too.

#ifndef PLUMBLINE_COMMON_PATHWAY_READ_GUIDANCE_H_
#define PLUMBLINE_COMMON_PATHWAY_READ_GUIDANCE_H_

#include <vector>

#include "common/pathway/element_place.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Adds the records of `files` to `message`, by order and id, and their places
// to `place`, that of `message`. Returns whether every file could be read;
// where one could not, its record is missing.
bool ReadGuidance(const std::vector<const SourceText*>& files,
                  v1::Pathway* message, ElementPlace* place, Faults* faults);

// The parts of a file. `front` and `body` are empty where there is a fault.
struct GuidanceParts {
  absl::string_view front;  // Between the lines of `---`.
  absl::string_view body;   // Without empty lines around it.
};
GuidanceParts SplitGuidance(const SourceText& source, Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_READ_GUIDANCE_H_
