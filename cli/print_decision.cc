#include "cli/print_decision.h"

#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "cli/text.h"
#include "cli/unanswered.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using pathway::v1::Decision;
using pathway::v1::UnknownItem;

std::string Heading(absl::string_view title) {
  return absl::StrCat("\n", title, "\n");
}

std::string IdsOf(const UnknownItems& items) {
  return absl::StrJoin(items, ", ",
                       [](std::string* out, const UnknownItem& item) {
                         absl::StrAppend(out, item.link_id());
                       });
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

void PrintSources(const std::string& sources, std::ostream& out) {
  if (sources.empty()) return;
  out << Fill(absl::StrCat("Sources: ", sources), "    ", "      ");
}

void PrintRule(const pathway::v1::FiredRule& rule, const PathwayTexts& texts,
               std::ostream& out) {
  out << Fill(rule.rationale(), "  - ", "    ")
      << Fill(absl::StrCat(rule.flag(), " (", rule.rule_id(), ", ",
                           WordOf(rule.disposition()), ")"),
              "    ", "    ");
  PrintSources(texts.Sources(rule.sources(), rule.citations()), out);
}

// Policies that say the same.
struct PolicyGroup {
  const pathway::v1::AppliedPolicy* first;
  int count = 0;
};

bool SayTheSame(const pathway::v1::AppliedPolicy& left,
                const pathway::v1::AppliedPolicy& right) {
  return left.rule_id().empty() == right.rule_id().empty() &&
         left.flag() == right.flag() && left.at_least() == right.at_least() &&
         left.rationale() == right.rationale();
}

std::vector<PolicyGroup> GroupsOf(
    const google::protobuf::RepeatedPtrField<pathway::v1::AppliedPolicy>&
        policies) {
  std::vector<PolicyGroup> groups;
  for (const pathway::v1::AppliedPolicy& policy : policies) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&policy](const PolicyGroup& other) {
                                return SayTheSame(*other.first, policy);
                              });
    if (group == groups.end()) group = groups.insert(group, {&policy});
    ++group->count;
  }
  return groups;
}

// Items' policies say why themselves; those of rules are told by their number,
// for the rules stand under what is not decided.
void PrintPolicies(const PolicyGroup& group, std::ostream& out) {
  const pathway::v1::AppliedPolicy& policy = *group.first;
  std::string why = policy.rationale();
  if (!policy.rule_id().empty()) {
    why = absl::StrCat(group.count, group.count == 1 ? " rule" : " rules",
                       " could not be decided for want of answers; see the "
                       "end.");
  }
  out << Fill(why, "  - ", "    ")
      << Fill(absl::StrCat(policy.flag(), " (at least ",
                           WordOf(policy.at_least()), ")"),
              "    ", "    ");
}

// The reasons that give the result, or those that would give less: what they
// say of the time to be seen does not hold then.
void PrintReasons(const Decision& decision, bool deciding, const char* heading,
                  const PathwayTexts& texts, std::ostream& out) {
  bool is_first = true;
  const auto is_meant = [&](pathway::v1::Disposition disposition) {
    if ((disposition >= decision.disposition()) != deciding) return false;
    if (is_first) out << Heading(heading);
    is_first = false;
    return true;
  };
  for (const auto& rule : decision.fired_rules()) {
    if (is_meant(rule.disposition())) PrintRule(rule, texts, out);
  }
  for (const PolicyGroup& group : GroupsOf(decision.applied_policies())) {
    if (is_meant(group.first->at_least())) PrintPolicies(group, out);
  }
}

void PrintWhy(const Decision& decision, const PathwayTexts& texts,
              std::ostream& out) {
  PrintReasons(decision, /*deciding=*/true, "Why", texts, out);
  PrintReasons(decision, /*deciding=*/false,
               "Also true; the result above is more urgent", texts, out);
}

// Means have no end of digits.
std::string ScoreText(double value) {
  return absl::StrCat(std::round(value * 100) / 100);
}

