#include "content-service/domain/release_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/error_details.h"
#include "common/trust/digest.h"
#include "content-service/storage/memory_content_store.h"
#include "tests/content-service/support/tiny_content.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;

class ReleaseCacheTest : public ::testing::Test {
 protected:
  void Keep(const std::string& digest, const std::string& bytes) {
    EXPECT_THAT(store_->Write([&](Transaction& transaction) {
      return transaction.PutContent(digest, bytes);
    }),
                IsOk());
  }

  const CompiledSources tiny_ = CompileTiny();
  std::unique_ptr<ContentStore> store_ = NewMemoryContentStore();
  ReleaseCache cache_{*store_, 1};
};

TEST_F(ReleaseCacheTest, LoadsContentOnce) {
  Keep(tiny_.digest, tiny_.content);
  const auto first = cache_.Find(tiny_.digest);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ((*first)->bytes, tiny_.content);
  EXPECT_EQ((*(*first)->Compiled())->digest, tiny_.digest);
  EXPECT_EQ(*(*first)->Compiled(), *(*first)->Compiled());
  EXPECT_EQ(cache_.Find(tiny_.digest)->get(), first->get());
}

TEST_F(ReleaseCacheTest, LetsGoOfTheOldest) {
  Sources sources = TinySources();
  for (v1::SourceFile& file : sources) {
    if (file.path() != "sources.txtpb") continue;
    file.set_content(absl::StrCat(file.content(),
                                  "sources { source_id: \"more\" kind: "
                                  "SOURCE_KIND_ARTICLE citation: \"More.\" }"));
  }
  const CompiledSources other = CompileSources("tiny", sources, Noon);
  ASSERT_TRUE(other.ok()) << other.report.DebugString();
  Keep(tiny_.digest, tiny_.content);
  Keep(other.digest, other.content);
  const auto first = cache_.Find(tiny_.digest);
  ASSERT_THAT(cache_.Find(other.digest), IsOk());
  EXPECT_NE(cache_.Find(tiny_.digest)->get(), first->get());
}

// As what an older engine published may be.
TEST_F(ReleaseCacheTest, GivesOutWholeContentThatThisEngineDoesNotTake) {
  const std::string bytes = "no pathway";
  const std::string digest = trust::Sha256Hex(bytes);
  Keep(digest, bytes);
  const auto found = cache_.Find(digest);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ((*found)->bytes, bytes);
  const absl::Status status = (*found)->Compiled().status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(rpc::ReasonOf(status), "CONTENT_INVALID");
  EXPECT_EQ(rpc::ReasonMetadataOf(status).at("digest"), digest);
}

TEST_F(ReleaseCacheTest, NamesContentThatIsMissing) {
  EXPECT_THAT(
      cache_.Find(tiny_.digest),
      StatusIs(absl::StatusCode::kNotFound,
               absl::StrCat("there is no content with digest ", tiny_.digest)));
}

TEST_F(ReleaseCacheTest, RefusesContentThatIsNotWhatItsDigestSays) {
  const std::string digest(64, '0');
  Keep(digest, tiny_.content);
  const absl::Status status = cache_.Find(digest).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kDataLoss,
                       absl::StrCat("the stored content of digest ", digest,
                                    " is damaged: its digest is another")));
  EXPECT_EQ(rpc::ReasonOf(status), "STORE_DAMAGED");
}

}  // namespace
}  // namespace plumbline::content
