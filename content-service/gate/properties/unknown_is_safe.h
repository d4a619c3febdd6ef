// unknown-is-safe: leaving a question open never gives less than every answer
// to it would.
//
// For every legal intake and answered item, with the item unknown and the other
// answers kept, the disposition is at least the least urgent one over all legal
// values of the item: items that a value newly enables have any legal answer,
// answers to items that it disables are dropped. An unknown emergency item
// never gives better than SAME_DAY, nor does an item that is certainly asked
// and of which an option gives at least EMERGENCY_NOW.
//
// - "Every legal intake" includes those that answer other items in part, and
//   those that answer the item while it is unknown whether it is asked.
// - A value newly enables an item that is certainly asked with it, was not
//   while the value was unknown, and has no answer: it gets every legal one,
//   not none. What else was unknown stays so.
// - Whether something unknown is open or closed makes no difference.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckUnknownIsSafe(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_UNKNOWN_IS_SAFE_H_
