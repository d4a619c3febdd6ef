#include "tests/robustness/kill_run.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/file/file_system.h"
#include "common/rpc/client_channel.h"
#include "common/rpc/tokens.h"
#include "plumbline/triage/v1/triage_service.grpc.pb.h"

namespace plumbline::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kKillsBetweenConvergences = 50;
constexpr std::uint32_t kLongestLifeMs = 150;
// A failpoint that is not reached until then is given up for a kill by time.
constexpr milliseconds kFailpointTimeout{3000};
// Of the replicas that are started, one in so many is not to die at a
// failpoint; and of those, one in so many is killed at each kill of
// content-service.
constexpr std::uint32_t kReplicaStaysOneIn = 4;
constexpr std::uint32_t kReplicaRestartOneIn = 3;

// Reached at the start alone, where the file with the port is written.
bool IsOfStart(const std::string& failpoint) {
  return failpoint.rfind("file.", 0) == 0;
}

std::vector<std::string> ContentFailpoints() {
  return {"answer.before-send",         "change.before-write",
          "file.before-directory-sync", "file.before-rename",
          "file.before-sync",           "gate.before-result",
          "store.after-begin",          "store.after-commit",
          "store.before-commit",        "sync.before-send"};
}

std::vector<std::string> ReplicaFailpoints() {
  return {"acknowledgement.before-send",  "file.before-directory-sync",
          "file.before-rename",           "file.before-sync",
          "last-known-good.before-write", "last-known-good.after-write",
          "replica.after-verify",         "replica.before-swap"};
}

}  // namespace

std::string KillRun::Deck::Draw(std::minstd_rand& random) {
  if (left_.empty()) {
    left_ = names_;
    std::shuffle(left_.begin(), left_.end(), random);
  }
  std::string name = std::move(left_.back());
  left_.pop_back();
  return name;
}

KillRun::KillRun(const KillOptions& options)
    : options_(options),
      random_(options.seed),
      client_(pair_, options.seed),
      content_failpoints_(ContentFailpoints()),
      replica_failpoints_(ReplicaFailpoints()) {
  auto policy = trust::ReadTrustPolicy(file::PosixFileSystem(),
                                       pair_.InFolder("trust_policy.txtpb"));
  if (!policy.ok()) {
    Problem(std::string(policy.status().message()));
    return;
  }
  policy_ = *std::move(policy);
  replicas_.push_back({"replica-1", nullptr});
  replicas_.push_back({"replica-2", nullptr});
}

bool KillRun::HasPort() const {
  std::ifstream file(pair_.InFolder("content.port"));
  std::string port;
  return std::getline(file, port) && !file.eof();
}

void KillRun::StartContent(const std::vector<std::string>& environment) {
  std::filesystem::remove(pair_.InFolder("content.port"));
  std::vector<std::string> all = environment;
  all.push_back("PLUMBLINE_FAILPOINT_HITS=" + pair_.InFolder("hits"));
  content_ = pair_.Start("content-service-with-faults", pair_.ContentFlags(),
                         "content.log", all);
  WaitUntil([this] { return HasPort() || !content_->IsRunning(); });
}

void KillRun::StartReplica(Replica& replica, bool is_to_die) {
  std::vector<std::string> environment = {"PLUMBLINE_FAILPOINT_HITS=" +
                                          pair_.InFolder("hits")};
  replica.is_to_die = is_to_die;
  if (is_to_die) {
    environment.push_back(absl::StrCat(
        "PLUMBLINE_FAILPOINTS=", replica_failpoints_.Draw(random_), "=kill@1"));
  }
  std::vector<std::string> flags = pair_.TriageFlags();
  flags.insert(
      flags.end(),
      {"--listen_address=127.0.0.1:0", "--channels=tiny/stable",
       absl::StrCat("--port_file=", pair_.InFolder(replica.id), ".port"),
       absl::StrCat("--state_dir=", pair_.InFolder(replica.id), ".state"),
       absl::StrCat("--replica_id=", replica.id)});
  std::filesystem::remove(pair_.InFolder(replica.id) + ".port");
  replica.process = pair_.Start("triage-service-with-faults", flags,
                                replica.id + ".log", environment);
}

void KillRun::CareForReplicas() {
  for (Replica& replica : replicas_) {
    if (replica.process != nullptr) {
      const bool lives = replica.process->IsRunning();
      const bool stays =
          replica.is_to_die || random_() % kReplicaRestartOneIn != 0;
      if (lives && stays) continue;
      replica.process->Kill();
      ++counts_.kills_of_replicas;
    }
    StartReplica(replica, random_() % kReplicaStaysOneIn != 0);
  }
}

