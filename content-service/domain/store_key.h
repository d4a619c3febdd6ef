// The store's own secret: what page tokens are authenticated with, so that they
// outlive a restart.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORE_KEY_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORE_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "content-service/storage/content_store.h"

namespace plumbline::content {

// Finds the key, or makes it: 32 random bytes.
absl::StatusOr<std::string> FindOrMakeStoreKey(ContentStore& store);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_STORE_KEY_H_
