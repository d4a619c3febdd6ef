// What rests on each fact, and on each resolution of a conflict between
// sources.

#ifndef PLUMBLINE_COMMON_PATHWAY_EVIDENCE_USE_H_
#define PLUMBLINE_COMMON_PATHWAY_EVIDENCE_USE_H_

#include <string>
#include <vector>

#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// The elements that cite each evidence, in pathway order: "rules/R-E01",
// "items/em.bladder", "guidance/heat", "cases/VIG-040". One entry an evidence,
// in pathway order. A case cites the evidence that its `source` names.
std::vector<std::vector<std::string>> UsesOfEvidence(
    const v1::Pathway& pathway);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_EVIDENCE_USE_H_
