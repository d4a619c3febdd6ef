// invariants: every authored statement is true of every legal complete intake,
// and false of none, complete or not.
//
// Where it is unknown of a complete one, no-error tells.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INVARIANTS_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INVARIANTS_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckInvariants(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INVARIANTS_H_
