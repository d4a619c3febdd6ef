// unknown-is-safe: leaving a question open never gives less than every answer
// to it would.
//
// For every legal intake and answered item, with the item unknown and the other
// answers kept, the disposition is at least the least urgent one over all legal
// values of the item: items that a value newly enables have any legal answer,
// answers to items that it disables are dropped. An unknown emergency item
// never gives better than SAME_DAY.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckUnknownIsSafe(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_
