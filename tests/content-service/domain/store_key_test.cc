#include "content-service/domain/store_key.h"

#include <gtest/gtest.h>

#include "content-service/storage/memory_content_store.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOkAndHolds;

TEST(StoreKeyTest, IsMadeOnceForAStore) {
  const auto store = NewMemoryContentStore();
  const auto key = FindOrMakeStoreKey(*store);
  EXPECT_THAT(key, IsOkAndHolds(::testing::SizeIs(32)));
  EXPECT_EQ(*FindOrMakeStoreKey(*store), *key);
  EXPECT_NE(*FindOrMakeStoreKey(*NewMemoryContentStore()), *key);
}

}  // namespace
}  // namespace plumbline::content
