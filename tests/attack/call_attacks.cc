// These calls are permitted, or refused, in numbers that harm others.
#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

const std::string kGetAgency = std::string(kRegistry) + "GetAgency";

Report Repeat(const Order& order, int open, double per_second, const std::string& path,
              const std::string& body, const Headers& extra = {}) {
  const Headers headers = CallHeaders(order, path, extra);
  return Flood(order, open, per_second, [&](Peer& peer) { peer.Call(headers, body); });
}

// A call that costs much only if it is answered must have been answered.
Report Answered(Report report) {
  report.Expect(report.answers["OK"] > 0, "not one call was answered");
  return report;
}

Report HealthFlood(const Order& order) { return Answered(Repeat(order, 50, 0, kHealth, "")); }
Report HealthRevoked(const Order& order) {
  Report report = Repeat(order, 50, 0, kHealth, "");
  report.Expect(report.answers["OK"] == 0, "a revoked certificate is told the health");
  return report;
}

Report Refusals(const Order& order) {
  return Repeat(order, 50, 0, kGetAgency, Named("agencies/" + order.agency));
}
// Each refused call has another name and method, so that no two are alike.
Report VariedRefusals(const Order& order) {
  int64_t turn = 0;
  return Flood(order, 50, 0, [&](Peer& peer) {
    const std::string n = std::to_string(++turn);
    peer.Call(CallHeaders(order, "/accord.m" + n + ".v1.S" + n + "/M" + n, {{"accord-actor", "nobody-" + n}}),
              "");
  });
}
Report ActorRefusals(const Order& order) {
  int64_t turn = 0;
  return Flood(order, 50, 0, [&](Peer& peer) {
    peer.Call(CallHeaders(order, kGetAgency, {{"accord-actor", "nobody-" + std::to_string(++turn)}}),
              Named("agencies/" + order.agency));
  });
}

// This opens streams that stay open, to use up those of others.
Report Watches(const Order& order) {
  Report report;
  Peers peers = ConnectAll(order, order.connections, {}, &report);
  const Headers headers = CallHeaders(order, std::string(kReferrals) + "WatchReferrals");
  while (order.Going()) {
    Reopen(order, {}, &peers, &report);
    for (const auto& peer : peers) {
      if (peer == nullptr) continue;
      while (peer->alive() && peer->open_calls() < order.CountOr(200) / order.connections) {
        peer->Call(headers, "");
        ++report.calls;
      }
      report.Take(peer->Ended());
    }
    const auto pause = Clock::now();
    while (SecondsSince(pause) < 0.05) Pump(peers, 10);
  }
  int64_t open = 0;
  for (const auto& peer : peers) open += peer == nullptr ? 0 : peer->open_calls();
  report.figures["open_at_the_end"] = static_cast<double>(open);
  report.Expect(open > 0, "no stream is open");
  return report;
}

// This opens watches from the first change on, and opens them again as soon as they run: each reads the
// whole feed.
Report OldWatches(const Order& order) {
  const Headers headers = CallHeaders(order, std::string(kReferrals) + "WatchReferrals");
  const std::string from_the_first = Tag(1, 0) + Varint(1);
  std::map<Peer*, std::deque<int32_t>> open;
  return Flood(order, 16, 200, [&](Peer& peer) {
    auto& mine = open[&peer];
    mine.push_back(peer.Call(headers, from_the_first));
    while (mine.size() > 7) {
      peer.Reset(mine.front());
      mine.pop_front();
    }
  });
}

// These clients died without closing: their machines no longer answer anything.
Report DeadWatches(const Order& order) {
  Report report;
  Manners manners;
  manners.answers_pings = false;
  Peers peers = ConnectAll(order, 7, manners, &report);
  for (const auto& peer : peers) {
    if (peer == nullptr) continue;
    for (int i = 0; i < 28; ++i)
      peer->Call(CallHeaders(order, std::string(kReferrals) + "WatchReferrals"), "");
  }
  while (order.Going()) Pump(peers, 50);
  for (const auto& peer : peers) report.closed += peer != nullptr && !peer->alive() ? 1 : 0;
  report.Expect(report.closed == report.opened, "watches of clients that answer no PING are open after " +
                                                    std::to_string(order.seconds) + " s");
  return report;
}

