// These connections take up a place and do nothing with it.
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/testing/client_hello.h"
#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

// This opens sockets on which `greeting` is sent, and reports how many of them the gateway has closed at
// the end.
Report HoldSockets(const Order& order, int count, const std::string& greeting) {
  Report report;
  std::vector<int> sockets;
  for (int i = 0; i < count && order.Going(); ++i) {
    const int fd = Dial(order.target);
    if (fd < 0) {
      ++report.refused;
      continue;
    }
    ++report.opened;
    if (!greeting.empty()) (void)!::send(fd, greeting.data(), greeting.size(), MSG_NOSIGNAL);
    sockets.push_back(fd);
  }
  report.figures["seconds_to_open"] = SecondsSince(order.start);
  while (order.Going()) ::usleep(50'000);
  for (const int fd : sockets) {
    char byte;
    const ssize_t got = ::recv(fd, &byte, 1, MSG_DONTWAIT);
    report.closed += got == 0 || (got < 0 && errno != EAGAIN) ? 1 : 0;
    ::close(fd);
  }
  return report;
}

Report BareSockets(const Order& order) { return HoldSockets(order, order.CountOr(10'100), ""); }
// This sends a TLS record that announces more bytes than follow.
Report HalfHello(const Order& order) {
  return HoldSockets(order, order.CountOr(600),
                     std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
}
Report NotTls(const Order& order) {
  return HoldSockets(order, order.CountOr(600), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

// This sends a ClientHello and nothing after it; `welcomed` counts those that the gateway answered with
// a ServerHello.
Report SayHello(const Order& order, const char* group) {
  constexpr char kHandshake = 0x16;
  Report report;
  const std::string hello = testing::ClientHello(group);
  double answered = 0, welcomed = 0;
  while (order.Going()) {
    std::vector<pollfd> sockets;
    for (int i = 0; i < 32 && order.Going(); ++i) {
      const int fd = Dial(order.target);
      ++(fd < 0 ? report.refused : report.opened);
      if (fd < 0) continue;
      (void)!::send(fd, hello.data(), hello.size(), MSG_NOSIGNAL);
      sockets.push_back({.fd = fd, .events = POLLIN, .revents = 0});
    }
    for (pollfd& each : sockets) {
      char first = 0;
      const bool told = ::poll(&each, 1, 2000) > 0 && ::recv(each.fd, &first, 1, MSG_DONTWAIT) == 1;
      answered += told ? 1 : 0;
      welcomed += told && first == kHandshake ? 1 : 0;
      ::close(each.fd);
    }
  }
  report.figures["welcomed"] = welcomed;
  report.Expect(answered > 0, "no greeting was answered, not even by a refusal");
  return report;
}
Report Hellos(const Order& order) {
  Report report = SayHello(order, "P-384");
  report.Expect(report.figures["welcomed"] > 0, "no greeting was returned");
  return report;
}
// This uses the key exchange that costs the gateway most.
Report CostlyHellos(const Order& order) {
  Report report = SayHello(order, "ffdhe8192");
  report.Expect(report.figures["welcomed"] == 0, "keys are exchanged in a finite field of 8,192 bits");
  return report;
}

// This makes whole handshakes, one after the other, and drops each connection.
Report Handshakes(const Order& order) {
  Report report;
  while (order.Going()) {
    const auto peer = Peer::Connect(order.target, {}, 2);
    ++(peer == nullptr ? report.refused : report.opened);
  }
  report.figures["handshakes_per_s"] = static_cast<double>(report.opened + report.refused) / order.seconds;
  return report;
}

// This opens complete connections of one agency and leaves them idle.
Report IdleConnections(const Order& order) {
  Report report;
  Peers peers = ConnectAll(order, order.CountOr(300), {}, &report);
  while (order.Going()) Pump(peers, 50);
  for (const auto& peer : peers) report.closed += peer != nullptr && !peer->alive() ? 1 : 0;
  return report;
}

// Breaks off at each point of the handshake, the preface and a call.
Report AbruptEnds(const Order& order) {
  Report report;
  const std::string path = std::string(kReferrals) + "ListReferrals";
  for (int i = 0; order.Going(); ++i) {
    auto peer = Peer::Connect(order.target, {}, 2);
    ++(peer == nullptr ? report.refused : report.opened);
    if (peer == nullptr) continue;
    for (int call = 0; call < i % 4; ++call) peer->Call(CallHeaders(order, path), Page(1000));
    for (int turn = 0; turn < i % 3; ++turn) peer->Turn();
    const linger hard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(peer->fd(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  }
  return report;
}

// A caller with an inactive certificate must be told so, and its connection must be closed.
Report InactiveCloses(const Order& order) {
  Report report;
  std::string why;
  auto peer = Peer::Connect(order.target, {}, 5, &why);
  ++(peer == nullptr ? report.refused : report.opened);
  if (peer == nullptr) return report;
  // In TLS 1.3 a client learns only after the handshake that its certificate was refused.
  const int32_t stream =
      peer->Call(CallHeaders(order, std::string(kRegistry) + "GetAgency"), Named("agencies/" + order.agency));
  const Answer answer = peer->Await(stream, 5);
  report.Take(answer);
  const auto asked = Clock::now();
  while (peer->alive() && SecondsSince(asked) < 8) {
    peer->Turn();
    ::usleep(20'000);
  }
  report.Expect(!answer.ok(), "a revoked certificate got an answer");
  report.Expect(!peer->alive(), "the connection of a revoked certificate is open 8 s after its refusal");
  report.closed += peer->alive() ? 0 : 1;
  return report;
}

Report OldTls(const Order& order) {
  Report report;
  for (const char* ciphers :
       {"ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA",
        "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384",
        "AES128-SHA:AES256-SHA:AES128-SHA256:AES256-SHA256:AES128-GCM-SHA256", "ALL:eNULL:@SECLEVEL=0"}) {
    Manners manners;
    manners.tls_version = TLS1_2_VERSION;
    manners.ciphers = ciphers;
    const auto peer = Peer::Connect(order.target, manners, 3);
    ++(peer == nullptr ? report.refused : report.opened);
    if (peer == nullptr) continue;
    const std::string got = SSL_get_cipher_name(peer->ssl());
    const bool aead = got.find("GCM") != std::string::npos || got.find("CHACHA20") != std::string::npos;
    report.Expect(aead && got.starts_with("ECDHE"), "TLS 1.2 with " + got);
  }
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    Manners manners;
    manners.tls_version = version;
    manners.ciphers = "ALL:@SECLEVEL=0";
    report.Expect(Peer::Connect(order.target, manners, 3) == nullptr, "TLS older than 1.2");
    ++report.refused;
  }
  return report;
}

}  // namespace

std::vector<Attack> ConnectionAttacks() {
  return {
      {"bare-sockets", "10,100 TCP connections that say nothing", BareSockets},
      {"half-hello", "600 handshakes that stop within their first record", HalfHello},
      {"not-tls", "600 connections that speak plain HTTP/1.1", NotTls},
      {"hellos", "first words of handshakes, each said again and again", Hellos},
      {"costly-hellos", "the same, for an exchange of keys that costs the door the most", CostlyHellos},
      {"handshakes", "whole handshakes, one after the other", Handshakes},
      {"idle-connections", "300 whole connections of one agency without calls", IdleConnections},
      {"abrupt-ends", "connections cut within calls", AbruptEnds},
      {"inactive-closes", "a revoked certificate is told so, and its connection is closed", InactiveCloses},
      {"old-tls", "TLS 1.2 without AEAD and forward secrecy is not spoken, older not at all", OldTls},
  };
}

}  // namespace accord::attack