// An instrument that is published is validated in its own wording alone.
const char* WhyNotValidated(const pathway::v1::ScoreResult& score) {
  return score.instrument_id().empty() ? " (local, not validated)"
                                       : " (not validated in this wording)";
}

void PrintScores(const Decision& decision, std::ostream& out) {
  if (decision.scores().empty()) return;
  out << Heading("Scores");
  for (const auto& score : decision.scores()) {
    std::string value = ScoreText(score.minimum());
    if (!score.complete()) {
      absl::StrAppend(&value, " to ", ScoreText(score.maximum()),
                      ", not all answered");
    }
    if (!score.band_label().empty()) {
      absl::StrAppend(&value, ", ", score.band_label());
    }
    if (score.has_estimate()) {
      absl::StrAppend(&value, "; estimated ",
                      ScoreText(score.estimate().value()),
                      score.estimate().band_label().empty() ? "" : ", ",
                      score.estimate().band_label());
    }
    if (!score.validated()) value += WhyNotValidated(score);
    out << Fill(absl::StrCat(score.title(), ": ", value), "  - ", "    ");
  }
}

std::string WhyWithheld(const pathway::v1::WithheldGuidance& withheld) {
  using Withheld = pathway::v1::WithheldGuidance;
  switch (withheld.reason()) {
    case Withheld::REASON_GATE:
      return absl::StrJoin(withheld.rationales(), " ");
    case Withheld::REASON_CONDITION_UNKNOWN:
      return "It is not known whether it is meant for this patient.";
    case Withheld::REASON_DISPOSITION:
      return "The result is too urgent for it.";
    case Withheld::REASON_EMERGENCY_UNANSWERED:
      return "A question about an emergency is not answered.";
    default:  // Of a newer service.
      return WordOf(withheld.reason());
  }
}

void PrintWithheld(const Decision& decision, const PathwayTexts& texts,
                   std::ostream& out) {
  if (decision.withheld_guidance().empty()) return;
  out << Heading("Kept back");
  for (const auto& withheld : decision.withheld_guidance()) {
    std::vector<std::string> instead;
    for (const std::string& id : withheld.substitute_guidance_ids()) {
      instead.push_back(texts.GuidanceTitle(id));
    }
    out << Fill(
        absl::StrCat(texts.GuidanceTitle(withheld.guidance_id()), ": ",
                     WhyWithheld(withheld), instead.empty() ? "" : " Instead: ",
                     absl::StrJoin(instead, ", "), instead.empty() ? "" : "."),
        "  - ", "    ");
  }
}

// The records for clinicians, or all others.
void PrintGuidance(const Decision& decision, bool for_clinicians,
                   const char* heading, const PathwayTexts& texts,
                   std::ostream& out) {
  bool is_first = true;
  for (const auto& shown : decision.guidance()) {
    if ((shown.audience() == pathway::v1::AUDIENCE_CLINICIAN) !=
        for_clinicians) {
      continue;
    }
    if (is_first) out << Heading(heading);
    is_first = false;
    out << "  " << shown.title() << "   [" << shown.guidance_id() << ", "
        << WordOf(shown.kind()) << ", " << WordOf(shown.audience()) << "]\n"
        << FillMarkdown(shown.body(), "    ");
    PrintSources(texts.SourcesByName(shown.sources()), out);
  }
}

// The questions in words, but for those in `told`; then the rules that wait for
// them, which name them by id: one question may keep many rules waiting.
void PrintUndecided(const Decision& decision, const Unanswered& told,
                    const PathwayTexts& texts, std::ostream& out) {
  Unanswered others(texts);
  for (const auto& policy : decision.applied_policies()) {
    others.Add(policy.items());
  }
  for (const auto& rule : decision.undecided_rules()) others.Add(rule.items());
  others.Remove(told);
  if (!others.empty()) {
    out << Heading(told.empty() ? "Not answered" : "Also not answered");
    others.Print(out);
  }
  if (decision.undecided_rules().empty()) return;
  out << Heading("Rules not decided, for want of answers");
  for (const auto& rule : decision.undecided_rules()) {
    out << Fill(
        absl::StrCat(rule.flag(), " (", rule.rule_id(), ", ",
                     WordOf(rule.disposition()), "): ", IdsOf(rule.items())),
        "  - ", "    ");
  }
}

}  // namespace

