// These messages are small to send and large in memory.
#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

constexpr std::size_t kMost = 4 * 1024 * 1024 - 1024;

std::string Repeated(const std::string& unit) {
  std::string bytes;
  bytes.reserve(kMost);
  while (bytes.size() + unit.size() <= kMost) bytes += unit;
  return bytes;
}

struct Bomb {
  std::string path, body;
};

// This sends each message five times at once, and again as answers arrive.
Report Explode(const Order& order, const std::vector<Bomb>& bombs) {
  std::size_t turn = 0;
  return Flood(order, 2, 8, [&](Peer& peer) {
    const Bomb& bomb = bombs[turn++ % bombs.size()];
    peer.Call(CallHeaders(order, bomb.path), bomb.body);
  });
}

// This sends empty sub-messages: two bytes each on the wire.
Report SubMessages(const Order& order) {
  const std::string empty = Tag(13, 2) + '\0';
  return Explode(order,
                 {{std::string(kProtocols) + "CreateProtocol",
                   Named("agencies/" + order.agency) + Field(2, Repeated(empty)) + Field(3, RequestId())}});
}
// This sends empty strings in a repeated field, and a sub-message that is merged over and over.
Report Strings(const Order& order) {
  const std::string merged = Field(2, Tag(12, 2) + '\0');
  return Explode(order, {{std::string(kProtocols) + "CreateProtocol",
                          Named("agencies/" + order.agency) + Field(2, Repeated(Tag(4, 2) + '\0'))},
                         {std::string(kProtocols) + "CreateProtocol", Repeated(merged)}});
}
// Fields that the message type does not know take memory too.
Report Unknown(const Order& order) {
  const std::string field = Tag(15, 2) + '\0';
  const std::string group = Tag(14, 3) + Tag(14, 4);
  const std::string path = std::string(kProtocols) + "CreateProtocol";
  return Explode(
      order,
      {{path, Repeated(field)}, {path, Repeated(group)}, {path, Field(2, Repeated(Tag(200, 2) + '\0'))}});
}
// Nests messages as deeply as possible, repeatedly.
Report Deep(const Order& order) {
  std::string nest;
  for (int depth = 0; depth < 95; ++depth) nest = Field(13, nest);
  return Explode(order, {{std::string(kProtocols) + "CreateProtocol", Field(2, Repeated(nest))}});
}
// This sends large messages to methods that take only a name.
Report SmallMethods(const Order& order) {
  const std::string many = Repeated(Tag(15, 2) + '\0');
  return Explode(order, {{std::string(kReferrals) + "GetReferral", many},
                         {std::string(kRegistry) + "GetAgency", Repeated(Field(1, "a"))},
                         {std::string(kAudit) + "ListEntries", many}});
}

// This sends messages without their last byte, so that both sides hold the rest in memory.
Report Uploads(const Order& order) {
  Report report;
  const int count = order.CountOr(200);
  Peers peers = ConnectAll(order, std::max(4, count / 50), {}, &report);
  const std::string path = std::string(kProtocols) + "CreateProtocol";
  // The message would be complete, but its length announces one byte more.
  const std::string body = Framed(Named("agencies/" + order.agency) + Field(2, std::string(kMost, 'u')));
  const std::string most = body.substr(0, body.size() - 1);
  while (order.Going()) {
    Reopen(order, {}, &peers, &report);
    for (const auto& peer : peers) {
      if (peer == nullptr) continue;
      const int share = count / static_cast<int>(peers.size());
      while (peer->alive() && peer->open_calls() < share && peer->backlog() < (8 << 20)) {
        peer->Send(peer->Open(CallHeaders(order, path)), most, false);
        ++report.calls;
      }
      report.Take(peer->Ended());
    }
    Pump(peers, 10);
  }
  int64_t open = 0;
  for (const auto& peer : peers) open += peer == nullptr ? 0 : peer->open_calls();
  report.figures["open_at_the_end"] = static_cast<double>(open);
  return report;
}

// This sends whole requests of 1.3 MB as fast as possible. The gateway decrypts, checks and hashes each byte;
// the service decides and changes nothing.
Report LargeRequests(const Order& order) {
  const Headers headers =
      CallHeaders(order, std::string(kProtocols) + "CreateProtocol", {{"accord-validate-only", "true"}});
  const std::string body = NewProtocol(order.agency, "ps-durham", 65'000);
  Report report = Flood(order, 4, 0, [&](Peer& peer) { peer.Call(headers, body); });
  report.Expect(report.answers["OK"] > 0, "no large request was taken");
  return report;
}

// This keeps calls open and sends a byte now and then.
Report DripBodies(const Order& order) {
  Report report;
  Peers peers = ConnectAll(order, 2, {}, &report);
  std::vector<std::pair<Peer*, int32_t>> calls;
  for (const auto& peer : peers) {
    if (peer == nullptr) continue;
    for (int i = 0; i < 100; ++i) {
      calls.emplace_back(peer.get(), peer->Open(CallHeaders(order, std::string(kRegistry) + "GetAgency")));
      peer->Send(calls.back().second, Framed(std::string(4000, 'd')).substr(0, 6), false);
      ++report.calls;
    }
  }
  while (order.Going()) {
    for (const auto& [peer, stream] : calls) peer->Send(stream, "d", false);
    const auto sent = Clock::now();
    while (SecondsSince(sent) < 0.5) Pump(peers, 50);
    for (const auto& peer : peers) {
      if (peer != nullptr) report.Take(peer->Ended());
    }
  }
  return report;
}

}  // namespace

std::vector<Attack> BodyAttacks() {
  return {
      {"bomb-messages", "4 MiB of empty sub-messages", SubMessages},
      {"bomb-strings", "4 MiB of empty strings, and of merged sub-messages", Strings},
      {"bomb-unknown", "4 MiB of fields that the message does not know", Unknown},
      {"bomb-deep", "4 MiB of messages 95 deep", Deep},
      {"bomb-small-methods", "4 MiB to methods that take a name", SmallMethods},
      {"uploads", "200 requests of 4 MiB without their last byte", Uploads},
      {"large-requests", "requests of 1.3 MB as fast as they go", LargeRequests},
      {"drip-bodies", "200 requests that come a byte at a time", DripBodies},
  };
}

}  // namespace accord::attack
