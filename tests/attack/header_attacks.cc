// Odd headers from a caller must neither end up in a record that the log refuses nor reach
// a service.
#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

const std::string kGetAgency = std::string(kRegistry) + "GetAgency";

// Floods with calls that have the odd headers `extra`.
Report Odd(const Order& order, const std::string& path, const Headers& extra, double per_second = 0) {
  const Headers headers = CallHeaders(order, path, extra);
  const std::string body = Named("agencies/" + order.agency);
  return Flood(order, 25, per_second, [&](Peer& peer) { peer.Call(headers, body); });
}

Report ActorBytes(const Order& order) { return Odd(order, kGetAgency, {{"accord-actor", "\xff\xfe"}}); }
Report ActorLong(const Order& order) {
  return Odd(order, kGetAgency, {{"accord-actor", std::string(9000, 'a')}});
}
Report PathBytes(const Order& order) { return Odd(order, "/accord.\xff\xfe/Get", {}); }
Report PathLong(const Order& order) { return Odd(order, "/" + std::string(9000, 'p'), {}); }
Report FatRecords(const Order& order) {
  return Odd(order, "/" + std::string(7900, 'p'), {{"accord-actor", std::string(7900, 'a')}});
}
Report PurposeBytes(const Order& order) {
  return Odd(order, kGetAgency, {{"accord-purpose", "\xff\xfe"}, {"traceparent", std::string(55, '\xff')}},
             300);
}

Report BinaryHeader(const Order& order) {
  const Headers odd[] = {{{"x-bin", "!!!"}},
                         {{"x-bin", "AAAA,BBBB"}},
                         {{"grpc-trace-bin", "!!!"}},
                         {{"grpc-tags-bin", "%%%"}},
                         {{"grpc-status-details-bin", "!!!"}},
                         {{"accord-touched-bin", "!!!"}}};
  // The calls go to each service that the neighbour uses.
  const std::string paths[] = {kGetAgency, std::string(kReferrals) + "ListReferrals",
                               std::string(kAudit) + "GetCheckpoint"};
  int turn = 0;
  return Flood(order, 25, 57, [&](Peer& peer) {
    peer.Call(CallHeaders(order, paths[turn % 3], odd[turn / 3 % 6]), "");
    ++turn;
  });
}

// This gives headers that gRPC itself interprets: if a service acts on one or logs it, it was forwarded.
Report Canary(const Order& order) {
  const Headers extra = {{"grpc-previous-rpc-attempts", "CANARY 7f3a"},
                         {"grpc-accept-encoding", "CANARY 7f3a"},
                         {"grpc-timeout", "CANARY7f3a"},
                         {"user-agent", "CANARY 7f3a"},
                         {"x-request-id", "CANARY 7f3a"},
                         {"lb-token", "CANARY 7f3a"}};
  Report report;
  // Each is also sent alone, because the first odd one may hide the others.
  for (const auto& one : extra) {
    Order part = order;
    part.seconds = order.seconds / static_cast<double>(extra.size());
    part.start = Clock::now();
    const Report some = Odd(part, kGetAgency, {one}, 30);
    report.calls += some.calls;
    for (const auto& [name, count] : some.answers) report.answers[name] += count;
  }
  return report;
}

Report ManyHeaders(const Order& order) {
  Headers extra;
  for (int i = 0; i < 200; ++i) extra.emplace_back("x-unknown-" + std::to_string(i), "v" + std::to_string(i));
  return Odd(order, "/accord.training.v1.CourseService/ListCourses", extra, 50);
}

// This sends five times the permitted size of a header list, in one block after another.
Report HugeHeaders(const Order& order) {
  return Odd(order, kGetAgency, {{"x-fill", std::string(80 * 1024, 'x')}}, 200);
}

Report ZeroTrace(const Order& order) {
  const std::string zero = "00-00000000000000000000000000000000-0000000000000000-00";
  return Odd(order, kGetAgency, {{"traceparent", zero}}, 20);
}

}  // namespace

std::vector<Attack> HeaderAttacks() {
  return {
      {"actor-bytes", "accord-actor that is not UTF-8: nobody else's call fails", ActorBytes},
      {"actor-long", "accord-actor of 9,000 bytes", ActorLong},
      {"path-bytes", "a path that is not UTF-8", PathBytes},
      {"path-long", "a path of 9,000 bytes", PathLong},
      {"fat-records", "records of 16 kB, past 8 MB a batch", FatRecords},
      {"purpose-bytes", "a purpose and a traceparent that are not UTF-8", PurposeBytes},
      {"binary-header", "-bin headers that are not base 64 cut no shared connection", BinaryHeader},
      {"canary", "headers that gRPC reads or logs leave no trace of their text", Canary},
      {"many-headers", "200 unknown headers a call", ManyHeaders},
      {"huge-headers", "header lists of 80 KiB", HugeHeaders},
      {"zero-trace", "a traceparent of zeros is not taken", ZeroTrace},
  };
}

}  // namespace accord::attack
