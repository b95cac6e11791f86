// These programs fill the databases before an attack.
#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

// This makes `count` of something, eight at a time.
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
// This connects to the audit service directly, as the gateway does.
Report FillLog(const Order& order) {
  return Fill(order, order.CountOr(216), [&](Peer& peer, int i) {
    return peer.Call(CallHeaders(order, "/accord.audit.v1.AuditWriterService/AppendRecords"),
                     LogRecords(order.agency, i * 1000, 1000));
  });
}

}  // namespace

std::vector<Attack> DatabaseFills() {
  return {
      {"fill-actors", "people of one's own agency", FillActors},
      {"fill-referrals", "large referrals; --resource PROTOCOL", FillReferrals},
      {"fill-protocols", "protocols of 1.3 MB", FillProtocols},
      {"fill-log", "entries, 1,000 a batch; --port of the audit", FillLog},
  };
}

}  // namespace accord::attack
