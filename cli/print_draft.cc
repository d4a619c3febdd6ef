#include "cli/print_draft.h"

#include "cli/words.h"

namespace plumbline::cli {

using content::v1::Draft;

void PrintDraftLine(const Draft& draft, std::ostream& out) {
  out << draft.name() << "  " << WordOf(draft.state()) << "  by "
      << draft.author();
  if (!draft.digest().empty()) out << "  " << draft.digest();
  if (!draft.release().empty()) out << "  " << draft.release();
  out << '\n';
}

void PrintDraft(const Draft& draft, std::ostream& out) {
  PrintDraftLine(draft, out);
  if (!draft.note().empty()) out << "  note: " << draft.note() << '\n';
  if (draft.has_report()) {
    out << "  gate: " << (draft.report().passed() ? "passed" : "failed")
        << '\n';
  }
  if (draft.approvals_required() > 0) {
    out << "  approvals: " << draft.approvals_size() << " of "
        << draft.approvals_required() << '\n';
  }
  for (const auto& approval : draft.approvals()) {
    out << "    by " << approval.principal() << '\n';
  }
  if (draft.has_rejection()) {
    out << "  rejected by " << draft.rejection().principal() << ": "
        << draft.rejection().reason() << '\n';
  }
}

}  // namespace plumbline::cli
