#include "cli/print_decision.h"

#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "cli/text.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Decision;

std::string Heading(absl::string_view title) {
  return absl::StrCat("\n", title, "\n");
}

std::string NamesOf(
    const google::protobuf::RepeatedPtrField<pathway::v1::UnknownItem>& items) {
  std::vector<std::string> names;
  for (const auto& item : items) {
    names.push_back(absl::StrCat(
        item.link_id(), item.state() == pathway::v1::UnknownItem::STATE_CLOSED
                            ? " (no answer)"
                            : ""));
  }
  return absl::StrJoin(names, ", ");
}

// What makes a decision less than what it seems, for the person who reads it.
void PrintWarnings(const triage::v1::Assessment& assessment,
                   std::ostream& out) {
  if (assessment.release_withdrawn()) PrintWithdrawn(out);
  const auto age = google::protobuf::util::TimeUtil::DurationToSeconds(
      assessment.content_age());
  if (age > 0) {
    out << Fill(absl::StrCat(
                    "The content may have been replaced: the replica last knew "
                    "that it was the newest ",
                    absl::FormatDuration(absl::Seconds(age)), " ago."),
                "", "");
  }
}

void PrintWhy(const Decision& decision, std::ostream& out) {
  if (!decision.fired_rules().empty() || !decision.applied_policies().empty()) {
    out << Heading("Why");
  }
  for (const auto& rule : decision.fired_rules()) {
    out << Fill(rule.rationale(), "  - ", "    ")
        << Fill(absl::StrCat(rule.flag(), " (", rule.rule_id(), ", ",
                             WordOf(rule.disposition()), ")"),
                "    ", "    ");
    if (!rule.citations().empty()) {
      out << Fill(
          absl::StrCat("Source: ", absl::StrJoin(rule.citations(), "; ")),
          "    ", "      ");
    }
  }
  for (const auto& policy : decision.applied_policies()) {
    const std::string what =
        policy.rule_id().empty()
            ? policy.rationale()
            : absl::StrCat("Rule ", policy.rule_id(), " is not decided.");
    out << Fill(what, "  - ", "    ")
        << Fill(absl::StrCat(policy.flag(), " (at least ",
                             WordOf(policy.at_least()), "); waits for ",
                             NamesOf(policy.items())),
                "    ", "    ");
  }
}

void PrintUndecided(const Decision& decision, std::ostream& out) {
  if (decision.undecided_rules().empty()) return;
  out << Heading("Not decided, for want of answers");
  for (const auto& rule : decision.undecided_rules()) {
    out << Fill(absl::StrCat(rule.flag(), " (", WordOf(rule.disposition()),
                             "): ", NamesOf(rule.items())),
                "  - ", "    ");
  }
}

void PrintScores(const Decision& decision, std::ostream& out) {
  if (decision.scores().empty()) return;
  out << Heading("Scores");
  for (const auto& score : decision.scores()) {
    std::string value = absl::StrCat(score.minimum());
    if (!score.complete()) {
      absl::StrAppend(&value, " to ", score.maximum(), ", not all answered");
    }
    if (!score.band_label().empty()) {
      absl::StrAppend(&value, ", ", score.band_label());
    }
    if (!score.validated()) value += " (local, not validated)";
    out << Fill(absl::StrCat(score.title(), ": ", value), "  - ", "    ");
  }
}

void PrintGuidance(const Decision& decision, std::ostream& out) {
  if (!decision.guidance().empty()) out << Heading("Guidance to show");
  for (const auto& shown : decision.guidance()) {
    out << "  " << shown.title() << "   [" << shown.guidance_id() << ", "
        << WordOf(shown.kind()) << ", " << WordOf(shown.audience()) << "]\n"
        << FillMarkdown(shown.body(), "    ")
        << Fill(absl::StrCat("Sources: ", absl::StrJoin(shown.sources(), ", ")),
                "    ", "      ");
  }
  if (!decision.withheld_guidance().empty()) out << Heading("Kept back");
  for (const auto& withheld : decision.withheld_guidance()) {
    std::string why = absl::StrJoin(withheld.rationales(), " ");
    if (why.empty()) why = WordOf(withheld.reason());
    if (!withheld.substitute_guidance_ids().empty()) {
      absl::StrAppend(&why, " Instead: ",
                      absl::StrJoin(withheld.substitute_guidance_ids(), ", "),
                      ".");
    }
    out << Fill(absl::StrCat(withheld.guidance_id(), ": ", why), "  - ",
                "    ");
  }
}

void PrintSigns(const Decision& decision, std::ostream& out) {
  out << Heading("Emergency signs to watch for");
  for (const auto& sign : decision.emergency_signs()) {
    out << Fill(sign.text(), "  - ", "    ");
  }
}

}  // namespace

void PrintDisposition(const Decision& decision, std::ostream& out) {
  const std::string title =
      absl::AsciiStrToUpper(decision.disposition_text().title());
  out << (title.empty() ? WordOf(decision.disposition()) : title) << "   ["
      << WordOf(decision.disposition()) << ", " << WordOf(decision.certainty())
      << "]\n"
      << Fill(decision.disposition_text().instruction(), "", "");
}

void PrintWithdrawn(std::ostream& out) {
  out << Fill(
      "WITHDRAWN CONTENT: the release that decided is withdrawn, and was used "
      "because there is nothing else. Call a person.",
      "", "");
}

void PrintAssessment(const triage::v1::Assessment& assessment,
                     std::ostream& out) {
  const Decision& decision = assessment.decision();
  PrintDisposition(decision, out);
  if (decision.most_urgent_possible() != decision.disposition()) {
    out << "Could still be as urgent as "
        << WordOf(decision.most_urgent_possible()) << ".\n";
  }
  PrintWarnings(assessment, out);
  PrintWhy(decision, out);
  if (!decision.flags().empty()) {
    out << '\n' << Fill(absl::StrJoin(decision.flags(), ", "), "Flags: ", "  ");
  }
  PrintUndecided(decision, out);
  PrintScores(decision, out);
  PrintGuidance(decision, out);
  PrintSigns(decision, out);
  out << '\n';
  if (!assessment.release().empty()) {
    out << "Release   " << assessment.release() << '\n';
  }
  out << "Content   " << decision.release_digest() << '\n'
      << "Decision  " << assessment.decision_digest() << '\n'
      << "Not medical advice. A clinician must approve the content before "
         "use.\n";
}

std::string AssessmentLine(
    const triage::v1::Assessment& assessment,
    const std::vector<std::pair<std::string, std::string>>& other_keys) {
  const Decision& decision = assessment.decision();
  nlohmann::ordered_json line = nlohmann::ordered_json::object();
  for (const auto& [key, value] : other_keys) {
    line[key] = nlohmann::ordered_json::parse(value, nullptr, false);
  }
  line["disposition"] = WordOf(decision.disposition());
  line["certainty"] = WordOf(decision.certainty());
  line["most_urgent_possible"] = WordOf(decision.most_urgent_possible());
  line["flags"] = std::vector<std::string>(decision.flags().begin(),
                                           decision.flags().end());
  std::vector<std::string> guidance;
  for (const auto& shown : decision.guidance()) {
    guidance.push_back(shown.guidance_id());
  }
  line["guidance"] = guidance;
  line["release_digest"] = decision.release_digest();
  line["decision_digest"] = assessment.decision_digest();
  return line.dump() + "\n";
}

}  // namespace plumbline::cli
