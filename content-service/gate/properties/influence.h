// influence: everything that is asked and written can make a difference.
//
// Every option that is not least in the order of its item, put in place of a
// least one, changes disposition, flags, enabling or guidance of some legal
// intake, or is declared informational. Every item can be asked; every rule,
// band and guidance record is reached. No rule fires only where a more urgent
// one does.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckInfluence(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_
