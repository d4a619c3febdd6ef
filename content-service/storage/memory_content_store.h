// A content store in memory: for tests, and for trying things out. It forgets
// everything when it is destroyed.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_MEMORY_CONTENT_STORE_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_MEMORY_CONTENT_STORE_H_

#include <memory>

#include "content-service/storage/content_store.h"

namespace plumbline::content {

std::unique_ptr<ContentStore> NewMemoryContentStore();

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_MEMORY_CONTENT_STORE_H_
