// These calls are not what they seem. Each has one right answer.
#include <climits>

#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

const std::string kGetAgency = std::string(kRegistry) + "GetAgency";

// This is a connection that is reopened when it was closed.
class FormCaller {
 public:
  FormCaller(const Order& order, Report* report) : order_(order), report_(report) {}
  Peer* peer() {
    if (peer_ == nullptr || !peer_->alive() || peer_->going()) peer_ = Peer::Connect(order_.target);
    report_->Expect(peer_ != nullptr, "no connection");
    return peer_.get();
  }
  // This gives the answer to `bytes` on one stream.
  Answer Ask(const std::string& path, const std::string& bytes, const Headers& extra = {}) {
    Peer* open = peer();
    if (open == nullptr) return {};
    const int32_t stream = open->Open(CallHeaders(order_, path, extra));
    open->Send(stream, bytes, true);
    ++report_->calls;
    Answer answer = open->Await(stream, 12);
    report_->Take(answer);
    return answer;
  }

 private:
  const Order& order_;
  Report* report_;
  std::unique_ptr<Peer> peer_;
};

std::string Own(const Order& order) { return Framed(Named("agencies/" + order.agency)); }

Report SecondMessage(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  Answer answer = asker.Ask(kGetAgency, Own(order) + Own(order));
  report.Expect(!answer.ok(), "a second message in a unary call is accepted");
  answer = asker.Ask(kGetAgency, "");
  report.Expect(!answer.ok(), "a unary call without a message is accepted");
  answer = asker.Ask(kGetAgency, Own(order) + Own(order).substr(0, 3));
  report.Expect(!answer.ok(), "a half prefix after the message is accepted");
  // The second call starts once the first has been forwarded.
  Peer* peer = asker.peer();
  if (peer == nullptr) return report;
  const int32_t stream = peer->Open(CallHeaders(order, kGetAgency));
  peer->Send(stream, Own(order), false);
  const auto pause = Clock::now();
  while (SecondsSince(pause) < 0.2) peer->Turn();
  peer->Send(stream, Own(order), true);
  report.Expect(!peer->Await(stream, 12).ok(), "a late second message is accepted");
  return report;
}

Report Compressed(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  const std::string marked = Framed(Named("agencies/" + order.agency), 1);
  report.Expect(!asker.Ask(kGetAgency, marked).ok(), "the compressed flag without an encoding is accepted");
  report.Expect(!asker.Ask(kGetAgency, marked, {{"grpc-encoding", "identity"}}).ok(),
                "the compressed flag under identity is accepted");
  const std::string odd = Framed(Named("agencies/" + order.agency), 7);
  report.Expect(!asker.Ask(kGetAgency, odd).ok(), "a flag of 7 is accepted");
  return report;
}

Report Encodings(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  const Answer plain = asker.Ask(kGetAgency, Own(order));
  const std::string* offered = Find(plain.headers, "grpc-accept-encoding");
  const std::string offer = offered == nullptr ? "identity" : *offered;
  for (const char* encoding : {"gzip", "deflate", "snappy", "no-such"}) {
    const Answer answer = asker.Ask(kGetAgency, Framed("x", 1), {{"grpc-encoding", encoding}});
    if (answer.ok()) continue;
    const std::string* accepted = Find(answer.trailers, "grpc-accept-encoding");
    if (accepted == nullptr) accepted = Find(answer.headers, "grpc-accept-encoding");
    report.Expect(accepted != nullptr, std::string(encoding) + " is refused without grpc-accept-encoding");
    report.Expect(offer.find(encoding) == std::string::npos,
                  std::string(encoding) + " is refused, but answers offer " + offer);
  }
  return report;
}

Report ContentTypes(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  for (const char* good : {"application/grpc", "application/grpc+proto"}) {
    report.Expect(asker.Ask(kGetAgency, Own(order), {{"content-type", good}}).ok(),
                  std::string(good) + " is refused");
  }
  for (const char* odd :
       {"application/grpc-web+proto", "application/grpc-web", "application/grpc+json", "application/grpcfoo",
        "application/grpc+thrift", "application/GRPC-WEB", "application/grpc/", "text/html", ""}) {
    const Answer answer = asker.Ask(kGetAgency, Own(order), {{"content-type", odd}});
    report.Expect(answer.status == 12 || answer.http == 415,
                  std::string("'") + odd + "' got " + answer.Name());
  }
  return report;
}

Report HealthOfUnknown(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  for (const char* service : {"no.such.Service", "accord.protocols.v1.NoService", "accord", "\xff\xfe"}) {
    const Answer answer = asker.Ask(kHealth, Framed(Health(service)));
    report.Expect(!answer.ok(), std::string("the health of ") + service + " is answered");
  }
  const Answer known = asker.Ask(kHealth, Framed(Health("accord.protocols.v1.ReferralService")));
  report.Expect(known.ok() && known.body == std::string("\0\0\0\0\2\x08\1", 7),
                "the health of a known service is " + known.Name());
  return report;
}

