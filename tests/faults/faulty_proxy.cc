#include "tests/faults/faulty_proxy.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace plumbline::testing {
namespace {

// A pipe that holds so many pieces takes no more: the sender has to wait.
constexpr std::size_t kPiecesMax = 64;
constexpr std::size_t kPieceBytesMax = 4096;
// When a direction goes on that is throttled, or whose receiver does not read.
constexpr std::chrono::milliseconds kRetryInterval{5};
constexpr Direction kDirections[] = {Direction::kToServer,
                                     Direction::kToClient};

std::size_t IndexOf(Direction direction) {
  return static_cast<std::size_t>(direction);
}

sockaddr_in Loopback(int port) {
  return {.sin_family = AF_INET,
          .sin_port = htons(static_cast<std::uint16_t>(port)),
          .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

int NewSocket() { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

// Whether a piece can be sent without waiting.
bool CanTake(int socket) {
  pollfd watched = {socket, POLLOUT, 0};
  return poll(&watched, 1, 0) == 1;
}

// A close that the other side sees as a reset.
void Reset(int socket) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(socket);
}

}  // namespace

FaultyProxy::FaultyProxy(int target_port)
    : target_port_(target_port),
      listener_(NewSocket()),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(bind(listener_, generic, size), 0);
  EXPECT_EQ(listen(listener_, SOMAXCONN), 0);
  EXPECT_EQ(getsockname(listener_, generic, &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

FaultyProxy::~FaultyProxy() {
  {
    const sync::MutexLock lock(mutex_);
    stopping_ = true;
  }
  Wake();
  thread_.join();
  close(listener_);
  close(wake_);
}

std::string FaultyProxy::address() const {
  return "127.0.0.1:" + std::to_string(port_);
}

void FaultyProxy::Wake() { eventfd_write(wake_, 1); }

FaultyProxy::Faults& FaultyProxy::FaultsOf(Direction direction) {
  return faults_[IndexOf(direction)];
}

void FaultyProxy::Drop() {
  {
    const sync::MutexLock lock(mutex_);
    for (Connection& connection : connections_) connection.dropped = true;
  }
  Wake();
}

void FaultyProxy::DropAfter(Direction direction, std::int64_t bytes) {
  const sync::MutexLock lock(mutex_);
  FaultsOf(direction).drop_in = bytes;
}

void FaultyProxy::Delay(Direction direction, std::chrono::milliseconds delay) {
  const sync::MutexLock lock(mutex_);
  FaultsOf(direction).delay = delay;
}

void FaultyProxy::Corrupt(Direction direction, std::int64_t number) {
  const sync::MutexLock lock(mutex_);
  FaultsOf(direction).corrupt_in = number;
}

void FaultyProxy::CorruptAtRandom(Direction direction, double probability,
                                  std::uint32_t seed) {
  const sync::MutexLock lock(mutex_);
  FaultsOf(direction).corrupt_probability = probability;
  FaultsOf(direction).random.seed(seed);
}

void FaultyProxy::HalfClose(Direction direction) {
  {
    const sync::MutexLock lock(mutex_);
    for (Connection& connection : connections_) {
      Pipe& pipe = connection.pipes[IndexOf(direction)];
      pipe.cut = true;
      pipe.pieces.clear();
      if (!std::exchange(pipe.closed, true)) shutdown(pipe.to, SHUT_WR);
    }
  }
  Wake();
}

void FaultyProxy::Throttle(Direction direction, std::int64_t bytes_per_second) {
  const sync::MutexLock lock(mutex_);
  Faults& faults = FaultsOf(direction);
  faults.bytes_per_second = bytes_per_second;
  faults.budget = 0;
  faults.budget_time = Clock::now();
}

void FaultyProxy::StallAfter(Direction direction, std::int64_t bytes) {
  const sync::MutexLock lock(mutex_);
  FaultsOf(direction).stall_in = bytes;
}

bool FaultyProxy::stalled(Direction direction) const {
  const sync::MutexLock lock(mutex_);
  return faults_[IndexOf(direction)].stall_in == 0;
}

void FaultyProxy::Heal() {
  {
    const sync::MutexLock lock(mutex_);
    for (Faults& faults : faults_) faults = Faults();
  }
  Wake();
}

std::int64_t FaultyProxy::forwarded(Direction direction) const {
  const sync::MutexLock lock(mutex_);
  return forwarded_[IndexOf(direction)];
}

void FaultyProxy::Accept() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = NewSocket();
  const sockaddr_in address = Loopback(target_port_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address),
              sizeof address) != 0) {
    close(client);  // As a server that does not listen.
    close(server);
    return;
  }
  Connection& connection = connections_.emplace_back();
  connection.client = client;
  connection.server = server;
  connection.pipes[IndexOf(Direction::kToServer)] = {client, server};
  connection.pipes[IndexOf(Direction::kToClient)] = {server, client};
}

void FaultyProxy::Receive(Connection& connection, Direction direction) {
  Pipe& pipe = connection.pipes[IndexOf(direction)];
  char block[kPieceBytesMax];
  const ssize_t count = recv(pipe.from, block, sizeof block, MSG_DONTWAIT);
  if (count < 0) {
    if (errno != EAGAIN && errno != EINTR) connection.dropped = true;
    return;
  }
  if (count == 0) {
    pipe.at_end = true;
    return;
  }
  if (pipe.cut) return;
  pipe.pieces.push_back({Clock::now() + FaultsOf(direction).delay,
                         std::string(block, static_cast<std::size_t>(count))});
}

std::int64_t FaultyProxy::Allowed(Faults& faults, std::int64_t present,
                                  Clock::time_point now) {
  std::int64_t allowed = std::min({present, faults.stall_in, faults.drop_in});
  if (faults.bytes_per_second == 0) return allowed;
  const std::chrono::duration<double> passed = now - faults.budget_time;
  faults.budget_time = now;
  const auto rate = static_cast<double>(faults.bytes_per_second);
  // No more than a tenth of a second is saved up.
  faults.budget =
      std::min(faults.budget + passed.count() * rate, std::max(1.0, rate / 10));
  allowed = std::min(allowed, static_cast<std::int64_t>(faults.budget));
  faults.budget -= static_cast<double>(allowed);
  return allowed;
}

void FaultyProxy::Spoil(Faults& faults, std::string& bytes) {
  const auto count = static_cast<std::int64_t>(bytes.size());
  if (faults.corrupt_in < count) {
    bytes[static_cast<std::size_t>(faults.corrupt_in)] ^= 1;
    faults.corrupt_in = kNever;
  } else if (faults.corrupt_in != kNever) {
    faults.corrupt_in -= count;
  }
  if (faults.corrupt_probability == 0) return;
  std::bernoulli_distribution spoils(faults.corrupt_probability);
  for (char& byte : bytes) {
    if (spoils(faults.random)) byte ^= 1;
  }
}

FaultyProxy::Clock::time_point FaultyProxy::Forward(Connection& connection,
                                                    Direction direction,
                                                    Clock::time_point now) {
  Faults& faults = FaultsOf(direction);
  Pipe& pipe = connection.pipes[IndexOf(direction)];
  while (!pipe.pieces.empty() && !connection.dropped) {
    Piece& piece = pipe.pieces.front();
    if (piece.due > now) return piece.due;
    if (!CanTake(pipe.to)) return now + kRetryInterval;
    const std::int64_t allowed =
        Allowed(faults, static_cast<std::int64_t>(piece.bytes.size()), now);
    if (allowed == 0 && faults.stall_in == 0) break;
    if (allowed == 0) return now + kRetryInterval;
    std::string bytes =
        piece.bytes.substr(0, static_cast<std::size_t>(allowed));
    Spoil(faults, bytes);
    const ssize_t sent =
        send(pipe.to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != allowed) {
      connection.dropped = true;
      break;
    }
    forwarded_[IndexOf(direction)] += allowed;
    if (faults.stall_in != kNever) faults.stall_in -= allowed;
    if (faults.drop_in != kNever) faults.drop_in -= allowed;
    piece.bytes.erase(0, static_cast<std::size_t>(allowed));
    if (piece.bytes.empty()) pipe.pieces.pop_front();
    if (faults.drop_in == 0) {
      faults.drop_in = kNever;
      connection.dropped = true;
    }
  }
  if (pipe.at_end && faults.stall_in == 0) connection.dropped = true;
  if (pipe.at_end && pipe.pieces.empty() && !pipe.closed) {
    pipe.closed = true;
    shutdown(pipe.to, SHUT_WR);
  }
  return Clock::time_point::max();
}

void FaultyProxy::Close(Connection& connection) {
  if (connection.dropped) {
    Reset(connection.client);
    Reset(connection.server);
  } else {
    close(connection.client);
    close(connection.server);
  }
}

void FaultyProxy::Run() {
  int timeout_ms = -1;
  while (true) {
    std::vector<pollfd> watched = {{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
    {
      const sync::MutexLock lock(mutex_);
      for (const Connection& connection : connections_) {
        for (const Direction direction : kDirections) {
          const Pipe& pipe = connection.pipes[IndexOf(direction)];
          // While it is stalled, only the end of the sender is looked for.
          short events = pipe.pieces.size() < kPiecesMax ? POLLIN : 0;
          if (FaultsOf(direction).stall_in == 0) events = POLLRDHUP;
          watched.push_back({pipe.at_end ? -1 : pipe.from, events, 0});
        }
      }
    }
    poll(watched.data(), watched.size(), timeout_ms);
    eventfd_t ignored = 0;
    if (watched[0].revents != 0) eventfd_read(wake_, &ignored);

    const sync::MutexLock lock(mutex_);
    if (stopping_) {
      for (Connection& connection : connections_) Close(connection);
      return;
    }
    const Clock::time_point now = Clock::now();
    Clock::time_point next = Clock::time_point::max();
    std::size_t at = 2;
    for (Connection& connection : connections_) {
      for (const Direction direction : kDirections) {
        const short found = watched[at++].revents;
        Pipe& pipe = connection.pipes[IndexOf(direction)];
        if ((found & (POLLIN | POLLERR)) != 0) {
          Receive(connection, direction);
        } else if ((found & POLLRDHUP) != 0) {
          pipe.at_end = true;
        }
        next = std::min(next, Forward(connection, direction, now));
      }
    }
    connections_.remove_if([this](Connection& connection) {
      const bool ended = connection.dropped || (connection.pipes[0].closed &&
                                                connection.pipes[1].closed);
      if (ended) Close(connection);
      return ended;
    });
    if (watched[1].revents != 0) Accept();
    timeout_ms = -1;
    if (next != Clock::time_point::max()) {
      timeout_ms =
          1 + static_cast<int>(
                  std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::max(next - now, Clock::duration::zero()))
                      .count());
    }
  }
}

}  // namespace plumbline::testing
