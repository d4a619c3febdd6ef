#include "cli/mutation_tally.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/progress.h"

namespace plumbline::cli {
namespace {

using gate::CaughtBy;
using gate::Mutation;

void Add(CaughtBy by, MutationCount& count) {
  ++count.all;
  ++count.caught_by[by];
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
      absl::StrCat("the pathway is refused as it is, see plumb pathway "
                   "verify: ",
                   caught.why));
}

}  // namespace

double MutationTally::Score() const {
  const int with_effect = total.WithEffect();
  if (with_effect == 0) return 100;
  return 100.0 * (with_effect - total.Of(CaughtBy::kNothing)) / with_effect;
}

absl::StatusOr<MutationTally> TallyMutations(
    const pathway::v1::Pathway& original, const std::string& element,
    const std::string& as_of_date, Console& console) {
  const std::string date =
      as_of_date.empty()
          ? absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone())
          : as_of_date;
  const pathway::v1::Pathway pathway = gate::WithoutTranslations(original);
  const absl::Status passes = RequirePasses(pathway, date);
  if (!passes.ok()) return passes;
  MutationTally tally;
  Progress progress(console, "mistakes tried");
  for (Mutation& mutation : gate::MutationsOf(pathway)) {
    if (!element.empty() && mutation.element != element) continue;
    const gate::Catch caught =
        gate::CatchMutation(pathway, mutation, date, {.clock = absl::Now});
    Add(caught.by, tally.by_kind[mutation.kind]);
    Add(caught.by, tally.total);
    if (caught.by == CaughtBy::kNothing) {
      tally.survivors.push_back(std::move(mutation));
    }
    progress.Update(tally.total.all);
  }
  if (tally.total.all > 0) return tally;
  return absl::InvalidArgumentError(
      absl::StrCat("there is nothing to get wrong in '", element,
                   "'; elements are named as in rules/R-E01"));
}

}  // namespace plumbline::cli
