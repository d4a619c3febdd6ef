// In which elements two pathways differ.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_ELEMENTS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_ELEMENTS_H_

#include <vector>

#include "plumbline/content/v1/release.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::content {

// Down to the field, in pathway order; of a list first what was removed, and
// then what was added or changed. A list of which only the order changed is
// one change, told by the ids of what both have.
std::vector<v1::ElementChange> DiffElements(const pathway::v1::Pathway& base,
                                            const pathway::v1::Pathway& target);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_DIFF_ELEMENTS_H_
