#include "content-service/domain/exceptions.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::content {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ExceptionsIn(const std::string& text) {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &pathway));
  std::vector<std::string> texts;
  for (const v1::ProofException& exception : ExceptionsOf(pathway)) {
    texts.push_back(exception.ShortDebugString());
  }
  return texts;
}

TEST(ExceptionsOfTest, AreToldWithTheirReasonsInPathwayOrder) {
  EXPECT_THAT(
      ExceptionsIn(R"(
          items { link_id: "pain.site" worse { unordered: "A fact." }
                  options { code: "mid" informational: "For the clinician." }
                  options { code: "low" } }
          items { link_id: "pt.age"
                  worse { direction: DIRECTION_UP
                          exceptions { rule_ids: "R-1" rule_ids: "R-2"
                                       reason: "Children." } } }
          rules { rule_id: "R-1" on_unknown { ignore: "Told elsewhere." } }
          rules { rule_id: "R-2" on_unknown { ask: true } })"),
      ElementsAre(R"(element: "items/pain.site" kind: KIND_UNORDERED )"
                  R"(reason: "A fact.")",
                  R"(element: "items/pain.site" kind: KIND_INFORMATIONAL )"
                  R"(reason: "For the clinician." option_code: "mid")",
                  R"(element: "items/pt.age" kind: KIND_MONOTONE )"
                  R"(reason: "Children." rule_ids: "R-1" rule_ids: "R-2")",
                  R"(element: "rules/R-1" kind: KIND_IGNORED_WHEN_UNKNOWN )"
                  R"(reason: "Told elsewhere.")"));
}

TEST(ExceptionsOfTest, AreNoneWhereNothingIsExcepted) {
  EXPECT_THAT(ExceptionsIn(R"(
                  items { link_id: "a" worse { true_is_worse: true } }
                  rules { rule_id: "R-1" })"),
              IsEmpty());
}

}  // namespace
}  // namespace plumbline::content