Report HeavyLists(const Order& order) {
  return Answered(Repeat(order, 50, 52, std::string(kReferrals) + "ListReferrals", Page(1000)));
}
Report HeavyListsAtOnce(const Order& order) {
  return Answered(Repeat(order, 48, 0, std::string(kReferrals) + "ListReferrals", Page(0)));
}
Report EmptyFilter(const Order& order) {
  return Answered(Repeat(order, 180 / order.connections, 0, std::string(kAudit) + "ListEntries",
                         EntriesOf("agencies/" + order.agency + "/referrals/none", 1000)));
}
Report Burst(const Order& order) {
  return Answered(Repeat(order, 45, 0, kGetAgency, Named("agencies/" + order.agency)));
}
// This makes as many changes of the agency's own records as possible.
Report OwnChanges(const Order& order) {
  int64_t turn = 0;
  return Answered(Flood(order, 45, 0, [&](Peer& peer) {
    peer.Call(
        CallHeaders(order, std::string(kAdmin) + "CreateActor"),
        NewActor(order.agency, "made-" + std::to_string(++turn) + "-" + std::to_string(order.target.port),
                 RequestId()));
  }));
}

// This makes changes whose callers have left before they take effect. order.resource is the protocol that
// they are made under.
std::string Change(const Order& order, int64_t turn) {
  return NewReferral(order.resource, "ps-durham", "left-" + std::to_string(turn), 100, RequestId());
}
Report ShortDeadlines(const Order& order) {
  int64_t turn = 0;
  return Flood(order, 20, 150, [&](Peer& peer) {
    const std::string timeout = std::to_string(1 + turn % 12) + "m";
    peer.Call(CallHeaders(order, std::string(kReferrals) + "CreateReferral", {{"grpc-timeout", timeout}}),
              Change(order, turn));
    ++turn;
  });
}
Report LeftChanges(const Order& order) {
  Report report;
  const Headers headers = CallHeaders(order, std::string(kReferrals) + "CreateReferral");
  auto peer = Peer::Connect(order.target);
  for (; order.Going(); ++report.calls) {
    if (peer == nullptr || !peer->alive() || peer->going()) {
      peer = Peer::Connect(order.target);
      if (peer == nullptr) continue;
      ++report.opened;
    }
    const int32_t stream = peer->Call(headers, Change(order, report.calls));
    const auto sent = Clock::now();
    const double wait = 0.0005 * static_cast<double>(1 + report.calls % 16);
    do peer->Turn();
    while (SecondsSince(sent) < wait);
    // Some cancel their call, and some close their connection.
    if (report.calls % 5 == 4) {
      peer.reset();
    } else {
      peer->Reset(stream);
      peer->Turn();
    }
  }
  return report;
}

