// Reads a pathway from its source files.
//
// The same function serves `plumb` on a folder and content-service on the files
// of a draft, so that both say the same about the same mistake.

#ifndef PLUMBLINE_COMMON_PATHWAY_READ_FOLDER_H_
#define PLUMBLINE_COMMON_PATHWAY_READ_FOLDER_H_

#include <map>
#include <memory>
#include <string>

#include "common/pathway/compile.h"
#include "common/pathway/fault.h"
#include "common/pathway/read_answers.h"  // IWYU pragma: export
#include "common/pathway/read_cases.h"    // IWYU pragma: export
#include "common/pathway/source_files.h"  // IWYU pragma: export
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

struct ReadResult {
  v1::Pathway message;  // Complete only where `faults` is empty.
  // Null where there are faults.
  std::shared_ptr<const CompiledPathway> pathway;
  Faults faults;  // With file, line and column.
  // Where each element begins: "rules/R-E01", "items/em.bladder". Empty where
  // there are faults.
  std::map<std::string, Place> places;
};

// Reads and compiles. Faults, in the order of files, lines and columns: a file
// that does not belong, malformed text format, front matter or JSON, a field in
// the wrong file, a key that a case does not have, files or content of more
// than kContentBytesMax bytes; and, once every file can be parsed, all that
// CompilePathway() finds: before that, much would seem to be missing. The
// digest of the compiled pathway is that of its content.
ReadResult ReadPathway(const SourceFiles& files);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_READ_FOLDER_H_
