#include "cli/unfinished.h"

#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/print_decision.h"
#include "cli/text.h"

namespace plumbline::cli {

std::string UnfinishedText(const PathwayTexts& texts, int count,
                           const NextQuestion& last) {
  std::ostringstream out;
  out << "\nNO RESULT: the interview is not finished.\n";
  if (count > 0 && last.disposition > pathway::v1::DISPOSITION_SELF_CARE) {
    out << Fill(
        absl::StrCat(IsEmergency(last) ? "The answers so far are enough for: "
                                       : "Provisional, from what was asked "
                                         "so far: ",
                     texts.DispositionTitle(last.disposition), ". ",
                     texts.Instruction(last.disposition)),
        "", "");
    if (last.most_urgent_possible > last.disposition) {
      out << Fill(
          absl::StrCat("The questions that are left could make it as urgent "
                       "as ",
                       texts.DispositionTitle(last.most_urgent_possible), "."),
          "", "");
    }
  }
  PrintEmergencySigns(texts, out);
  return out.str();
}

}  // namespace plumbline::cli
