// What the store of a content-service that was killed holds, and what is wrong
// with it in itself.

#ifndef PLUMBLINE_TESTS_ROBUSTNESS_STORE_STATE_H_
#define PLUMBLINE_TESTS_ROBUSTNESS_STORE_STATE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/trust/trust_policy.h"

namespace plumbline::testing {

// A state in words, by what it is the state of:
//   pathways/tiny/drafts/d1            -> STATE_APPROVED
//   pathways/tiny/releases/2           -> STATE_PUBLISHED <digest>
//   pathways/tiny/channels/beta/moves/1-3 -> pathways/tiny/releases/2
using Facts = std::map<std::string, std::string>;

struct StoreState {
  Facts facts;
  // The ids of the requests whose answers are kept.
  std::set<std::string> request_ids;
  // What no store may be, whatever was written to it: unsound, or half.
  std::vector<std::string> problems;
};

// The state of the store at `path`, of which a copy is read that is made in
// `folder`, so that the next start finds what the kill has left. `verified` are
// the digests of releases that need not be verified again; it is added to.
StoreState InspectStore(const std::string& path, const std::string& folder,
                        const trust::TrustPolicy& policy,
                        std::set<std::string>& verified);

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_ROBUSTNESS_STORE_STATE_H_
