#include "tests/support/stalling_proxy.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace plumbline::testing {
namespace {

sockaddr_in Loopback(int port) {
  return {.sin_family = AF_INET,
          .sin_port = htons(static_cast<std::uint16_t>(port)),
          .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

int NewSocket() { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

}  // namespace

StallingProxy::StallingProxy(int target_port)
    : target_port_(target_port),
      listener_(NewSocket()),
      wake_(eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(bind(listener_, generic, size), 0);
  EXPECT_EQ(listen(listener_, SOMAXCONN), 0);
  EXPECT_EQ(getsockname(listener_, generic, &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

StallingProxy::~StallingProxy() {
  stopping_ = true;
  eventfd_write(wake_, 1);
  thread_.join();
  close(listener_);
  close(wake_);
}

void StallingProxy::Resume() {
  left_ = std::numeric_limits<std::int64_t>::max();
  eventfd_write(wake_, 1);
}

std::string StallingProxy::address() const {
  return "127.0.0.1:" + std::to_string(port_);
}

void StallingProxy::Run() {
  while (Step()) {
  }
  for (const Connection& connection : connections_) {
    close(connection.client);
    close(connection.server);
  }
}

void StallingProxy::Accept() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  const int server = NewSocket();
  const sockaddr_in address = Loopback(target_port_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address),
              sizeof address) == 0) {
    connections_.push_back({client, server});
    return;
  }
  close(client);  // As a server that does not listen.
  close(server);
}

bool StallingProxy::Step() {
  // While it is stalled, only the end of a server is looked for.
  const short of_server = static_cast<short>(stalled() ? POLLRDHUP : POLLIN);
  std::vector<pollfd> watched = {{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
  for (const Connection& connection : connections_) {
    watched.push_back({connection.client, POLLIN, 0});
    watched.push_back({connection.server, of_server, 0});
  }
  poll(watched.data(), watched.size(), -1);
  if (stopping_) return false;
  eventfd_t ignored = 0;
  if (watched[0].revents != 0) eventfd_read(wake_, &ignored);

  std::vector<Connection> open;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    const Connection& connection = connections_[i];
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    const bool client_stays =
        watched[2 + 2 * i].revents == 0 ||
        Forward(connection.client, connection.server, kAll) > 0;
    const bool server_stays =
        watched[3 + 2 * i].revents == 0 || ForwardFromServer(connection);
    if (client_stays && server_stays) {
      open.push_back(connection);
    } else {
      close(connection.client);
      close(connection.server);
    }
  }
  connections_ = std::move(open);
  if (watched[1].revents != 0) Accept();
  return true;
}

std::int64_t StallingProxy::Forward(int from, int to, std::int64_t bytes_max) {
  char block[4096];
  const auto count_max =
      static_cast<std::size_t>(std::min<std::int64_t>(bytes_max, sizeof block));
  const ssize_t count = recv(from, block, count_max, 0);
  if (count <= 0) return 0;
  ssize_t sent = 0;
  while (sent < count) {
    const ssize_t more = send(
        to, block + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
    if (more <= 0) return 0;
    sent += more;
  }
  return count;
}

bool StallingProxy::ForwardFromServer(const Connection& connection) {
  std::int64_t left = left_;
  if (left == 0) return false;  // It ended while nothing was let through.
  const std::int64_t count =
      Forward(connection.server, connection.client, left);
  // Not where it was told something else meanwhile.
  left_.compare_exchange_strong(left, left - count);
  return count > 0;
}

}  // namespace plumbline::testing
