// What the proxy does to a connection whose two ends this test holds.

#include "tests/faults/faulty_proxy.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace plumbline::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr Direction kToServer = Direction::kToServer;
constexpr Direction kToClient = Direction::kToClient;

// One end of a connection. Waits half a minute at most.
class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {
    const timeval limit{.tv_sec = 30, .tv_usec = 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Socket() { Close(); }
  Socket(Socket&& other) : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&&) = delete;

  int get() const { return descriptor_; }

  void Close() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }
  void EndSending() { shutdown(descriptor_, SHUT_WR); }

  void Send(const std::string& bytes) {
    EXPECT_EQ(send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

  // So many bytes; fewer where the connection ended before.
  std::string Receive(std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t received = 0;
    while (received < count) {
      const ssize_t more =
          recv(descriptor_, bytes.data() + received, count - received, 0);
      if (more <= 0) break;
      received += static_cast<std::size_t>(more);
    }
    bytes.resize(received);
    return bytes;
  }

  // Whether nothing is there to receive now.
  bool IsQuiet() {
    char byte = 0;
    return recv(descriptor_, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 &&
           errno == EAGAIN;
  }
  bool IsAtEnd() {
    char byte = 0;
    return recv(descriptor_, &byte, 1, 0) == 0;
  }
  bool IsReset() {
    char byte = 0;
    return recv(descriptor_, &byte, 1, 0) < 0 && errno == ECONNRESET;
  }

 private:
  int descriptor_;
};

int NewSocket() { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

// A server that accepts.
class Listener {
 public:
  Listener() : socket_(NewSocket()) {
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_.get(), generic, size), 0);
    EXPECT_EQ(listen(socket_.get(), SOMAXCONN), 0);
    EXPECT_EQ(getsockname(socket_.get(), generic, &size), 0);
    port_ = ntohs(address.sin_port);
  }

  int port() const { return port_; }
  int Accept() { return accept(socket_.get(), nullptr, nullptr); }
  void Close() { socket_.Close(); }

 private:
  Socket socket_;
  int port_ = 0;
};

int ConnectTo(const std::string& address) {
  const std::string port = address.substr(address.find(':') + 1);
  const sockaddr_in target{
      .sin_family = AF_INET,
      .sin_port = htons(static_cast<std::uint16_t>(std::stoi(port))),
      .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
  const int client = NewSocket();
  EXPECT_EQ(connect(client, reinterpret_cast<const sockaddr*>(&target),
                    sizeof target),
            0);
  return client;
}

class FaultyProxyTest : public ::testing::Test {
 protected:
  Listener listener_;
  FaultyProxy proxy_{listener_.port()};
  Socket client_{ConnectTo(proxy_.address())};
  Socket server_{listener_.Accept()};
};

TEST_F(FaultyProxyTest, ForwardsBothWaysAndTheEnd) {
  client_.Send("question");
  EXPECT_EQ(server_.Receive(8), "question");
  client_.EndSending();
  EXPECT_TRUE(server_.IsAtEnd());
  server_.Send("answer");
  EXPECT_EQ(client_.Receive(6), "answer");
  server_.Close();
  EXPECT_TRUE(client_.IsAtEnd());
  EXPECT_EQ(proxy_.forwarded(kToServer), 8);
  EXPECT_EQ(proxy_.forwarded(kToClient), 6);
}

TEST_F(FaultyProxyTest, ForwardsMoreThanItHolds) {
  const std::string much(3 << 20, 'x');
  std::thread sender([&] { client_.Send(much); });
  EXPECT_EQ(server_.Receive(much.size()), much);
  sender.join();
}

TEST_F(FaultyProxyTest, EndsAConnectionWhereNobodyListens) {
  listener_.Close();
  Socket client(ConnectTo(proxy_.address()));
  EXPECT_TRUE(client.IsAtEnd());
}

TEST_F(FaultyProxyTest, DropsNow) {
  client_.Send("a");
  EXPECT_EQ(server_.Receive(1), "a");
  proxy_.Drop();
  EXPECT_TRUE(client_.IsReset());
  EXPECT_TRUE(server_.IsReset());
  Socket client(ConnectTo(proxy_.address()));
  Socket server(listener_.Accept());
  client.Send("b");
  EXPECT_EQ(server.Receive(1), "b");
}

TEST_F(FaultyProxyTest, DropsAfterSoManyBytes) {
  proxy_.DropAfter(kToServer, 3);
  server_.Send("other direction");
  EXPECT_EQ(client_.Receive(15), "other direction");
  client_.Send("abcdef");
  EXPECT_EQ(server_.Receive(6), "abc");
  EXPECT_TRUE(client_.IsReset());
}

TEST_F(FaultyProxyTest, Delays) {
  proxy_.Delay(kToClient, milliseconds(60));
  const auto start = Clock::now();
  client_.Send("a");
  EXPECT_EQ(server_.Receive(1), "a");
  server_.Send("b");
  EXPECT_EQ(client_.Receive(1), "b");
  EXPECT_GE(Clock::now() - start, milliseconds(60));
}

TEST_F(FaultyProxyTest, CorruptsOneByte) {
  proxy_.Corrupt(kToServer, 4);
  client_.Send("000");
  client_.Send("000000");
  EXPECT_EQ(server_.Receive(9), "000010000");
  server_.Send("000000000");
  EXPECT_EQ(client_.Receive(9), "000000000");
}

TEST_F(FaultyProxyTest, CorruptsAtRandomBySeed) {
  const std::string zeros(2000, '0');
  const auto corrupted = [&](std::uint32_t seed) {
    proxy_.CorruptAtRandom(kToClient, 0.01, seed);
    server_.Send(zeros);
    return client_.Receive(zeros.size());
  };
  const std::string first = corrupted(7);
  EXPECT_NE(first, zeros);
  EXPECT_THAT(first, ::testing::HasSubstr("1"));
  EXPECT_EQ(corrupted(7), first);
  EXPECT_NE(corrupted(8), first);
}

TEST_F(FaultyProxyTest, HalfClosesTowardsTheServer) {
  proxy_.HalfClose(kToServer);
  EXPECT_TRUE(server_.IsAtEnd());
  client_.Send("lost");
  server_.Send("still there");
  EXPECT_EQ(client_.Receive(11), "still there");
}

TEST_F(FaultyProxyTest, HalfClosesTowardsTheClient) {
  proxy_.HalfClose(kToClient);
  EXPECT_TRUE(client_.IsAtEnd());
  server_.Send("lost");
  client_.Send("still there");
  EXPECT_EQ(server_.Receive(11), "still there");
}

TEST_F(FaultyProxyTest, Throttles) {
  proxy_.Throttle(kToClient, 10'000);
  const auto start = Clock::now();
  server_.Send(std::string(2000, 'x'));
  EXPECT_EQ(client_.Receive(2000).size(), 2000u);
  // A tenth of a second's bytes may have been saved up.
  EXPECT_GE(Clock::now() - start, milliseconds(90));
}

TEST_F(FaultyProxyTest, StallsAndGoesOn) {
  proxy_.StallAfter(kToClient, 3);
  EXPECT_FALSE(proxy_.stalled(kToClient));
  server_.Send("abcdef");
  EXPECT_EQ(client_.Receive(3), "abc");
  client_.Send("question");
  EXPECT_EQ(server_.Receive(8), "question");
  EXPECT_TRUE(proxy_.stalled(kToClient));
  EXPECT_FALSE(proxy_.stalled(kToServer));
  EXPECT_TRUE(client_.IsQuiet());
  proxy_.Heal();
  EXPECT_EQ(client_.Receive(3), "def");
}

TEST_F(FaultyProxyTest, ResetsAConnectionWhoseSenderEndsWhileItIsStalled) {
  proxy_.StallAfter(kToClient, 3);
  server_.Send("abcdef");
  EXPECT_EQ(client_.Receive(3), "abc");
  server_.Close();
  EXPECT_TRUE(client_.IsReset());
}

}  // namespace
}  // namespace plumbline::testing
