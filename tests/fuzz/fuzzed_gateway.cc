#include "tests/fuzz/fuzzed_gateway.h"

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

#include "common/access/assertion.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using accord::testing::Eventually;
using gateway::Echo;
using gateway::Echoed;

constexpr char kNeighbour[] = "cas-york";
// A session remembers something of old streams.
constexpr int32_t kStreamsAConnection = 2000;

constexpr int64_t kForeverMs = int64_t{365} * 24 * 3'600'000;

// A fuzzer is faster than any rate, waits for nothing, and runs longer than a policy holds.
void SetLimits(gateway::v1::Limits* limits) {
  limits->set_agency_calls_per_second(1e9);
  limits->set_agency_burst(1e9);
  limits->set_policy_max_age_ms(kForeverMs);
  limits->set_default_deadline_ms(300);
  limits->set_max_deadline_ms(3000);
  limits->set_max_stream_deadline_ms(3000);
}

// This gives what a service may learn of a request beside the assertion.
bool MayBeForwarded(const std::string& name) {
  static const std::set<std::string> kAllowed = {"te", "content-type", "grpc-timeout", "grpc-accept-encoding",
                                                 "traceparent", "tracestate", "accord-caller-bin",
                                                 // The name of this header is gRPC's own for :authority.
                                                 "host", "user-agent"};
  return name.starts_with(":") || kAllowed.contains(name);
}

}  // namespace

class FuzzedGateway::Service : public grpc::CallbackGenericService {
  struct Reactor : gateway::OnceReactor {
    explicit Reactor(bool unary) : unary_(unary) { StartRead(&in_); }
    void OnReadDone(bool ok) override {
      if (!ok)
        return End(unary_ ? grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "empty") : grpc::Status::OK);
      const Echo request = gateway::Parsed<Echo>(in_);
      if (request.fail_with() != 0) {
        return End(grpc::Status(static_cast<grpc::StatusCode>(request.fail_with() & 15), "as asked"));
      }
      if (request.hold_ms() > 0) return;
      Echoed answer;
      const int bytes = std::clamp(request.response_bytes(), 0, 64 * 1024);
      answer.set_payload(bytes > 0 ? std::string(static_cast<std::size_t>(bytes), 'e') : request.payload());
      left_ = std::clamp(request.count(), 1, 8);
      out_ = gateway::Packed(answer);
      unary_ ? EndWith(&out_) : StartWrite(&out_);
    }
    void OnWriteDone(bool ok) override {
      if (!ok || unary_) return;
      --left_ > 0 ? StartWrite(&out_) : StartRead(&in_);
    }
    void OnCancel() override { End(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }
    bool unary_;
    int left_ = 0;
    grpc::ByteBuffer in_, out_;
  };

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    int assertions = 0;
    for (const auto& [key, value] : context->client_metadata()) {
      const std::string name(key.data(), key.size());
      Hold(MayBeForwarded(name), "a service sees nothing of a caller's headers but what is allowed");
      assertions += name == kCallerHeader;
    }
    Hold(assertions == 1, "every call carries one assertion");
    const std::string& method = context->method();
    return new Reactor(method.ends_with("/Echo") || method.ends_with("/EchoForPolice") ||
                       method.ends_with("/Change"));
  }
};

FuzzedGateway& FuzzedGateway::Open() {
  static FuzzedGateway fuzzed;
  return fuzzed;
}

FuzzedGateway::FuzzedGateway()
    : service_(std::make_unique<Service>()), neighbour_(pki_.Agency(kNeighbour, "cms")) {
  std::signal(SIGPIPE, SIG_IGN);
  Start([&](gateway::v1::GatewayConfig* config) {
    SetLimits(config->mutable_limits());
    StopServer("echo");
    StartServer("echo", service_.get(), ports_["echo"]);
  });
  Hold(gateway_ != nullptr, "the gateway starts");
  // The neighbour is registered as the agency is.
  auto policy = Policy();
  *policy.add_agencies() = policy.agencies(0);
  *policy.add_systems() = policy.systems(0);
  *policy.add_actors() = policy.actors(0);
  *policy.add_certificates() = policy.certificates(0);
  policy.mutable_agencies(1)->set_agency(kNeighbour);
  policy.mutable_systems(1)->set_agency(kNeighbour);
  policy.mutable_systems(1)->set_system("cms");
  policy.mutable_actors(1)->set_agency(kNeighbour);
  policy.mutable_certificates(1)->set_agency(kNeighbour);
  policy.mutable_certificates(1)->set_system("cms");
  policy.mutable_certificates(1)->set_fingerprint(neighbour_.fingerprint);
  policy.set_version(policy.version() + 1);
  registry_.Publish(policy);
  host::v1::Tls files;
  Files(client_, pki_.agency_ca_file(), &files);
  context_ = *gateway::ClientContext(files);
  Greet();
}

FuzzedGateway::~FuzzedGateway() {
  at_ease_.reset();
  gateway_.reset();
  // The service ends before the fixture's servers do.
  StopServer("echo");
}

std::unique_ptr<gateway::RawPeer> FuzzedGateway::Speak() {
  host::v1::Tls files;
  Files(client_, pki_.agency_ca_file(), &files);
  auto peer = std::make_unique<gateway::RawPeer>(gateway_->port(), files);
  peer->SendPreface();
  return peer;
}

// This waits until the policy that knows the neighbour has arrived.
void FuzzedGateway::Greet() {
  const bool served = Eventually([&] {
    std::swap(client_, neighbour_);
    at_ease_ = Speak();
    std::swap(client_, neighbour_);
    at_ease_->SendRequest(1, gateway::kEcho, {{"grpc-timeout", "3S"}});
    at_ease_->SendMessage(1, "");
    const auto end = at_ease_->AwaitEnd(1);
    stream_ = 3;
    return !end.closed && gateway::GrpcStatusIn(end.trailers) == 0;
  });
  Hold(served, "the neighbour is served at all");
}

void FuzzedGateway::Settle() {
  if (stream_ > kStreamsAConnection) Greet();
  const int32_t stream = std::exchange(stream_, stream_ + 2);
  at_ease_->SendRequest(stream, gateway::kEcho, {{"grpc-timeout", "3S"}});
  at_ease_->SendMessage(stream, "");
  const auto end = at_ease_->AwaitEnd(stream);
  Hold(!end.closed && gateway::GrpcStatusIn(end.trailers) == 0, "the neighbour is served");
  // Most calls end at once, so a short wait comes before a long one.
  for (int i = 0; i < 100 && gateway_->open_calls() > 0; ++i)
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  Hold(Eventually([&] { return gateway_->open_calls() == 0; }), "no call is left over");
}

}  // namespace accord::fuzz
