// monotone: a worse answer to one item never gives a less urgent disposition.
//
// Of two legal complete intakes, in which what both ask is answered alike but
// for one item, the one with the worse answer is at least as urgent. Rules that
// an exception of the item names are left out, and each must be needed.
//
// Items that only one of the two intakes asks have any legal answer there. A
// rule that is left out is as if it were false, and is needed where without its
// exception, but with the others, the property fails; so none is needed by an
// item without order.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckMonotone(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_MONOTONE_H_
