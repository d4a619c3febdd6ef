// A TCP proxy on loopback that can be told to stop in the middle of what a
// server sends: so a test knows that a transfer is under way, and not done.

#ifndef PLUMBLINE_TESTS_SUPPORT_STALLING_PROXY_H_
#define PLUMBLINE_TESTS_SUPPORT_STALLING_PROXY_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace plumbline::testing {

class StallingProxy {
 public:
  // Forwards to `target_port` of loopback. What a client sends comes through;
  // what comes back does as far as it is let. Where one side leaves, so does
  // the other.
  explicit StallingProxy(int target_port);
  // Ends every connection.
  ~StallingProxy();

  StallingProxy(const StallingProxy&) = delete;
  StallingProxy& operator=(const StallingProxy&) = delete;

  // Lets no more than `bytes` bytes of the server through from now on.
  void StallAfter(std::int64_t bytes) { left_ = bytes; }
  // Whether that many came through.
  bool stalled() const { return left_ == 0; }
  // Lets everything through again.
  void Resume();

  std::string address() const;

 private:
  struct Connection {
    int client;
    int server;
  };

  void Run();
  void Accept();
  // Waits until something can be forwarded, and does. False: it is the end.
  bool Step();
  // Forwards what is there, at most `bytes_max`. Returns how many bytes that
  // were; 0 where one side has left.
  static std::int64_t Forward(int from, int to, std::int64_t bytes_max);
  bool ForwardFromServer(const Connection& connection);

  const int target_port_;
  int listener_ = -1;
  int port_ = 0;
  int wake_ = -1;
  std::atomic<std::int64_t> left_ = std::numeric_limits<std::int64_t>::max();
  std::atomic<bool> stopping_ = false;
  std::vector<Connection> connections_;  // Of the thread.
  std::thread thread_;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_STALLING_PROXY_H_
