// A run of kills: a content-service that is killed again and again while a
// client writes, and two replicas that follow it. Half of the kills are at a
// failpoint, half at a time; half of the lives of the service are on a disk
// that loses what was not synced.
//
// After each kill the store is inspected as the kill has left it, and compared
// with what the client knows. Every so often the replicas must have come to the
// newest move.

#ifndef PLUMBLINE_TESTS_ROBUSTNESS_KILL_RUN_H_
#define PLUMBLINE_TESTS_ROBUSTNESS_KILL_RUN_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "common/trust/trust_policy.h"
#include "tests/faults/failpoints.h"
#include "tests/robustness/publishing_client.h"
#include "tests/support/child_process.h"
#include "tests/support/local_pair.h"

namespace plumbline::testing {

struct KillOptions {
  int kills = 25;
  std::uint32_t seed = 1;
  // Every disk loses, and the store's syncs are ignored: a store that answers
  // before what it answers for is safe.
  bool unsynced = false;
};

struct KillCounts {
  int kills = 0;
  int kills_on_lossy_disk = 0;
  int kills_of_replicas = 0;
  int convergences = 0;
  int acknowledged = 0;
  int cut = 0;
  // Of those that the run kills at.
  std::map<std::string, FailpointHits> failpoints;
};

class KillRun {
 public:
  explicit KillRun(const KillOptions& options);

  // Runs, up to the first kill after which something is wrong. Returns what.
  std::vector<std::string> Run();

  // What happened so far.
  KillCounts Counts() const;

 private:
  struct Replica {
    std::string id;
    std::unique_ptr<ChildProcess> process;
    bool is_to_die = false;  // At a failpoint.
  };

  // Names to draw from, each once before any comes again.
  class Deck {
   public:
    explicit Deck(std::vector<std::string> names) : names_(std::move(names)) {}
    std::string Draw(std::minstd_rand& random);

   private:
    std::vector<std::string> names_;
    std::vector<std::string> left_;
  };

  // Starts content-service, writes until it is dead, and compares.
  void LiveAndDie();
  // Starts all that has faults without; the replicas follow to the newest move,
  // twice.
  void ExpectConvergence();
  // Starts what has died, and at times kills one; of those it starts, most are
  // to die at a failpoint.
  void CareForReplicas();
  void StartReplica(Replica& replica, bool is_to_die);
  void StartContent(const std::vector<std::string>& environment);
  bool HasPort() const;
  // Writes until the service is gone.
  void WriteUntilDead(bool by_failpoint);
  // What a replica serves: the move and the release.
  std::string ServedBy(const Replica& replica) const;
  void Problem(const std::string& what) { problems_.push_back(what); }

  const KillOptions options_;
  std::minstd_rand random_;
  LocalPair pair_;
  std::optional<trust::TrustPolicy> policy_;
  PublishingClient client_;
  Deck content_failpoints_;
  Deck replica_failpoints_;
  std::unique_ptr<ChildProcess> content_;
  std::vector<Replica> replicas_;
  std::set<std::string> verified_;
  std::vector<std::string> problems_;
  KillCounts counts_;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_ROBUSTNESS_KILL_RUN_H_
