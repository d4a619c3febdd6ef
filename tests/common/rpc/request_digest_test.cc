#include "common/rpc/request_digest.h"

#include <gtest/gtest.h>

#include "common/trust/digest.h"
#include "plumbline/content/v1/content_service.pb.h"

namespace plumbline::rpc {
namespace {

TEST(RequestDigestTest, IsADigestOfWhatIsAsked) {
  content::v1::GetReleaseRequest request;
  request.set_name("pathways/knee/releases/1");
  const std::string digest = RequestDigest(request, {});
  EXPECT_TRUE(trust::IsDigest(digest));
  EXPECT_NE(RequestDigest(request, {"name"}), digest);
  EXPECT_EQ(RequestDigest(request, {"no_such_field"}), digest);
}

TEST(RequestDigestTest, DoesNotChangeTheRequest) {
  content::v1::GetReleaseRequest request;
  request.set_name("pathways/knee/releases/1");
  RequestDigest(request, {"name"});
  EXPECT_EQ(request.name(), "pathways/knee/releases/1");
}

TEST(RequestDigestTest, CountsUnknownFields) {
  content::v1::GetReleaseRequest request;
  ASSERT_TRUE(request.ParseFromString("\x98\x3f\x01"));
  EXPECT_NE(RequestDigest(request, {}),
            RequestDigest(content::v1::GetReleaseRequest(), {}));
}

TEST(RequestDigestTest, TellsTypesApart) {
  EXPECT_NE(RequestDigest(content::v1::GetReleaseRequest(), {}),
            RequestDigest(content::v1::GetChannelRequest(), {}));
}

}  // namespace
}  // namespace plumbline::rpc
