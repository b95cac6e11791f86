// The good neighbour, whose calls must never notice an attack; and what fills the stores before one.
#include <algorithm>
#include <cstdio>

#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

double At(std::vector<double>* sorted, double share) {
  if (sorted->empty()) return 0;
  std::sort(sorted->begin(), sorted->end());
  return (*sorted)[static_cast<std::size_t>(share * static_cast<double>(sorted->size() - 1))];
}

// order.resource: PROTOCOL,REFERRAL of order.agency.
struct Neighbour {
  const Order& order;
  std::string protocol, referral;

  explicit Neighbour(const Order& o) : order(o) {
    const std::size_t comma = o.resource.find(',');
    protocol = o.resource.substr(0, comma);
    referral = o.resource.substr(comma + 1);
  }
  // Reads of three services and, of ten calls, two changes.
  void Call(Peer& peer, int64_t turn) const {
    const auto as = [&](const std::string& path) { return CallHeaders(order, path); };
    switch (turn % 10) {
      case 1:
      case 6:
        peer.Call(as(std::string(kReferrals) + "CreateReferral"),
                  NewReferral(protocol, "ps-york", "neighbour-" + std::to_string(turn), 120, RequestId()));
        return;
      case 2:
      case 7:
        peer.Call(as(std::string(kReferrals) + "ListReferrals"), Page(10));
        return;
      case 3:
        peer.Call(as(std::string(kRegistry) + "GetAgency"), Named("agencies/" + order.agency));
        return;
      case 4:
        peer.Call(as(std::string(kAudit) + "GetCheckpoint"), "");
        return;
      case 8:
        peer.Call(as(std::string(kProtocols) + "GetProtocol"), Named(protocol));
        return;
      default:
        peer.Call(as(std::string(kReferrals) + "GetReferral"), Named(referral));
    }
  }
};

// An open loop: calls start on time, whether or not others have come back. Twice a second one of them is made
// on a connection of its own.
Report GoodNeighbour(const Order& order) {
  const Neighbour neighbour(order);
  const double rate = order.CountOr(40);
  Report report;
  std::vector<double> times;
  std::map<std::string, int64_t> bad;
  const auto take = [&](Peer* peer) {
    for (const Answer& answer : peer->Ended()) {
      report.Take(answer);
      times.push_back(answer.milliseconds);
      if (!answer.ok()) ++bad[answer.Name()];
    }
  };
  Peers peers(1);
  Peers fresh;
  const auto lost = [&](const std::string& why) {
    report.Take(Answer{});
    ++bad["CONNECT " + why];
  };
  // A client that calls again and again has its connection before the attack begins.
  int64_t fresh_calls = 0;
  while (order.Going() || peers[0]->open_calls() > 0 || !fresh.empty()) {
    if (SecondsSince(order.start) > order.seconds + 12) break;
    if (peers[0] == nullptr || !peers[0]->alive() || peers[0]->going()) {
      std::string why;
      if (peers[0] != nullptr) take(peers[0].get());
      peers[0] = Peer::Connect(order.target, {}, 2, &why);
      ++(peers[0] == nullptr ? report.refused : report.opened);
      if (peers[0] == nullptr) {
        lost(why);
        ++report.calls;
        if (!order.Going()) break;
        continue;
      }
    }
    while (order.Going() && static_cast<double>(report.calls) < rate * SecondsSince(order.start)) {
      neighbour.Call(*peers[0], report.calls++);
      if (static_cast<double>(fresh_calls) > 2 * SecondsSince(order.start)) continue;
      ++fresh_calls;
      ++report.calls;
      const auto start = Clock::now();
      std::string why;
      auto peer = Peer::Connect(order.target, {}, 2, &why);
      times.push_back(SecondsSince(start) * 1e3);
      if (peer == nullptr) {
        lost(why);
        continue;
      }
      neighbour.Call(*peer, 0);
      fresh.push_back(std::move(peer));
    }
    Pump(peers, 1);
    Pump(fresh, 0);
    take(peers[0].get());
    for (const auto& peer : fresh) take(peer.get());
    std::erase_if(fresh, [](const auto& peer) { return peer->open_calls() == 0; });
  }
  // What never came back.
  const int64_t open = peers[0] == nullptr ? 0 : peers[0]->open_calls();
  for (int64_t i = 0; i < open; ++i) lost("no answer");
  for (const auto& [name, count] : bad) report.wrong.push_back(std::to_string(count) + " " + name);
  int64_t errors = 0;
  for (const auto& [name, count] : bad) errors += count;
  report.figures = {{"errors", static_cast<double>(errors)},
                    {"p50_ms", At(&times, 0.5)},
                    {"p99_ms", At(&times, 0.99)},
                    {"max_ms", At(&times, 1)}};
  return report;
}

// Makes `count` of something, eight at a time.
Report Fill(const Order& order, int count, const std::function<int32_t(Peer&, int)>& make) {
  Report report;
  auto peer = Peer::Connect(order.target);
  if (peer == nullptr) {
    report.wrong.emplace_back("no connection");
    return report;
  }
  const auto take = [&] {
    for (const Answer& answer : peer->Ended()) {
      report.Take(answer);
      report.Expect(answer.ok(), answer.Name() + " " + answer.message);
    }
  };
  while (peer->alive() && (report.calls < count || peer->open_calls() > 0)) {
    while (report.calls < count && peer->open_calls() < 8) make(*peer, static_cast<int>(report.calls++));
    Peers one;
    one.push_back(std::move(peer));
    Pump(one, 20);
    peer = std::move(one[0]);
    take();
    if (report.wrong.size() > 3) break;
  }
  return report;
}

Report FillActors(const Order& order) {
  return Fill(order, order.CountOr(1000), [&](Peer& peer, int i) {
    return peer.Call(CallHeaders(order, std::string(kAdmin) + "CreateActor"),
                     NewActor(order.agency, "person-" + std::to_string(i), RequestId()));
  });
}
Report FillReferrals(const Order& order) {
  return Fill(order, order.CountOr(490), [&](Peer& peer, int i) {
    return peer.Call(
        CallHeaders(order, std::string(kReferrals) + "CreateReferral"),
        NewReferral(order.resource, "ps-durham", "fill-" + std::to_string(i), 8600, RequestId()));
  });
}
Report FillProtocols(const Order& order) {
  return Fill(order, order.CountOr(4), [&](Peer& peer, int) {
    return peer.Call(CallHeaders(order, std::string(kProtocols) + "CreateProtocol"),
                     NewProtocol(order.agency, "ps-durham", 65'000));
  });
}
// As the gateway, to the audit itself.
Report FillLog(const Order& order) {
  return Fill(order, order.CountOr(216), [&](Peer& peer, int i) {
    return peer.Call(CallHeaders(order, "/accord.audit.v1.AuditWriterService/AppendRecords"),
                     LogRecords(order.agency, i * 1000, 1000));
  });
}

}  // namespace

std::vector<Attack> Errands() {
  return {
      {"neighbour", "40 good calls a second; --resource PROTOCOL,REFERRAL", GoodNeighbour},
      {"fill-actors", "people of one's own agency", FillActors},
      {"fill-referrals", "large referrals; --resource PROTOCOL", FillReferrals},
      {"fill-protocols", "protocols of 1.3 MB", FillProtocols},
      {"fill-log", "entries, 1,000 a batch; --port of the audit", FillLog},
  };
}

}  // namespace accord::attack
