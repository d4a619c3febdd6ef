// A GET of a local HTTP server, for tests.

#ifndef PLUMBLINE_TESTS_SUPPORT_HTTP_GET_H_
#define PLUMBLINE_TESTS_SUPPORT_HTTP_GET_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace plumbline::testing {

// All that a server on this port of loopback says to a GET of `path`, its
// header included; empty where there is none.
inline std::string HttpGet(int port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  std::string answer;
  if (connect(connection, reinterpret_cast<sockaddr*>(&address),
              sizeof(address)) == 0 &&
      send(connection, request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size())) {
    char block[4096];
    ssize_t count = 0;
    while ((count = recv(connection, block, sizeof(block), 0)) > 0) {
      answer.append(block, static_cast<std::size_t>(count));
    }
  }
  close(connection);
  return answer;
}

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_HTTP_GET_H_
