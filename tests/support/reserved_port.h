// A port of loopback that nobody else is given as long as this lives: a service
// may listen on it, end, and listen on it again, and between that connections
// are refused.

#ifndef PLUMBLINE_TESTS_SUPPORT_RESERVED_PORT_H_
#define PLUMBLINE_TESTS_SUPPORT_RESERVED_PORT_H_

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace plumbline::testing {

class ReservedPort {
 public:
  // A socket that is bound and does not listen: with SO_REUSEADDR on both, a
  // listener may bind beside it, and the kernel gives the port to no one else.
  ReservedPort() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(
        getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~ReservedPort() { close(socket_); }

  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;

  int port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  const int socket_;
  int port_ = 0;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_RESERVED_PORT_H_
