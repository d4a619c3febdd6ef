// One item of the questionnaire: its type, and the options or the range that
// say what answers it.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILE_ITEM_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILE_ITEM_H_

#include "absl/strings/string_view.h"
#include "common/pathway/compiler.h"

namespace plumbline::pathway {

inline constexpr int kOptionsMax = 64;

// The greatest size of a number that answers an item.
inline constexpr std::int64_t kItemNumberMax = 1'000'000'000;

// The most steps from one whole number of a decimal item to the next.
inline constexpr std::int64_t kStepsMax = 1'000'000;

bool IsNumber(const Item& item);

// "multi-choice".
absl::string_view TypeName(ItemType type);

// Fills `item` but for what reads other items: `enable_when` and `if_unknown`.
// Returns whether it is clear what values the item has.
bool CompileItem(Compiler& compiler, const v1::Item& message,
                 const ElementPath& path, const IndexById& groups, Item& item);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILE_ITEM_H_
