#include "tests/faults/failpoints.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/fault/failpoint.h"
#include "common/sync/mutex.h"

namespace plumbline::testing {
namespace {

// One count as it stands in the file.
struct Slot {
  char name[48];
  std::int64_t hits;
  std::int64_t acted;
};
constexpr std::size_t kSlots = 64;
constexpr std::size_t kFileBytes = kSlots * sizeof(Slot);

enum class Action { kKill, kStop, kFail, kDelay };

struct Arming {
  Action action = Action::kKill;
  absl::Duration delay;
  std::int64_t at = 0;  // The number of the hit; 0: at random.
  double probability = 0;
  std::minstd_rand random;
};

struct Point {
  std::string name;
  bool can_fail = false;
  std::int64_t hits = 0;
  bool armed = false;
  Arming arming;
  Slot* slot = nullptr;  // In the file, where there is one.
};

struct Points {
  sync::Mutex mutex;
  std::vector<Point> all ABSL_GUARDED_BY(mutex);
};

// Made at its first use, which is before main().
Points& AllPoints() {
  static Points& points = *new Points;
  return points;
}

void Add(std::int64_t& count) {
  std::atomic_ref<std::int64_t>(count).fetch_add(1);
}

absl::Status Wrong(absl::string_view part, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("failpoint setting '", part, "': ", why));
}

absl::Status ReadAction(absl::string_view part, absl::string_view text,
                        Arming& arming) {
  int milliseconds = 0;
  if (text == "kill") {
    arming.action = Action::kKill;
  } else if (text == "stop") {
    arming.action = Action::kStop;
  } else if (text == "fail") {
    arming.action = Action::kFail;
  } else if (absl::ConsumePrefix(&text, "delay:") &&
             absl::SimpleAtoi(text, &milliseconds) && milliseconds >= 0) {
    arming.action = Action::kDelay;
    arming.delay = absl::Milliseconds(milliseconds);
  } else {
    return Wrong(part, "the action must be kill, stop, fail or delay:MS");
  }
  return absl::OkStatus();
}

absl::Status ReadTrigger(absl::string_view part, absl::string_view text,
                         Arming& arming) {
  std::uint32_t seed = 0;
  if (absl::SimpleAtoi(text, &arming.at) && arming.at > 0) {
    return absl::OkStatus();
  }
  arming.at = 0;
  const std::vector<absl::string_view> words = absl::StrSplit(text, ':');
  if (words.size() == 3 && words[0] == "random" &&
      absl::SimpleAtod(words[1], &arming.probability) &&
      arming.probability >= 0 && arming.probability <= 1 &&
      absl::SimpleAtoi(words[2], &seed)) {
    arming.random.seed(seed);
    return absl::OkStatus();
  }
  return Wrong(part,
               "when must be @N, N from 1, or @random:P:SEED, P from 0 to 1");
}

Point* Find(std::vector<Point>& points, absl::string_view name) {
  for (Point& point : points) {
    if (point.name == name) return &point;
  }
  return nullptr;
}

std::string NamesOf(const std::vector<Point>& points) {
  return absl::StrJoin(points, ", ", [](std::string* out, const Point& point) {
    out->append(point.name);
  });
}

// "store.before-commit=kill@3"
absl::Status Arm(absl::string_view part, std::vector<Point>& points) {
  const std::pair<absl::string_view, absl::string_view> sides =
      absl::StrSplit(part, absl::MaxSplits('=', 1));
  const std::pair<absl::string_view, absl::string_view> what =
      absl::StrSplit(sides.second, absl::MaxSplits('@', 1));
  Point* const point = Find(points, sides.first);
  if (point == nullptr) {
    return Wrong(part, absl::StrCat("no such failpoint in this program; there "
                                    "are ",
                                    NamesOf(points)));
  }
  if (point->armed) return Wrong(part, "the failpoint is set twice");
  absl::Status status = ReadAction(part, what.first, point->arming);
  if (status.ok()) status = ReadTrigger(part, what.second, point->arming);
  if (!status.ok()) return status;
  if (point->arming.action == Action::kFail && !point->can_fail) {
    return Wrong(part, "nothing can fail there: use kill, stop or delay:MS");
  }
  point->armed = true;
  return absl::OkStatus();
}

bool IsDue(Point& point) {
  if (!point.armed) return false;
  if (point.arming.at > 0) return point.hits == point.arming.at;
  return std::uniform_real_distribution<double>()(point.arming.random) <
         point.arming.probability;
}

// The slots of an open file, mapped; null where they cannot be.
Slot* Map(int file) {
  void* const mapped =
      mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<Slot*>(mapped);
}

// The slot of `name`: that of another process, or the first free one.
Slot* TakeSlot(Slot* slots, const std::string& name) {
  for (std::size_t i = 0; i < kSlots; ++i) {
    Slot& slot = slots[i];
    if (slot.name[0] == '\0') {
      std::strncpy(slot.name, name.c_str(), sizeof slot.name - 1);
    }
    if (slot.name == name) return &slot;
  }
  return nullptr;
}

}  // namespace

