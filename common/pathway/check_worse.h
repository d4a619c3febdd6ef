// Which answers to an item are worse: an order that fits its type.

#ifndef PLUMBLINE_COMMON_PATHWAY_CHECK_WORSE_H_
#define PLUMBLINE_COMMON_PATHWAY_CHECK_WORSE_H_

#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kExceptionsMax = 100;

// Checks the order of `item` and its exceptions, once rules are known.
void CheckWorse(Compiler& compiler, const v1::Worse& message,
                const ElementPath& path, const Item& item);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CHECK_WORSE_H_
