// What a pathway excepts from the proofs, and why.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_EXCEPTIONS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_EXCEPTIONS_H_

#include <vector>

#include "plumbline/content/v1/draft.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::content {

// In pathway order.
std::vector<v1::ProofException> ExceptionsOf(
    const pathway::v1::Pathway& pathway);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_EXCEPTIONS_H_
