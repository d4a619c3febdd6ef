#include "cli/print_diff.h"

#include <google/protobuf/util/message_differencer.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/words.h"
#include "content-service/gate/case_form.h"

namespace plumbline::cli {
namespace {

using content::v1::DispositionEffect;
using content::v1::EffectExample;
using content::v1::ElementChange;
using google::protobuf::util::MessageDifferencer;

const char* TitleOf(const DispositionEffect& effect) {
  const bool less =
      effect.direction() == DispositionEffect::DIRECTION_LESS_URGENT;
  if (effect.intakes() == DispositionEffect::INTAKES_COMPLETE) {
    return less ? "Less urgent, everything answered"
                : "More urgent, everything answered";
  }
  return less ? "Less urgent, something unanswered"
              : "More urgent, something unanswered";
}

bool IsSameIntake(const EffectExample& example) {
  pathway::v1::Case before = example.base_intake();
  before.set_expected_disposition(example.intake().expected_disposition());
  return MessageDifferencer::Equals(before, example.intake());
}

// Of a complete intake the answers that are not calm.
std::string WhatIsTelling(const EffectExample& example,
                          const DispositionEffect& effect) {
  if (effect.intakes() != DispositionEffect::INTAKES_COMPLETE) return "";
  if (example.link_ids().empty()) return ", with the calmest answers";
  return absl::StrCat(", with the calmest answers but to ",
                      absl::StrJoin(example.link_ids(), ", "));
}

void PrintExample(const EffectExample& example, const DispositionEffect& effect,
                  std::ostream& out) {
  out << "  " << WordOf(example.base_disposition()) << " -> "
      << WordOf(example.target_disposition()) << WhatIsTelling(example, effect)
      << '\n';
  if (IsSameIntake(example)) {
    out << "    " << gate::CaseForm(example.intake()) << '\n';
    return;
  }
  out << "    before " << gate::CaseForm(example.base_intake()) << '\n'
      << "    after  " << gate::CaseForm(example.intake()) << '\n';
}

void PrintEffect(const DispositionEffect& effect, std::ostream& out) {
  out << TitleOf(effect) << ": ";
  switch (effect.verdict()) {
    case DispositionEffect::VERDICT_NONE:
      out << "no intake (proved)\n";
      return;
    case DispositionEffect::VERDICT_SOME:
      out << "some intakes, such as\n";
      break;
    case DispositionEffect::VERDICT_TIMED_OUT:
    default:
      out << "NOT DECIDED, " << effect.reason() << '\n';
      return;
  }
  for (const EffectExample& example : effect.examples()) {
    PrintExample(example, effect, out);
  }
  if (!effect.reason().empty()) {
    out << "  perhaps more: " << effect.reason() << '\n';
  }
}

// The lines of a text behind a mark, or nothing.
void PrintText(absl::string_view text, absl::string_view mark,
               std::ostream& out) {
  if (text.empty()) return;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty()) out << "    " << mark << ' ' << line << '\n';
  }
}

void PrintChange(const ElementChange& change, std::ostream& out) {
  out << "  " << change.element() << ' ' << WordOf(change.kind()) << '\n';
  PrintText(change.before(), "-", out);
  PrintText(change.after(), "+", out);
}

}  // namespace

void PrintDiff(const content::v1::ReleaseDiff& diff, std::ostream& out) {
  for (const DispositionEffect& effect : diff.effects()) {
    PrintEffect(effect, out);
  }
  out << (diff.decisions_are_same()
              ? "Questions, flags and guidance: the same (proved)\n"
              : "Questions, flags or guidance: may differ, see the changed "
                "elements\n")
      << '\n'
      << (diff.changes().empty()
              ? "No element differs\n"
              : absl::StrCat("Changed elements: ", diff.changes_size(), "\n"));
  for (const ElementChange& change : diff.changes()) PrintChange(change, out);
}

}  // namespace plumbline::cli
