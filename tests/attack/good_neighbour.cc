// This is the good neighbour, whose calls must never suffer from an attack.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

double Percentile(std::vector<double>* sorted, double share) {
  if (sorted->empty()) return 0;
  std::sort(sorted->begin(), sorted->end());
  return (*sorted)[static_cast<std::size_t>(share * static_cast<double>(sorted->size() - 1))];
}

// order.resource has the form PROTOCOL,REFERRAL; both belong to order.agency.
struct NeighbourCalls {
  const Order& order;
  std::string protocol, referral;

  explicit NeighbourCalls(const Order& o) : order(o) {
    const std::size_t comma = o.resource.find(',');
    protocol = o.resource.substr(0, comma);
    referral = o.resource.substr(comma + 1);
  }
  // This makes reads of three services and, in two of ten calls, changes.
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

// This is an open loop: calls start on schedule, whether or not earlier ones have returned.
class GoodNeighbour {
 public:
  explicit GoodNeighbour(const Order& order) : order_(order), neighbour_(order) {}

  Report Run() {
    const double rate = order_.CountOr(40);
    while (order_.Going() || Open() > 0) {
      if (SecondsSince(order_.start) > order_.seconds + 12) break;
      while (order_.Going() && static_cast<double>(report_.calls) < rate * SecondsSince(order_.start)) {
        OnKept();
        // Twice a second a call uses a new connection.
        if (static_cast<double>(fresh_calls_) <= 2 * SecondsSince(order_.start)) OnFresh();
      }
      TakeGreetings();
      Pump(peers_, 1);
      Pump(fresh_, 0);
      for (const auto& peer : peers_) Take(peer.get());
      for (const auto& peer : fresh_) Take(peer.get());
      std::erase_if(peers_, [](const auto& peer) {
        return !peer->alive() || (peer->going() && peer->open_calls() == 0);
      });
      std::erase_if(fresh_, [](const auto& peer) { return peer->open_calls() == 0; });
    }
    const int64_t open = Open();
    for (int64_t i = 0; i < open; ++i) Lose("no answer");
    return Sum();
  }

 private:
  // A connection has at most this many streams; then a second connection is opened, as gRPC's clients can.
  static constexpr int kStreams = 90;

  // This is a connection for one call, and how long it took to be made.
  struct Greeting {
    std::unique_ptr<Peer> peer;
    std::string why;
    double milliseconds = 0;
  };

  int64_t Open() const {
    auto open = static_cast<int64_t>(greetings_.size());
    for (const auto& peer : peers_) open += peer->open_calls();
    for (const auto& peer : fresh_) open += peer->open_calls();
    return open;
  }
  void Lose(const std::string& why) {
    ++report_.answers["LOST"];
    ++bad_[why];
  }
  void Take(Peer* peer) {
    for (const Answer& answer : peer->Ended()) {
      report_.Take(answer);
      times_.push_back(answer.milliseconds);
      if (!answer.ok()) ++bad_[answer.Name()];
    }
  }
  void OnKept() {
    ++report_.calls;
    for (const auto& peer : peers_) {
      if (peer->alive() && !peer->going() && peer->open_calls() < kStreams)
        return neighbour_.Call(*peer, report_.calls);
    }
    std::string why;
    auto peer = Peer::Connect(order_.target, {}, 2, &why);
    ++(peer == nullptr ? report_.refused : report_.opened);
    if (peer == nullptr) return Lose("CONNECT " + why);
    neighbour_.Call(*peer, report_.calls);
    peers_.push_back(std::move(peer));
  }
  // This connects on a thread of its own: the calls of other connections do not wait for a handshake.
  void OnFresh() {
    ++fresh_calls_;
    ++report_.calls;
    greetings_.push_back(std::async(std::launch::async, [this] {
      const auto start = Clock::now();
      Greeting greeting;
      greeting.peer = Peer::Connect(order_.target, {}, 2, &greeting.why);
      greeting.milliseconds = SecondsSince(start) * 1e3;
      return greeting;
    }));
  }
  void TakeGreetings() {
    std::erase_if(greetings_, [this](std::future<Greeting>& each) {
      if (each.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
      Greeting greeting = each.get();
      times_.push_back(greeting.milliseconds);
      if (greeting.peer == nullptr) {
        Lose("CONNECT " + greeting.why);
        return true;
      }
      neighbour_.Call(*greeting.peer, 0);
      fresh_.push_back(std::move(greeting.peer));
      return true;
    });
  }
  Report Sum() {
    double errors = 0;
    for (const auto& [name, count] : bad_) {
      report_.wrong.push_back(std::to_string(count) + " " + name);
      errors += static_cast<double>(count);
    }
    report_.figures = {{"errors", errors},
                       {"p50_ms", Percentile(&times_, 0.5)},
                       {"p99_ms", Percentile(&times_, 0.99)},
                       {"max_ms", Percentile(&times_, 1)}};
    return report_;
  }

  const Order& order_;
  const NeighbourCalls neighbour_;
  Report report_;
  std::vector<double> times_;
  std::map<std::string, int64_t> bad_;
  Peers peers_, fresh_;
  int64_t fresh_calls_ = 0;
  // The threads behind these use the other members, so these are destroyed first.
  std::vector<std::future<Greeting>> greetings_;
};

}  // namespace

std::vector<Attack> GoodNeighbours() {
  return {
      {"neighbour", "40 good calls a second; --resource PROTOCOL,REFERRAL",
       [](const Order& order) { return GoodNeighbour(order).Run(); }},
  };
}

}  // namespace accord::attack
