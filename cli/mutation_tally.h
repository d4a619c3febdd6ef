// How many small mistakes in a pathway are refused, and by what.

#ifndef PLUMBLINE_CLI_MUTATION_TALLY_H_
#define PLUMBLINE_CLI_MUTATION_TALLY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/console.h"
#include "content-service/gate/catch_mutation.h"
#include "content-service/gate/mutations.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

// Of one kind of mistake, or of all.
struct MutationCount {
  int all = 0;
  std::map<gate::CaughtBy, int> caught_by;

  int Of(gate::CaughtBy by) const {
    const auto found = caught_by.find(by);
    return found == caught_by.end() ? 0 : found->second;
  }
  int WithEffect() const { return all - Of(gate::CaughtBy::kNoEffect); }
};

struct MutationTally {
  std::map<gate::MutationKind, MutationCount> by_kind;
  MutationCount total;
  // Those that change a decision, and that nothing refuses.
  std::vector<gate::Mutation> survivors;

  // Of those that have an effect, how many percent are refused.
  double Score() const;
};

// Tries every mistake in `element` ("rules/R-E01"; empty: in all), without
// translations, and says meanwhile how many it tried. `as_of_date` is a day,
// such as 2027-05-31; empty: today (UTC). FAILED_PRECONDITION where the pathway
// is refused as it is, INVALID_ARGUMENT where there is nothing to get wrong.
absl::StatusOr<MutationTally> TallyMutations(
    const pathway::v1::Pathway& pathway, const std::string& element,
    const std::string& as_of_date, Console& console);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_MUTATION_TALLY_H_
