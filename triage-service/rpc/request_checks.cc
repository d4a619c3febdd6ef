#include "triage-service/rpc/request_checks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/pathway/names.h"
#include "common/trust/digest.h"
#include "triage-service/domain/counterfactual.h"

namespace plumbline::triage {
namespace {

bool IsLanguageTag(absl::string_view text) {
  return text.size() <= kLocaleBytesMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char letter) {
           return absl::ascii_isalnum(letter) || letter == '-';
         });
}

}  // namespace

ReleaseChoice CheckReleaseChoice(absl::string_view pathway,
                                 absl::string_view channel,
                                 absl::string_view release_digest,
                                 pathway::Faults* faults) {
  if (pathway.empty()) {
    faults->push_back({"pathway", "is required: pathways/{pathway}"});
  } else if (!absl::ConsumePrefix(&pathway, "pathways/") ||
             !pathway::IsResourceId(pathway)) {
    faults->push_back({"pathway",
                       "must be pathways/{pathway}, for example "
                       "pathways/back-pain"});
  }
  if (!channel.empty() && !pathway::IsResourceId(channel)) {
    faults->push_back({"channel", absl::StrCat("must be a channel's id, ",
                                               pathway::kResourceIdForm,
                                               ", for example stable")});
  }
  if (!release_digest.empty() && !trust::IsDigest(release_digest)) {
    faults->push_back({"release_digest",
                       "must be 64 lower-case hexadecimal digits, or empty"});
  }
  return {std::string(pathway), std::string(channel),
          std::string(release_digest)};
}

void CheckLocale(absl::string_view locale, pathway::Faults* faults) {
  if (IsLanguageTag(locale)) return;
  faults->push_back(
      {"locale", absl::StrCat("must be a BCP 47 tag of at most ",
                              kLocaleBytesMax, " characters, for example es")});
}

pathway::DecisionView CheckView(pathway::v1::DecisionView view,
                                pathway::Faults* faults) {
  if (view == pathway::v1::DECISION_VIEW_FULL) {
    return pathway::DecisionView::kFull;
  }
  if (!pathway::v1::DecisionView_IsValid(view)) {
    faults->push_back(
        {"view", "must be DECISION_VIEW_BASIC or DECISION_VIEW_FULL"});
  }
  return pathway::DecisionView::kBasic;
}

void CheckAnswerCount(const pathway::AnswerMessages& answers,
                      pathway::Faults* faults) {
  if (answers.size() <= kAnswersMax) return;
  faults->push_back(
      {"answers", absl::StrCat("has ", answers.size(), " answers; at most ",
                               kAnswersMax, " are taken")});
}

int CheckMaxChanges(int max_changes, pathway::Faults* faults) {
  if (max_changes < 0 || max_changes > kChangesMax) {
    faults->push_back(
        {"max_changes", absl::StrCat("must be from 1 to ", kChangesMax,
                                     ", or 0 for ", kChangesDefault)});
  }
  return max_changes == 0 ? kChangesDefault : max_changes;
}

void CheckAssessmentName(absl::string_view name, pathway::Faults* faults) {
  const std::vector<absl::string_view> segments = absl::StrSplit(name, '/');
  const bool is_name = segments.size() == 4 && segments[0] == "logs" &&
                       !segments[1].empty() && segments[2] == "assessments" &&
                       !segments[3].empty();
  if (is_name) return;
  faults->push_back({"name", "must be logs/{log}/assessments/{assessment}"});
}

void AddBelow(absl::string_view field, pathway::Faults below,
              pathway::Faults* faults) {
  for (pathway::Fault& fault : below) {
    fault.path = absl::StrCat(field, ".", fault.path);
    faults->push_back(std::move(fault));
  }
}

void CheckSubject(absl::string_view subject, pathway::Faults* faults) {
  if (subject.size() <= kSubjectBytesMax) return;
  faults->push_back({"subject", absl::StrCat("must be at most ",
                                             kSubjectBytesMax, " bytes")});
}

void CheckRequestId(absl::string_view request_id, pathway::Faults* faults) {
  const bool is_legal = request_id.size() <= kRequestIdBytesMax &&
                        std::all_of(request_id.begin(), request_id.end(),
                                    [](unsigned char letter) {
                                      return absl::ascii_isgraph(letter);
                                    });
  if (is_legal) return;
  faults->push_back(
      {"request_id", absl::StrCat("must be 1 to ", kRequestIdBytesMax,
                                  " printable ASCII characters without "
                                  "spaces, or empty")});
}

}  // namespace plumbline::triage
