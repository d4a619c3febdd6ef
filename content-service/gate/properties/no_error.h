// no-error: no legal complete intake makes an expression read what is absent.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckNoError(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_NO_ERROR_H_
