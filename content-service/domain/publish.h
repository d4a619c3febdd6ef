// Publishing: an approved draft becomes the next release of its pathway.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_PUBLISH_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_PUBLISH_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/domain/stored_draft.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

// A release that could be published now.
struct Publication {
  StoredDraft draft;
  v1::Release release;
  v1::Statement statement;  // What the publisher signs.
};

// Checks that the draft is approved and its content is not released yet, and
// gives it the next number of its pathway.
absl::StatusOr<Publication> PreparePublication(const Reader& reader,
                                               const trust::TrustPolicy& policy,
                                               const Actor& publisher,
                                               const DraftId& id,
                                               const std::string& etag);

// Publishes. The release then holds every attestation of the draft, and all of
// it verifies under `policy`, as replicas will verify it.
absl::StatusOr<v1::Release> PublishRelease(Transaction& transaction,
                                           const trust::TrustPolicy& policy,
                                           const Actor& publisher,
                                           const DraftId& id,
                                           const std::string& etag,
                                           const SignedStatement& given);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_PUBLISH_H_
