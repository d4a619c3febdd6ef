// Pathways and intakes for tests.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_PATHWAY_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_PATHWAY_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/pathway/answers.h"
#include "common/pathway/compile.h"
#include "common/pathway/decide.h"
#include "common/pathway/fault.h"
#include "common/pathway/model.h"
#include "common/pathway/texts.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

inline std::string ReadFileOrDie(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << "cannot read " << path;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The message of golden/example.txtpb.
inline v1::Pathway ExampleMessage() {
  v1::Pathway message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      ReadFileOrDie("tests/common/pathway/golden/example.txtpb"), &message));
  return message;
}

// Adds Spanish: every text of the default locale, with `prefix` in front.
inline void AddSpanish(absl::string_view prefix, v1::Pathway& message) {
  message.add_locales("es");
  v1::LocaleTexts& translation = *message.add_translations();
  translation.set_locale("es");
  for (const auto& [key, words] : TranslatableTexts(message)) {
    v1::LocaleText& text = *translation.add_texts();
    text.set_key(key);
    text.set_text(absl::StrCat(prefix, words));
  }
  for (v1::GuidanceRecord& record : *message.mutable_guidance()) {
    v1::GuidanceText& text = *record.add_texts();
    text.set_locale("es");
    text.set_title(absl::StrCat(prefix, record.texts(0).title()));
    text.set_body(absl::StrCat(prefix, record.texts(0).body()));
  }
}

inline std::shared_ptr<const CompiledPathway> CompileOrDie(
    const v1::Pathway& message, const std::string& digest = "") {
  CompileResult result = CompilePathway(message, digest);
  EXPECT_TRUE(result.faults.empty()) << ToString(result.faults);
  return result.pathway;
}

inline std::shared_ptr<const CompiledPathway> ExamplePathway() {
  return CompileOrDie(ExampleMessage(), std::string(64, 'a'));
}

// Checks answers given as the text of a v1::Case: "answers { link_id: ... }".
inline CheckedAnswers CheckText(const CompiledPathway& pathway,
                                const std::string& text) {
  v1::Case intake;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &intake));
  CheckedAnswers answers = CheckAnswers(pathway, intake.answers());
  EXPECT_TRUE(answers.violations.empty()) << ToString(answers.violations);
  return answers;
}

// A complete intake of the example to which nothing applies.
inline constexpr char kNothingApplies[] = R"(
  answers { link_id: "em.bone" code: "no" }
  answers { link_id: "em.cold" boolean: false }
  answers { link_id: "pt.age" integer: 30 }
  answers { link_id: "pt.pregnant" code: "no" }
  answers { link_id: "med.taken" codes { codes: "none" } }
  answers { link_id: "pain.now" integer: 4 }
  answers { link_id: "pain.days" decimal: 0.5 }
  answers { link_id: "mood.interest" integer: 0 }
  answers { link_id: "mood.low" integer: 1 })";

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_PATHWAY_H_