void PrintEmergencySigns(const std::vector<std::string>& signs,
                         std::ostream& out) {
  out << Heading("Emergency signs to watch for");
  for (const std::string& sign : signs) out << Fill(sign, "  - ", "    ");
}

void PrintEmergencySigns(const PathwayTexts& texts, std::ostream& out) {
  PrintEmergencySigns(texts.emergency_signs(), out);
  const std::string instruction =
      texts.Instruction(pathway::v1::DISPOSITION_EMERGENCY_NOW);
  if (!instruction.empty()) {
    out << Fill(absl::StrCat("If one of them is true: ", instruction), "", "");
  }
}

void PrintDisposition(const Decision& decision,
                      absl::string_view most_urgent_title, std::ostream& out) {
  const std::string& title = decision.disposition_text().title();
  out << (title.empty() ? WordOf(decision.disposition()) : title) << "   ["
      << WordOf(decision.disposition()) << ", " << WordOf(decision.certainty())
      << "]\n"
      << Fill(decision.disposition_text().instruction(), "", "");
  std::string certainty;
  if (decision.certainty() == pathway::v1::CERTAINTY_FINAL) {
    certainty = "Final: no answer that is missing could make it more urgent.";
  } else if (decision.most_urgent_possible() == decision.disposition()) {
    certainty = "Provisional: it rests on answers that are missing.";
  } else {
    certainty = absl::StrCat(
        "Provisional: answers that are missing could make it as urgent as ",
        most_urgent_title, ".");
  }
  out << Fill(certainty, "", "");
}

void PrintWithdrawn(std::ostream& out) {
  out << Fill(
      "WITHDRAWN CONTENT: the release that decided is withdrawn, and was used "
      "because there is nothing else. Call a person.",
      "", "");
}

void PrintAssessment(const triage::v1::Assessment& assessment,
                     const PathwayTexts& texts, std::ostream& out) {
  const Decision& decision = assessment.decision();
  Unanswered needed(texts);
  for (const auto& reason : decision.provisional_reasons()) {
    needed.Add(reason.items());
  }
  PrintDisposition(
      decision, texts.DispositionTitle(decision.most_urgent_possible()), out);
  PrintWarnings(assessment, out);
  if (!needed.empty()) {
    out << Heading("Not answered, and needed for a final result");
    needed.Print(out);
  }
  PrintWhy(decision, texts, out);
  if (!decision.flags().empty()) {
    out << '\n' << Fill(absl::StrJoin(decision.flags(), ", "), "Flags: ", "  ");
  }
  PrintScores(decision, out);
  PrintGuidance(decision, /*for_clinicians=*/false, "Guidance to show", texts,
                out);
  PrintGuidance(decision, /*for_clinicians=*/true, "For the clinician", texts,
                out);
  PrintWithheld(decision, texts, out);
  std::vector<std::string> signs;
  for (const auto& sign : decision.emergency_signs()) {
    signs.push_back(sign.text());
  }
  PrintEmergencySigns(signs, out);
  PrintUndecided(decision, needed, texts, out);
  out << '\n';
  if (!assessment.release().empty()) {
    out << "Release   " << assessment.release() << '\n';
  }
  out << "Content   " << decision.release_digest() << '\n'
      << "Decision  " << assessment.decision_digest() << '\n'
      << "Not medical advice. A clinician must approve the content before "
         "use.\n";
}

}  // namespace plumbline::cli
