// monotone: a worse answer to one item never gives a less urgent disposition.
//
// Of two legal complete intakes, in which what both ask is answered alike but
// for one item, the one with the worse answer is at least as urgent. Rules that
// an exception of the item names are left out, and each must be needed.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckMonotone(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_
