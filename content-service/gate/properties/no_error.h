// no-error: no legal complete intake makes an expression read what is absent,
// unless something absorbs it.
//
// At run time such an expression is unknown, and on a complete intake nothing
// else is. An item whose enabling is an error is unknown itself: an intake is
// complete without it, and what it leaves undecided is told as well.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckNoError(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_