absl::Status SetFailpoints(absl::string_view setting) {
  Points& points = AllPoints();
  const sync::MutexLock lock(points.mutex);
  std::vector<Point> armed = points.all;
  for (Point& point : armed) {
    point.armed = false;
    point.hits = 0;
  }
  const std::vector<absl::string_view> parts =
      absl::StrSplit(setting, ',', absl::SkipEmpty());
  for (const absl::string_view part : parts) {
    const absl::Status status = Arm(part, armed);
    if (!status.ok()) return status;
  }
  points.all = std::move(armed);
  return absl::OkStatus();
}

absl::Status CountFailpointHits(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || flock(file, LOCK_EX) != 0 ||
      ftruncate(file, kFileBytes) != 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot count failpoint hits in '", path, "'"));
  }
  // It stays mapped until the end of the process.
  Slot* const slots = Map(file);
  absl::Status status;
  if (slots == nullptr) status = absl::UnavailableError("mmap failed");
  Points& points = AllPoints();
  const sync::MutexLock lock(points.mutex);
  for (Point& point : points.all) {
    if (!status.ok()) break;
    point.slot = TakeSlot(slots, point.name);
    if (point.slot == nullptr) {
      status = absl::ResourceExhaustedError(
          absl::StrCat("'", path, "' has no place for failpoint ", point.name));
    }
  }
  // By hand: the mapping keeps the file open, and with it the lock.
  flock(file, LOCK_UN);
  close(file);
  return status;
}

absl::StatusOr<std::map<std::string, FailpointHits>> ReadFailpointHits(
    const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  struct stat found = {};
  Slot* slots = nullptr;
  if (file >= 0 && fstat(file, &found) == 0 && found.st_size == kFileBytes) {
    slots = Map(file);
  }
  if (file >= 0) close(file);
  if (slots == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("'", path, "' is not a file of failpoint hits"));
  }
  std::map<std::string, FailpointHits> hits;
  for (std::size_t i = 0; i < kSlots && slots[i].name[0] != '\0'; ++i) {
    hits[slots[i].name] = {std::atomic_ref(slots[i].hits).load(),
                           std::atomic_ref(slots[i].acted).load()};
  }
  munmap(slots, kFileBytes);
  return hits;
}

}  // namespace plumbline::testing

namespace plumbline::fault {

using testing::Action;
using testing::AllPoints;
using testing::Arming;

int Register(const char* name, bool can_fail) {
  testing::Points& points = AllPoints();
  const sync::MutexLock lock(points.mutex);
  points.all.push_back({.name = name, .can_fail = can_fail});
  return static_cast<int>(points.all.size()) - 1;
}

absl::Status Hit(int point_number) {
  Action action;
  absl::Duration delay;
  std::string name;
  {
    testing::Points& points = AllPoints();
    const sync::MutexLock lock(points.mutex);
    testing::Point& point = points.all[static_cast<std::size_t>(point_number)];
    ++point.hits;
    if (point.slot != nullptr) testing::Add(point.slot->hits);
    if (!testing::IsDue(point)) return absl::OkStatus();
    if (point.slot != nullptr) testing::Add(point.slot->acted);
    action = point.arming.action;
    delay = point.arming.delay;
    name = point.name;
  }
  switch (action) {
    case Action::kKill:
      kill(getpid(), SIGKILL);
      while (true) pause();  // The end may come to another thread first.
    case Action::kStop:
      kill(getpid(), SIGSTOP);
      return absl::OkStatus();
    case Action::kFail:
      return absl::UnavailableError(
          absl::StrCat("failpoint ", name, " was told to fail"));
    case Action::kDelay:
      std::this_thread::sleep_for(absl::ToChronoNanoseconds(delay));
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace plumbline::fault
