#include "common/rpc/idempotency.h"

#include <gtest/gtest.h>

#include <string>

#include "common/rpc/error_details.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr char kId[] = "123e4567-e89b-42d3-a456-426614174000";

TEST(PayloadHashTest, IsOfTheRequestWithoutItsId) {
  content::v1::CreateDraftRequest request;
  request.set_parent("pathways/knee");
  const std::string hash = PayloadHash(request);
  request.set_request_id(kId);
  EXPECT_EQ(PayloadHash(request), hash);
  request.set_parent("pathways/hip");
  EXPECT_NE(PayloadHash(request), hash);
}

TEST(CheckRequestIdTest, TakesPrintableAsciiOrNothing) {
  EXPECT_THAT(CheckRequestId(""), IsOk());
  EXPECT_THAT(CheckRequestId(kId), IsOk());
  EXPECT_THAT(CheckRequestId(std::string(128, '~')), IsOk());
  for (const std::string& id :
       {std::string("a b"), std::string("a\n"), std::string("\xc3\xa9"),
        std::string(129, 'x')}) {
    EXPECT_THAT(CheckRequestId(id),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         "request_id: must be 1 to 128 printable ASCII "
                         "characters without spaces, or empty"));
  }
}

TEST(RequestIdReusedTest, NamesTheId) {
  const absl::Status status = RequestIdReused(kId);
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kAlreadyExists,
                       "request_id 123e4567-e89b-42d3-a456-426614174000 was "
                       "used for another request; a new request needs a new "
                       "id"));
  EXPECT_EQ(ReasonOf(status), "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace plumbline::rpc