// This calls every list with the largest page size; each must be answered, even if with a short page.
Report LongLists(const Order& order) {
  Report report;
  auto peer = Peer::Connect(order.target);
  if (peer == nullptr) {
    report.wrong.emplace_back("no connection");
    return report;
  }
  const std::string agency = "agencies/" + order.agency;
  struct List {
    const char* what;
    std::string path, body, actor, purpose;
  };
  const std::string working = order.agency.starts_with("ps-") ? "criminal_investigation" : "child_protection";
  const std::string worker = order.agency.starts_with("ps-") ? "member" : "worker";
  const List lists[] = {
      {"ListActors 1000", std::string(kRegistry) + "ListActors", PageOf(agency, 1000), "boss",
       "administration"},
      {"ListActors 257", std::string(kRegistry) + "ListActors", PageOf(agency, 257), "boss",
       "administration"},
      {"ListAgencies 1000", std::string(kRegistry) + "ListAgencies", Page(1000), "boss", "administration"},
      {"ListProtocols 1000", std::string(kProtocols) + "ListProtocols", Page(1000), "director",
       "protocol_governance"},
      {"ListProtocols default", std::string(kProtocols) + "ListProtocols", "", "director",
       "protocol_governance"},
      {"ListReferrals 1000", std::string(kReferrals) + "ListReferrals", Page(1000), worker, working},
      {"ListReferrals 490", std::string(kReferrals) + "ListReferrals", Page(490), worker, working},
      {"ListEntries 1000", std::string(kAudit) + "ListEntries", Page(1000), "privacy", "privacy_review"},
  };
  for (const List& list : lists) {
    if (!peer->alive()) peer = Peer::Connect(order.target);
    Order mine = order;
    mine.actor = list.actor;
    mine.purpose = list.purpose;
    const Answer answer = peer->Await(peer->Call(CallHeaders(mine, list.path), list.body), 12);
    ++report.calls;
    report.Take(answer);
    report.figures[std::string("bytes of ") + list.what] = static_cast<double>(answer.bytes);
    report.Expect(answer.ok(), std::string(list.what) + ": " + answer.Name());
  }
  return report;
}

// This lists a thousand names and leaves a moment later, when the call or the record about it is still in
// progress. There are as many records as calls that the agency's quota lets begin, whether or not
// somebody waits.
Report LeftLists(const Order& order) {
  const Headers headers = CallHeaders(order, std::string(kRegistry) + "ListActors");
  const std::string body = PageOf("agencies/" + order.agency, 1000);
  std::map<Peer*, std::deque<int32_t>> sent;
  // A connection may not reset more than a hundred calls a second.
  Report report = Flood(order, 24, 60 * order.connections, [&](Peer& peer) {
    auto& mine = sent[&peer];
    const int32_t stream = peer.Call(headers, body);
    // The previous connection in this place was closed.
    if (!mine.empty() && stream < mine.back()) mine.clear();
    mine.push_back(stream);
    while (mine.size() > 20) {
      peer.Reset(mine.front());
      mine.pop_front();
    }
  });
  report.Expect(report.calls > 100, "hardly any list was asked for");
  return report;
}

}  // namespace

std::vector<Attack> CallAttacks() {
  return {
      {"health", "health calls as fast as they go", HealthFlood},
      {"health-revoked", "the same of a revoked certificate: it is told nothing", HealthRevoked},
      {"refusals", "calls that are refused, as fast as they go: the log grows by little", Refusals},
      {"varied-refusals", "the same, each of another method and name", VariedRefusals},
      {"actor-refusals", "the same, each of another person", ActorRefusals},
      {"watches", "200 open streams of one agency", Watches},
      {"old-watches", "watches from the first change, again and again", OldWatches},
      {"dead-watches", "196 streams of clients that answer no PING: closed", DeadWatches},
      {"heavy-lists", "52 lists of 1,000 large rows a second", HeavyLists},
      {"heavy-lists-at-once", "lists of large rows, as many at once as go", HeavyListsAtOnce},
      {"empty-filter", "180 lists of the log at once that find nothing", EmptyFilter},
      {"burst", "cheap calls as fast as they go", Burst},
      {"own-changes", "changes of one's own agency as fast as they go", OwnChanges},
      {"short-deadlines", "changes with deadlines of milliseconds: each that took effect has its record",
       ShortDeadlines},
      {"left-changes", "changes whose caller leaves: each that took effect has its record", LeftChanges},
      {"left-lists", "lists of 1,000 names whose caller leaves while they are recorded", LeftLists},
      {"long-lists", "every list with a page of 1,000", LongLists},
  };
}

}  // namespace accord::attack