// The attacker is a platform_admin of an agency that is not the office.
Report ForeignAdmin(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  for (const char* service :
       {"protocols", "registry", "intelligence", "prosecution", "strategy", "supports", "training"}) {
    const Answer answer =
        asker.Ask(std::string("/accord.") + service + ".v1.RevisionService/ListRevisionKeys", Framed(""));
    report.Expect(answer.status == 7 || answer.status == 12,
                  std::string("RevisionService of ") + service + ": " + answer.Name());
  }
  for (const char* verb : {"RecoverRecords", "ReconcileRecords", "CollectRevisions"}) {
    const Answer answer =
        asker.Ask(std::string(kAudit) + verb, Framed(ForgedRecovery("cas-york", order.resource)));
    report.Expect(answer.status == 7 || answer.status == 12, std::string(verb) + ": " + answer.Name());
  }
  const Answer writer = asker.Ask("/accord.audit.v1.AuditWriterService/AppendRecords",
                                  Framed(LogRecords(order.agency, 900'000'000, 1)));
  report.Expect(!writer.ok(), "AppendRecords: " + writer.Name());
  const Answer policy = asker.Ask("/accord.registry.v1.PolicyService/WatchPolicy", Framed(""));
  report.Expect(!policy.ok() && policy.bytes == 0, "WatchPolicy: " + policy.Name());
  return report;
}

// This gives the n-th of several names separated by commas; it is empty if there are fewer.
std::string Part(const std::string& names, int64_t n) {
  std::size_t at = 0;
  for (; n > 0; --n) {
    at = names.find(',', at);
    if (at++ == std::string::npos) return "";
  }
  return names.substr(at, names.find(',', at) - at);
}

// This makes a change in one service with a request id, then changes another agency's record in another
// service with the same id and leaves before the answer. The judge looks for the change in the owner's log.
Report ReusedRequestId(const Order& order) {
  Report report;
  Order boss = order;
  boss.actor = "boss";
  boss.purpose = "administration";
  for (const int microseconds : {500, 1000, 1500, 2500, 4000, 8000}) {
    auto peer = Peer::Connect(order.target);
    if (peer == nullptr) continue;
    const std::string id = RequestId();
    const std::string actor =
        "reuse-" + std::to_string(microseconds) + "-" + std::to_string(order.target.port);
    report.Take(peer->Await(peer->Call(CallHeaders(boss, std::string(kAdmin) + "CreateActor"),
                                       NewActor(order.agency, actor, id))));
    const std::string referral = Part(order.resource, report.calls);
    if (referral.empty()) break;
    const Answer read =
        peer->Await(peer->Call(CallHeaders(order, std::string(kReferrals) + "GetReferral"), Named(referral)));
    ++report.calls;
    if (!read.ok()) {
      report.wrong.push_back("GetReferral of " + referral + ": " + read.Name());
      continue;
    }
    const int32_t stream = peer->Call(CallHeaders(order, std::string(kReferrals) + "AcknowledgeReferral"),
                                      Acknowledgement(referral, EtagIn(read.body), id));
    const auto sent = Clock::now();
    do peer->Turn();
    while (SecondsSince(sent) * 1e6 < microseconds);
    peer->Reset(stream);
    peer->Turn();
  }
  return report;
}

Report Edges(const Order& order) {
  Report report;
  FormCaller asker(order, &report);
  const std::string most = Varint(static_cast<uint64_t>(INT64_MAX));
  const std::string least = Varint(static_cast<uint64_t>(INT64_MIN));
  for (const std::string& edge : {most, least}) {
    Peer* peer = asker.peer();
    if (peer == nullptr) return report;
    const int32_t watch =
        peer->Call(CallHeaders(order, std::string(kAudit) + "WatchDisclosures"), Tag(1, 0) + edge);
    // The watch may rightly wait for events.
    const Answer watched = peer->Await(watch, 1);
    if (watched.status >= 0 || !peer->alive()) report.Take(watched);
    peer->Reset(watch);
    asker.Ask(std::string(kAudit) + "GetInclusionProof", Framed(Tag(1, 0) + edge + Tag(2, 0) + edge));
    asker.Ask(std::string(kAudit) + "GetConsistencyProof", Framed(Tag(1, 0) + edge + Tag(2, 0) + edge));
    asker.Ask(std::string(kAudit) + "ListEntries", Framed(Tag(1, 0) + edge));
    asker.Ask(std::string(kReferrals) + "ListReferrals", Framed(Tag(1, 0) + edge));
  }
  for (const auto& [name, count] : report.answers) {
    report.Expect(name.find("INTERNAL") == std::string::npos && name.find("UNKNOWN") != 0 && name != "LOST" &&
                      name.find("BACKEND_UNAVAILABLE") == std::string::npos,
                  "numbers at their edges: " + name);
  }
  return report;
}

}  // namespace

std::vector<Attack> FormAttacks() {
  return {
      {"second-message", "more or less than one message in a unary call is refused", SecondMessage},
      {"compressed", "a compressed flag without an encoding is refused", Compressed},
      {"encodings", "what is refused is not offered, and a refusal says what is", Encodings},
      {"content-types", "what is not gRPC over HTTP/2 is not answered as such", ContentTypes},
      {"health-unknown", "an unknown service has no health", HealthOfUnknown},
      {"foreign-admin", "a platform_admin of any agency sees and writes nothing of others", ForeignAdmin},
      {"reused-request-id",
       "a change that nobody waited for, under an id that was used, is in its owner's log", ReusedRequestId},
      {"edges", "numbers at their edges", Edges},
  };
}

}  // namespace accord::attack