void KillRun::WriteUntilDead(bool by_failpoint) {
  client_.Connect(pair_.content_address());
  std::thread killer;
  if (!by_failpoint) {
    const milliseconds life(random_() % kLongestLifeMs);
    killer = std::thread([life, pid = content_->pid()] {
      std::this_thread::sleep_for(life);
      kill(pid, SIGKILL);
    });
  }
  const auto give_up = Clock::now() + kFailpointTimeout;
  absl::Status status;
  while (status.ok()) {
    status = client_.Step();
    if (by_failpoint && Clock::now() > give_up) break;
  }
  if (killer.joinable()) killer.join();
  if (!status.ok() && !absl::IsUnavailable(status)) {
    Problem(absl::StrCat("a call was refused: ", status.ToString()));
  } else if (!status.ok() &&
             !WaitUntil([this] { return !content_->IsRunning(); })) {
    Problem(absl::StrCat("a call was cut by a service that lives: ",
                         status.ToString()));
  }
  content_->Kill();
}

void KillRun::LiveAndDie() {
  const bool by_failpoint = counts_.kills % 2 == 0;
  const bool is_lossy = random_() % 2 == 0;
  std::vector<std::string> environment;
  if (options_.unsynced && counts_.kills > 0) {
    environment.push_back(
        absl::StrCat("PLUMBLINE_DISK=unsynced:seed=", random_()));
  } else if (is_lossy) {
    environment.push_back(
        absl::StrCat("PLUMBLINE_DISK=lossy:seed=", random_()));
    ++counts_.kills_on_lossy_disk;
  }
  if (by_failpoint) {
    const std::string failpoint = content_failpoints_.Draw(random_);
    const std::uint32_t number = IsOfStart(failpoint) ? 1 : 1 + random_() % 4;
    environment.push_back(
        absl::StrCat("PLUMBLINE_FAILPOINTS=", failpoint, "=kill@", number));
  }
  StartContent(environment);
  CareForReplicas();
  if (content_->IsRunning()) WriteUntilDead(by_failpoint);
  ++counts_.kills;
  const StoreState state =
      InspectStore(pair_.InFolder("content.sqlite"),
                   pair_.InFolder("inspected"), *policy_, verified_);
  for (const std::string& problem : client_.Compare(state)) {
    Problem(absl::StrCat("kill ", counts_.kills, " (",
                         absl::StrJoin(environment, " "), "): ", problem));
  }
}

std::string KillRun::ServedBy(const Replica& replica) const {
  std::ifstream file(pair_.InFolder(replica.id) + ".port");
  std::string port;
  std::getline(file, port);
  const auto token =
      rpc::ReadClientToken(file::PosixFileSystem(), pair_.TokenFile("reader"));
  if (port.empty() || !token.ok()) return "";
  const auto stub = triage::v1::TriageService::NewStub(
      rpc::NewChannel({.target = "127.0.0.1:" + port, .own_connection = true}));
  grpc::ClientContext context;
  rpc::PrepareCall({.token = *token}, &context);
  triage::v1::GetServerInfoResponse response;
  const grpc::Status status = stub->GetServerInfo(
      &context, triage::v1::GetServerInfoRequest(), &response);
  if (!status.ok() || response.server_info().channels_size() != 1) return "";
  const triage::v1::ServedChannel& served = response.server_info().channels(0);
  return absl::StrCat(served.cursor().epoch(), "-", served.cursor().number(),
                      " ", served.release());
}

void KillRun::ExpectConvergence() {
  StartContent({});
  client_.Connect(pair_.content_address());
  for (Replica& replica : replicas_) {
    if (replica.process != nullptr) {
      if (replica.process->IsRunning() && !replica.is_to_die) continue;
      replica.process->Kill();
    }
    StartReplica(replica, /*is_to_die=*/false);
  }
  // To where the kills have left the channel, and from there to the next move.
  for (int round = 0; round < 2; ++round) {
    const std::string before = client_.newest_move();
    absl::Status status = client_.Step();
    while (status.ok() && client_.newest_move() == before &&
           (round > 0 || before.empty())) {
      status = client_.Step();
    }
    if (!status.ok()) Problem(absl::StrCat("at rest: ", status.ToString()));
    const std::string newest =
        absl::StrCat(client_.newest_move(), " ", client_.newest_release());
    for (const Replica& replica : replicas_) {
      if (WaitUntil([&] { return ServedBy(replica) == newest; })) continue;
      Problem(absl::StrCat(replica.id, " serves ", ServedBy(replica),
                           ", and not ", newest));
    }
  }
  ++counts_.convergences;
  content_->Kill();
}

std::vector<std::string> KillRun::Run() {
  while (counts_.kills < options_.kills && problems_.empty()) {
    LiveAndDie();
    const bool is_due = counts_.kills % kKillsBetweenConvergences == 0 ||
                        counts_.kills == options_.kills;
    if (is_due && problems_.empty()) ExpectConvergence();
  }
  return problems_;
}

KillCounts KillRun::Counts() const {
  KillCounts counts = counts_;
  counts.acknowledged = client_.acknowledged();
  counts.cut = client_.cut();
  const auto hits = ReadFailpointHits(pair_.InFolder("hits"));
  if (!hits.ok()) return counts;
  for (const std::vector<std::string>& names :
       {ContentFailpoints(), ReplicaFailpoints()}) {
    for (const std::string& name : names) {
      const auto found = hits->find(name);
      if (found != hits->end()) counts.failpoints[name] = found->second;
    }
  }
  return counts;
}

}  // namespace plumbline::testing
