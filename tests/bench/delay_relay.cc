// This simulates a network delay: it passes TCP connections on loopback to a Unix socket, and delays every
// byte in both directions. It ends when its standard input ends.
// delay_relay --to SOCKET --delay-us N --port-file FILE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <deque>
#include <fstream>
#include <string>
#include <thread>

#include "CLI/CLI.hpp"
#include "tests/bench/compare.h"

namespace accord::bench {
namespace {

using Clock = std::chrono::steady_clock;

// This is one direction of a connection.
struct Way {
  int from, to;
  std::deque<std::pair<Clock::time_point, std::string>> on_the_way = {};
  bool ended = false;

  // This reads what has arrived.
  void Read(std::chrono::microseconds delay) {
    std::string bytes(64 << 10, '\0');
    const ssize_t count = read(from, bytes.data(), bytes.size());
    ended = count <= 0;
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    on_the_way.emplace_back(Clock::now() + delay, std::move(bytes));
  }
  // This writes what is due. An empty piece means the end.
  void Write() {
    while (!on_the_way.empty() && on_the_way.front().first <= Clock::now()) {
      const std::string bytes = std::move(on_the_way.front().second);
      on_the_way.pop_front();
      if (bytes.empty()) shutdown(to, SHUT_WR);
      for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t count = send(to, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (count <= 0) return;
        at += static_cast<std::size_t>(count);
      }
    }
  }
};

void Pass(int near, int far, std::chrono::microseconds delay) {
  // Without this, a thread's waits are up to 50 microseconds too long.
  prctl(PR_SET_TIMERSLACK, 1);
  std::array<Way, 2> ways = {Way{near, far}, Way{far, near}};
  while (!std::all_of(ways.begin(), ways.end(),
                      [](const Way& way) { return way.ended && way.on_the_way.empty(); })) {
    auto due = Clock::now() + std::chrono::seconds(1);
    std::array<pollfd, 2> fds = {};
    for (std::size_t i = 0; i < ways.size(); ++i) {
      fds[i] = {ways[i].ended ? -1 : ways[i].from, POLLIN, 0};
      if (!ways[i].on_the_way.empty()) due = std::min(due, ways[i].on_the_way.front().first);
    }
    const auto wait = std::max(Clock::duration(0), due - Clock::now());
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(wait).count();
    const timespec timeout = {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
    ppoll(fds.data(), fds.size(), &timeout, nullptr);
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (fds[i].revents != 0) ways[i].Read(delay);
      ways[i].Write();
    }
  }
  close(near);
  close(far);
}

int ConnectTo(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  Require(path.size() < sizeof(address.sun_path));
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Require(fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  return fd;
}

// This gives a listening socket on loopback.
int Listen(int* port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  Require(bind(listener, any, size) == 0 && listen(listener, 64) == 0 &&
          getsockname(listener, any, &size) == 0);
  *port = ntohs(address.sin_port);
  return listener;
}

void Serve(int listener, const std::string& to, std::chrono::microseconds delay) {
  for (int near; (near = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    const int on = 1;
    setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    std::thread(Pass, near, ConnectTo(to), delay).detach();
  }
}

}  // namespace
}  // namespace accord::bench

int main(int argc, char** argv) {
  CLI::App app("A network with a delay.");
  std::string to, port_file;
  int delay_us = 0, port = 0;
  app.add_option("--to", to)->required();
  app.add_option("--delay-us", delay_us, "Of one direction")->required();
  app.add_option("--port-file", port_file)->required();
  CLI11_PARSE(app, argc, argv);
  const int listener = accord::bench::Listen(&port);
  std::thread(accord::bench::Serve, listener, to, std::chrono::microseconds(delay_us)).detach();
  std::ofstream(port_file) << port << std::endl;
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  std::_Exit(0);
}
