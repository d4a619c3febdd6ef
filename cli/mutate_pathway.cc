#include "cli/mutate_pathway.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/mutation_tally.h"
#include "cli/text.h"

namespace plumbline::cli {
namespace {

using gate::CaughtBy;

void PrintRow(const std::string& kind, const MutationCount& count,
              std::ostream& out) {
  out << absl::StrFormat("  %-17s %5d  %9d  %13d  %6d  %6d  %10d\n", kind,
                         count.all, count.Of(CaughtBy::kNoEffect),
                         count.Of(CaughtBy::kReading),
                         count.Of(CaughtBy::kCases), count.Of(CaughtBy::kProof),
                         count.Of(CaughtBy::kNothing));
}

}  // namespace

absl::Status MutatePathway(const pathway::ReadResult& read,
                           const MutateOptions& options, Console& console) {
  const auto tally = TallyMutations(read.message, options.element,
                                    options.as_of_date, console);
  if (!tally.ok()) return tally.status();
  console.out << "  mistake             all  no effect  refused: read   cases "
                 "  proof  by nothing\n";
  for (const auto& [kind, count] : tally->by_kind) {
    PrintRow(gate::ToString(kind), count, console.out);
  }
  PrintRow("all", tally->total, console.out);
  const double score = tally->Score();
  console.out << absl::StrFormat(
      "  refused of those that have an effect: %.1f %%\n", score);
  for (const gate::Mutation& survivor : tally->survivors) {
    console.out << Fill(absl::StrCat(survivor.element, " ", survivor.what),
                        "  not refused: ", "    ");
  }
  if (score >= options.score_min) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "%.1f %% of the mistakes are refused, and %.1f %% are asked for", score,
      options.score_min));
}

}  // namespace plumbline::cli
