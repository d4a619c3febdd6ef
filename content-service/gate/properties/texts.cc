#include "content-service/gate/properties/texts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/pathway/names.h"
#include "content-service/gate/reading_grade.h"

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
