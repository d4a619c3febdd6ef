// Whether two answers, to one item as two pathways have it, say the same.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_SAID_ALIKE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_SAID_ALIKE_H_

#include <z3++.h>

#include "common/pathway/model.h"
#include "content-service/gate/encode.h"

namespace plumbline::gate {

// Whether both take the same answers, in the same slots. What is asked, and
// what is made of it, may differ.
bool TakeTheSame(const pathway::Item& a, const pathway::Item& b);

// Both are of one type. Whether they are answered alike, or left without a
// value alike; or one of them has a value that the other item does not take.
// Numbers that are counted in different steps: of at most 4,096 values each,
// else throws NotProvable.
z3::expr IsSaidAlike(const pathway::Item& a_item, const SymbolicAnswer& a,
                     const pathway::Item& b_item, const SymbolicAnswer& b);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_SAID_ALIKE_H_
