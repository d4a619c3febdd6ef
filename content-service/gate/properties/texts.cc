#include "content-service/gate/properties/texts.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/pathway/evidence_use.h"
#include "common/pathway/texts.h"
#include "content-service/gate/reading_grade.h"
#include "content-service/gate/text_structure.h"

namespace plumbline::gate {
namespace {

using pathway::v1::GuidanceRecord;
using pathway::v1::Pathway;

constexpr char kEnglish[] = "en";

class Texts {
 public:
  Texts(const Pathway& message, absl::string_view as_of_date)
      : message_(message), as_of_date_(as_of_date) {}

  Findings Check() {
    for (const GuidanceRecord& record : message_.guidance()) {
      CheckReview(record);
      CheckRecord(record);
    }
    CheckEvidence();
    CheckTranslations();
    // Other texts are in the default locale, and translated elsewhere.
    if (message_.default_locale() != kEnglish) return std::move(findings_);
    for (const pathway::v1::DispositionText& text : message_.dispositions()) {
      ReadingGrade grade;
      grade.Add(text.title());
      grade.Add(text.instruction());
      CheckGrade(absl::StrCat("dispositions/", pathway::v1::Disposition_Name(
                                                   text.disposition())),
                 "its instruction", grade);
    }
    ReadingGrade questions;
    for (const pathway::v1::Item& item : message_.items()) {
      questions.Add(item.prompt());
      questions.Add(item.help());
      for (const auto& option : item.options()) questions.Add(option.text());
    }
    CheckGrade("items", "the questions, all together,", questions);
    ReadingGrade reasons;
    for (const pathway::v1::Rule& rule : message_.rules()) {
      reasons.Add(rule.rationale());
    }
    CheckGrade("rules", "the reasons of rules, all together,", reasons);
    return std::move(findings_);
  }

 private:
  void CheckReview(const GuidanceRecord& record) {
    // Days in ISO 8601 compare as texts.
    if (record.review_by() >= as_of_date_) return;
    Add(absl::StrCat("guidance/", record.guidance_id()),
        absl::StrCat("was to be reviewed by ", record.review_by(),
                     ", and it is ", as_of_date_),
        "have a clinician review it, and set the next day");
  }

  void CheckRecord(const GuidanceRecord& record) {
    if (record.audience() == pathway::v1::AUDIENCE_CLINICIAN) return;
    for (const auto& text : record.texts()) {
      if (text.locale() != kEnglish) continue;
      ReadingGrade grade;
      grade.Add(text.title());
      grade.Add(text.body());
      CheckGrade(absl::StrCat("guidance/", record.guidance_id()),
                 "its English text", grade);
    }
  }

  // Nothing that the sources say is lost without a word.
  void CheckEvidence() {
    const std::vector<std::vector<std::string>> uses =
        pathway::UsesOfEvidence(message_);
    for (int i = 0; i < message_.evidence_size(); ++i) {
      const pathway::v1::Evidence& evidence = message_.evidence(i);
      const std::string element =
          absl::StrCat("evidence/", evidence.evidence_id());
      if (uses[i].empty() && evidence.not_shipped().empty()) {
        Add(element, "is cited by nothing",
            "cite it where it is used, or say in 'not_shipped' why it is not");
      } else if (!uses[i].empty() && !evidence.not_shipped().empty()) {
        Add(element,
            absl::StrCat("is not to be shipped, and cited by ",
                         absl::StrJoin(uses[i], ", ")),
            "take the citation or 'not_shipped' away");
      }
    }
  }

  void CheckTranslations() {
    std::map<std::string, std::string> originals;
    for (const pathway::TranslatableText& text :
         pathway::TranslatableTexts(message_)) {
      originals.emplace(text.key, text.text);
    }
    for (const pathway::v1::LocaleTexts& locale : message_.translations()) {
      for (const pathway::v1::LocaleText& text : locale.texts()) {
        CheckStructure(ElementOf(text.key()), text.key(),
                       absl::StrCat("locales/", locale.locale(), ".txtpb"),
                       originals[text.key()], text.text());
      }
    }
    for (const GuidanceRecord& record : message_.guidance()) {
      const auto original =
          std::find_if(record.texts().begin(), record.texts().end(),
                       [this](const auto& one) {
                         return one.locale() == message_.default_locale();
                       });
      if (original == record.texts().end()) continue;
      const std::string element =
          absl::StrCat("guidance/", record.guidance_id());
      for (const auto& text : record.texts()) {
        CheckStructure(element, element,
                       absl::StrCat(element, ".", text.locale(), ".md"),
                       absl::StrCat(original->title(), "\n", original->body()),
                       absl::StrCat(text.title(), "\n", text.body()));
      }
    }
  }

  // "items/em.bladder" of "items/em.bladder/options/none".
  static std::string ElementOf(const std::string& key) {
    const std::vector<std::string> steps = absl::StrSplit(key, '/');
    return steps.size() < 2 ? key : absl::StrCat(steps[0], "/", steps[1]);
  }

  void CheckStructure(const std::string& element, const std::string& key,
                      const std::string& file, absl::string_view original,
                      absl::string_view translation) {
    const std::string difference = StructureDifference(original, translation);
    if (difference.empty()) return;
    Add(element,
        absl::StrCat("its text '", key, "' in ", file, " ", difference),
        "translate it again, or mend the original");
  }

  void CheckGrade(const std::string& element, absl::string_view what,
                  const ReadingGrade& grade) {
    if (grade.Grade() <= kReadingGradeMax) return;
    Add(element,
        absl::StrFormat("%s asks for %.1f years of school; at most %.0f", what,
                        grade.Grade(), kReadingGradeMax),
        "write shorter sentences and shorter words");
  }

  void Add(std::string element, std::string message, std::string advice) {
    findings_.push_back({.elements = {std::move(element)},
                         .message = std::move(message),
                         .advice = std::move(advice),
                         .counterexample = std::nullopt});
  }

  const Pathway& message_;
  const absl::string_view as_of_date_;
  Findings findings_;
};

}  // namespace

Findings CheckTexts(const Pathway& message, absl::string_view as_of_date) {
  return Texts(message, as_of_date).Check();
}

}  // namespace plumbline::gate
