#include "tests/attack/attack.h"

#include <algorithm>

namespace accord::attack {

Headers CallHeaders(const Order& order, const std::string& path, const Headers& extra) {
  Headers headers = {{":method", "POST"},          {":scheme", "https"}, {":path", path},
                     {":authority", "localhost"},  {"te", "trailers"},   {"content-type", "application/grpc"},
                     {"accord-actor", order.actor}};
  if (!order.purpose.empty()) headers.emplace_back("accord-purpose", order.purpose);
  for (const auto& [name, value] : extra) {
    bool replaced = false;
    for (auto& [key, old] : headers) {
      if (key != name) continue;
      old = value;
      replaced = true;
    }
    if (!replaced) headers.emplace_back(name, value);
  }
  return headers;
}

Peers ConnectAll(const Order& order, int count, const Manners& manners, Report* report) {
  Peers peers;
  for (int i = 0; i < count && order.Going(); ++i) {
    peers.push_back(Peer::Connect(order.target, manners, 2));
    ++(peers.back() == nullptr ? report->refused : report->opened);
  }
  return peers;
}

void Reopen(const Order& order, const Manners& manners, Peers* peers, Report* report) {
  for (auto& peer : *peers) {
    if (!order.Going()) return;
    if (peer != nullptr && peer->alive() && !peer->going()) continue;
    if (peer != nullptr) {
      report->Take(peer->Ended());
      ++report->closed;
    }
    peer = Peer::Connect(order.target, manners, 1);
    ++(peer == nullptr ? report->refused : report->opened);
  }
}

Report Flood(const Order& order, int open, double per_second, const std::function<void(Peer&)>& call,
             const Manners& manners) {
  Report report;
  Peers peers = ConnectAll(order, order.connections, manners, &report);
  while (order.Going()) {
    Reopen(order, manners, &peers, &report);
    for (const auto& peer : peers) {
      if (peer == nullptr) continue;
      while (
          peer->alive() && peer->open_calls() < open && peer->backlog() < (1 << 20) &&
          (per_second <= 0 || static_cast<double>(report.calls) < per_second * SecondsSince(order.start))) {
        call(*peer);
        ++report.calls;
      }
    }
    Pump(peers, 5);
    for (const auto& peer : peers) {
      if (peer != nullptr) report.Take(peer->Ended());
    }
  }
  // The answers to the last calls count too, if they come soon.
  const auto ended = Clock::now();
  const auto waits = [](const auto& peer) {
    return peer != nullptr && peer->alive() && peer->open_calls() > 0;
  };
  while (SecondsSince(ended) < 1 && std::any_of(peers.begin(), peers.end(), waits)) {
    Pump(peers, 5);
    for (const auto& peer : peers) {
      if (peer != nullptr) report.Take(peer->Ended());
    }
  }
  return report;
}

}  // namespace accord::attack
