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
  EXPECT_TRUE(
      absl::IsInvalidArgument(assessor_->Explain(answers, {}).status()));
}

TEST_F(LocalAssessorTest, ExplainsTheDecisionThatItGives) {
  Answers answers;
  AddCode("em.bladder", "cannot_pass", &answers);
  const auto explanation = assessor_->Explain(answers, {});
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->decision().SerializeAsString(),
            assessor_->Assess(answers)->decision().SerializeAsString());
  EXPECT_EQ(explanation->reasons(0).rule_id(), "R-E01");
  EXPECT_EQ(explanation->counterfactuals_size(), 0);
  EXPECT_EQ(assessor_->Explain(answers, {.counterfactuals = true})
                ->counterfactuals_size(),
            4);
}

TEST_F(LocalAssessorTest, LooksForAsManyChangesAsAskedFor) {
  Answers answers;
  for (const char* item : {"em.chest", "em.collapse", "em.jaw_spasm"}) {
    AddCode(item, "yes", &answers);
  }
  const auto within = [&](int changes_max) {
    return assessor_
        ->Explain(answers,
                  {.counterfactuals = true, .changes_max = changes_max})
        ->counterfactuals(0)
        .not_found_within();
  };
  EXPECT_EQ(within(1), 1);
  EXPECT_EQ(within(0), 2);
  EXPECT_EQ(within(3), 0);
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

TEST_F(LocalAssessorTest, AsksWhollyInTheLocale) {
  const auto english = ReadPathwayFolder(kBackPain)->pathway;
  pathway::v1::Pathway message = *english->source;
  const std::string id = "em.bladder";
  for (pathway::v1::Item& item : *message.mutable_items()) {
    if (item.link_id() == id) item.set_help("Think of today.");
  }
  pathway::v1::LocaleTexts& spanish = *message.mutable_translations(0);
  ASSERT_EQ(spanish.locale(), "es");
  spanish.clear_texts();
  const auto translate = [&](const std::string& key, const std::string& text) {
    pathway::v1::LocaleText& translated = *spanish.add_texts();
    translated.set_key(key);
    translated.set_text(text);
  };
  translate("items/em.bladder/prompt", "¿Orina?");
  translate("items/em.bladder/help", "Piense en hoy.");
  translate("items/em.bladder/options/none", "Nada");
  translate("groups/emergency/title", "Urgencia");
  auto translated = std::make_shared<pathway::CompiledPathway>(*english);
  translated->source = std::make_shared<pathway::v1::Pathway>(message);

  const auto next = NewLocalAssessor(translated, "es")->Next({});
  ASSERT_TRUE(next.ok()) << next.status();
  ASSERT_EQ(next->item.link_id(), id);
  EXPECT_EQ(next->item.prompt(), "¿Orina?");
  EXPECT_EQ(next->item.help(), "Piense en hoy.");
  EXPECT_EQ(next->group_title, "Urgencia");
  for (const pathway::v1::Option& option : next->item.options()) {
    EXPECT_EQ(option.text() == "Nada", option.code() == "none");
  }
}

}  // namespace
}  // namespace plumbline::cli
