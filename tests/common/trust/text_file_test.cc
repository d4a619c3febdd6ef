#include "common/trust/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "plumbline/content/v1/trust.pb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(TextFileTest, TellsThePlaceOfAMistakeOfForm) {
  TextFile file("trust.txtpb");
  content::v1::TrustPolicy message;
  EXPECT_FALSE(file.Parse("keys {\n  key_id: 'a'\n  colour: 'b'\n}", &message));
  EXPECT_THAT(file.status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("trust.txtpb:3:9: Message type "
                                 "\"plumbline.content.v1.TrustedKey\" has no "
                                 "field named \"colour\".")));
}

TEST(TextFileTest, TellsThePlaceOfAFaultOfAnElement) {
  TextFile file("trust.txtpb");
  content::v1::TrustPolicy message;
  ASSERT_TRUE(
      file.Parse("keys { key_id: 'a' }\n keys { key_id: 'a' }", &message));
  EXPECT_THAT(file.status(), IsOk());
  file.AddFault("keys", 1, "key_id", "'a' is there twice");
  file.AddFault("keys", 0, "", "is odd");
  file.AddFault("is strange");
  EXPECT_THAT(file.status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "trust.txtpb:2:2: keys[1].key_id: 'a' is there twice\n"
                       "trust.txtpb:1:1: keys[0]: is odd\n"
                       "trust.txtpb: is strange"));
}

TEST(TextFileTest, BoundsNesting) {
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "keys {";
  TextFile file("trust.txtpb");
  content::v1::TrustPolicy message;
  EXPECT_FALSE(file.Parse(deep, &message));
}

}  // namespace
}  // namespace plumbline::trust
