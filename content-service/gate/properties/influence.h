// influence: everything that is asked and written can make a difference.
//
// Every option that is not least in the order of its item, put in place of a
// least one, changes disposition, flags, enabling or guidance of some legal
// intake, or is declared informational; so does some answer to an item without
// options, or a score counts it. Every item can be asked; every rule, gate,
// band and guidance record is reached. No rule fires only where a more urgent
// one does.
//
// - An option is least where none is better. One in no chain is, too, and must
//   make a difference all the same: it may have been forgotten there. A set
//   gets the option added, and its exclusive options, which count as the empty
//   set, are least. An option that means unknown is no answer.
// - Results are compared, and rules, bands and items reached, on complete
//   intakes: what makes a difference only while something else is unknown does
//   not count. Enabling changes where another item is asked or not. A record is
//   reached by any intake, since policies show some on account of unknowns.
// - Where an item is asked of nobody, that is said and nothing of its options.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_

#include "content-service/gate/property.h"

namespace plumbline::gate {

Findings CheckInfluence(Proof& proof);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_INFLUENCE_H_
