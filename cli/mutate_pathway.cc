#include "cli/mutate_pathway.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "content-service/gate/catch_mutation.h"
#include "content-service/gate/mutations.h"

namespace plumbline::cli {
namespace {

using gate::CaughtBy;
using gate::Mutation;

// Of one kind of mistake, how many are refused by what.
struct Count {
  int all = 0;
  std::map<CaughtBy, int> caught_by;

  int Of(CaughtBy by) const {
    const auto found = caught_by.find(by);
    return found == caught_by.end() ? 0 : found->second;
  }
  void Add(CaughtBy by) {
    ++all;
    ++caught_by[by];
  }
};

void PrintRow(const std::string& kind, const Count& count, std::ostream& out) {
  out << absl::StrFormat("  %-17s %5d  %9d  %13d  %6d  %6d  %10d\n", kind,
                         count.all, count.Of(CaughtBy::kNoEffect),
                         count.Of(CaughtBy::kReading),
                         count.Of(CaughtBy::kCases), count.Of(CaughtBy::kProof),
                         count.Of(CaughtBy::kNothing));
}

// Of a pathway that is refused as it is, every mistake would seem to be.
absl::Status RequirePasses(const pathway::v1::Pathway& pathway,
                           const std::string& date) {
  const Mutation nothing = {.kind = gate::MutationKind::kNegate,
                            .element = "",
                            .what = "",
                            .apply = [](pathway::v1::Pathway&) {}};
  const gate::Catch caught =
      gate::CatchMutation(pathway, nothing, date, {.clock = absl::Now});
  if (caught.why.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the pathway is refused as it is: ", caught.why));
}

}  // namespace

absl::Status MutatePathway(const pathway::ReadResult& read,
                           const MutateOptions& options, Console& console) {
  const std::string date =
      options.as_of_date.empty()
          ? absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone())
          : options.as_of_date;
  const pathway::v1::Pathway pathway = gate::WithoutTranslations(read.message);
  const absl::Status passes = RequirePasses(pathway, date);
  if (!passes.ok()) return passes;
  std::map<gate::MutationKind, Count> counts;
  Count total;
  std::vector<Mutation> survivors;
  {
    Progress progress(console, "mistakes tried");
    for (Mutation& mutation : gate::MutationsOf(pathway)) {
      if (!options.element.empty() && mutation.element != options.element) {
        continue;
      }
      const gate::Catch caught =
          gate::CatchMutation(pathway, mutation, date, {.clock = absl::Now});
      counts[mutation.kind].Add(caught.by);
      total.Add(caught.by);
      if (caught.by == CaughtBy::kNothing) {
        survivors.push_back(std::move(mutation));
      }
      progress.Update(total.all);
    }
  }
  if (total.all == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is nothing to get wrong in '", options.element,
                     "'; elements are named as in rules/R-E01"));
  }
  console.out << "  mistake             all  no effect  refused: read   cases "
                 "  proof  by nothing\n";
  for (const auto& [kind, count] : counts) {
    PrintRow(gate::ToString(kind), count, console.out);
  }
  PrintRow("all", total, console.out);
  const int with_effect = total.all - total.Of(CaughtBy::kNoEffect);
  const double score =
      with_effect == 0
          ? 100
          : 100.0 * (with_effect - total.Of(CaughtBy::kNothing)) / with_effect;
  console.out << absl::StrFormat(
      "  refused of those that have an effect: %.1f %%\n", score);
  for (const Mutation& survivor : survivors) {
    console.out << Fill(absl::StrCat(survivor.element, " ", survivor.what),
                        "  not refused: ", "    ");
  }
  if (score >= options.score_min) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "%.1f %% of the mistakes are refused, and %.1f %% are asked for", score,
      options.score_min));
}

}  // namespace plumbline::cli
