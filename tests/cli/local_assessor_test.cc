#include "cli/local_assessor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/pathway_folder.h"
#include "common/trust/digest.h"
#include "tests/support/plumb.h"
#include "tests/support/status_matchers.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;

class LocalAssessorTest : public ::testing::Test {
 protected:
  static std::unique_ptr<Assessor> NewAssessor() {
    return NewLocalAssessor(ReadPathwayFolder(kBackPain)->pathway, "");
  }

  static void AddCode(const std::string& link_id, const std::string& code,
                      Answers* answers) {
    pathway::v1::Answer* answer = answers->Add();
    answer->set_link_id(link_id);
    answer->set_code(code);
  }

  const std::unique_ptr<Assessor> assessor_ = NewAssessor();
};

TEST_F(LocalAssessorTest, DigestIsThatOfTheDecisionsBytes) {
  const auto assessment = assessor_->Assess({});
  ASSERT_TRUE(assessment.ok()) << assessment.status();
  EXPECT_EQ(assessment->decision_digest(),
            trust::Sha256Hex(assessment->decision().SerializeAsString()));
  EXPECT_EQ(assessment->release_digest(),
            assessment->decision().release_digest());
}

TEST_F(LocalAssessorTest, ViolationsAreInvalidArgument) {
  Answers answers;
  AddCode("em.nothing", "yes", &answers);
  EXPECT_TRUE(absl::IsInvalidArgument(assessor_->Assess(answers).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(assessor_->Next(answers).status()));
}

TEST_F(LocalAssessorTest, AsksTheEmergencyItemsFirst) {
  Answers answers;
  auto next = assessor_->Next(answers);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->item.link_id(), "em.bladder");
  EXPECT_FALSE(next->group_title.empty());
  AddCode("em.bladder", "none", &answers);
  EXPECT_EQ(assessor_->Next(answers)->item.link_id(), "em.bowel");
}

}  // namespace
}  // namespace plumbline::cli
