// From a pathway message to the compiled pathway that both services evaluate.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_H_

#include <functional>
#include <memory>
#include <string>

#include "common/pathway/fault.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Finds where an element stands. `path` names it by field and number from 0, as
// in `rules[4].when` or `items[0].options[2].code`; Fault::path names the same
// element by its id, `rules[R-E05].when`, where it has one that no earlier
// element has. For an expression, `offset` is the byte in it; else 0. Empty:
// places are not known.
using Locate = std::function<Place(const std::string& path, int offset)>;

// Either a pathway or what is wrong with the message; never both.
struct CompileResult {
  std::shared_ptr<const CompiledPathway> pathway;
  Faults faults;
};

// Checks and compiles `message`. Every fault is found in one run: malformed and
// duplicate ids, dangling references, ill-typed expressions, options that do
// not exist, cycles in enabling, missing or doubled texts, bounds out of range.
// `digest` is kept as CompiledPathway::digest. The order of faults depends
// on nothing but the message.
CompileResult CompilePathway(const v1::Pathway& message, std::string digest,
                             const Locate& locate = nullptr);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_H_
