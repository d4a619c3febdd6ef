// A TCP proxy on loopback that does to connections what networks do: drops,
// delays, corrupts, half-closes, throttles and stalls them, each for one
// direction, on connections that are open and on later ones.
//
//   FaultyProxy proxy(port);
//   proxy.StallAfter(Direction::kToClient, 32 << 10);
//
// Bytes are counted over all connections of a direction, from the call that
// names them. Without faults it forwards everything, and the end of what a side
// sends. Thread-safe.

#ifndef PLUMBLINE_TESTS_FAULTS_FAULTY_PROXY_H_
#define PLUMBLINE_TESTS_FAULTS_FAULTY_PROXY_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <list>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "common/sync/mutex.h"

namespace plumbline::testing {

enum class Direction { kToServer, kToClient };

class FaultyProxy {
 public:
  // Forwards to `target_port` of loopback.
  explicit FaultyProxy(int target_port);
  // Ends every connection.
  ~FaultyProxy();

  FaultyProxy(const FaultyProxy&) = delete;
  FaultyProxy& operator=(const FaultyProxy&) = delete;

  std::string address() const;

  // Resets every connection that is open.
  void Drop();
  // Lets `bytes` more bytes through, from 1, then resets the connection that
  // the last of them came on.
  void DropAfter(Direction direction, std::int64_t bytes);

  // Everything arrives so much later.
  void Delay(Direction direction, std::chrono::milliseconds delay);

  // Inverts the lowest bit of byte `number` from now, counted from 0.
  void Corrupt(Direction direction, std::int64_t number);
  // Inverts the lowest bit of each byte with a probability.
  void CorruptAtRandom(Direction direction, double probability,
                       std::uint32_t seed);

  // On the connections that are open the receiving side sees the end, while the
  // other direction goes on; what is sent after that is lost.
  void HalfClose(Direction direction);

  // Lets at most so many bytes through in a second.
  void Throttle(Direction direction, std::int64_t bytes_per_second);

  // Lets `bytes` more bytes through and then nothing. A connection whose sender
  // ends meanwhile is reset.
  void StallAfter(Direction direction, std::int64_t bytes);
  // Whether that many came through.
  bool stalled(Direction direction) const;

  // No faults any more: what waits goes on.
  void Heal();

  // How many bytes came through since the start.
  std::int64_t forwarded(Direction direction) const;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::int64_t kNever =
      std::numeric_limits<std::int64_t>::max();

  // What is done to one direction. Counts go down as bytes come through.
  struct Faults {
    std::int64_t drop_in = kNever;
    std::int64_t stall_in = kNever;
    std::int64_t corrupt_in = kNever;
    double corrupt_probability = 0;
    std::minstd_rand random;
    std::chrono::milliseconds delay{0};
    std::int64_t bytes_per_second = 0;  // 0: as fast as it goes.
    Clock::time_point budget_time;      // When the budget was last renewed.
    double budget = 0;                  // Bytes that may go now.
  };

  struct Piece {
    Clock::time_point due;
    std::string bytes;
  };

  // One direction of one connection.
  struct Pipe {
    int from = -1;
    int to = -1;
    std::deque<Piece> pieces;
    bool at_end = false;  // The sender said so.
    bool closed = false;  // The receiver was told.
    bool cut = false;     // By HalfClose(): what comes is lost.
  };

  struct Connection {
    int client = -1;
    int server = -1;
    Pipe pipes[2];  // By Direction.
    bool dropped = false;
  };

  void Run();
  void Wake();
  Faults& FaultsOf(Direction direction) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Accept() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Takes what the sender has sent.
  void Receive(Connection& connection, Direction direction)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Forwards what is due. Returns when more will be.
  Clock::time_point Forward(Connection& connection, Direction direction,
                            Clock::time_point now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // How many bytes may go on at once, of those that are there.
  std::int64_t Allowed(Faults& faults, std::int64_t present,
                       Clock::time_point now);
  void Spoil(Faults& faults, std::string& bytes);
  void Close(Connection& connection);

  const int target_port_;
  int listener_ = -1;
  int port_ = 0;
  int wake_ = -1;

  mutable sync::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  Faults faults_[2] ABSL_GUARDED_BY(mutex_);
  std::int64_t forwarded_[2] ABSL_GUARDED_BY(mutex_) = {0, 0};
  std::list<Connection> connections_ ABSL_GUARDED_BY(mutex_);

  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_FAULTS_FAULTY_PROXY_H_
