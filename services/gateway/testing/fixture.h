// This is a gateway in the test's process, between clients and fakes of the services behind it, each with
// real certificates.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "accord/registry/v1/resources.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/access/assertion.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "common/testing/pki.h"
#include "services/gateway/gateway.h"
#include "services/gateway/testing/fakes.h"

namespace accord::gateway {

using accord::testing::Eventually;
using accord::testing::Slurp;
using accord::testing::TestCertificate;
using accord::testing::TestPki;

constexpr char kEcho[] = "/accord.testing.v1.EchoService/Echo";
constexpr char kChange[] = "/accord.testing.v1.EchoService/Change";
constexpr char kAct[] = "/accord.testing.v1.EchoService/Act";
constexpr char kExpand[] = "/accord.testing.v1.EchoService/Expand";
constexpr char kCollect[] = "/accord.testing.v1.EchoService/Collect";
constexpr char kChat[] = "/accord.testing.v1.EchoService/Chat";

class GatewayTest : public ::testing::Test {
 protected:
  GatewayTest() : client_(pki_.Agency("opp", "niche")) {}
  ~GatewayTest() override {
    channel_.reset();
    gateway_.reset();
    for (auto& [name, server] : servers_) server->Shutdown(std::chrono::system_clock::now());
  }

  // This starts the fakes and a gateway between; `change` may alter the configuration.
  void Start(const std::function<void(v1::GatewayConfig*)>& change = nullptr) {
    v1::GatewayConfig config;
    config.set_listen("127.0.0.1:0");
    config.set_name("gateway-test");
    config.set_loops(2);
    Files(pki_.GatewayServer(), pki_.agency_ca_file(), config.mutable_agency_tls());
    Files(pki_.Service("gateway"), pki_.service_ca_file(), config.mutable_service_tls());
    config.set_assertion_key_file(pki_.Ed25519("assertion").private_file);
    config.set_audit_hash_key_file(pki_.Write("hash.key", RandomBytes(32)));
    config.mutable_limits()->set_policy_max_age_ms(600'000);
    Serve("echo", &echo_, {"accord.testing.v1.EchoService"}, &config);
    Serve("audit", &audit_, {"accord.audit.v1.AuditWriterService"}, &config);
    Serve("registry", &registry_, {"accord.registry.v1.PolicyService"}, &config);
    registry_.Publish(Policy());
    if (change) change(&config);
    auto gateway = Gateway::Create(config);
    ASSERT_TRUE(gateway.ok()) << gateway.status();
    gateway_ = std::move(*gateway);
    ASSERT_TRUE(gateway_->Start().ok());
  }

  // This gives everything that lets `opp`'s system `niche` call as `officer-1`, a police member.
  registry::v1::PolicyUpdate Policy() const {
    registry::v1::PolicyUpdate policy;
    policy.set_reset(true);
    policy.set_epoch("test");
    policy.set_version(1);
    auto* agency = policy.add_agencies();
    agency->set_agency("opp");
    agency->set_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    auto* system = policy.add_systems();
    system->set_agency("opp");
    system->set_system("niche");
    system->set_active(true);
    *policy.add_actors() = Officer(true);
    auto* certificate = policy.add_certificates();
    certificate->set_agency("opp");
    certificate->set_system("niche");
    certificate->set_fingerprint(client_.fingerprint);
    certificate->set_active(true);
    return policy;
  }
  static registry::v1::ActorPolicy Officer(bool active) {
    registry::v1::ActorPolicy actor;
    actor.set_agency("opp");
    actor.set_actor("officer-1");
    actor.set_active(active);
    return actor;
  }

  // This gives what the registry tells after its first word: `opp` is an agency of this kind now.
  registry::v1::PolicyUpdate OfKind(AgencyKind kind) const {
    registry::v1::PolicyUpdate policy = Policy(), update;
    update.set_epoch(policy.epoch());
    update.set_version(policy.version() + 1);
    *update.add_agencies() = policy.agencies(0);
    update.mutable_agencies(0)->set_kind(kind);
    return update;
  }

  static void Files(const TestCertificate& own, const std::string& ca, host::v1::Tls* tls) {
    tls->set_certificate_file(own.certificate_file);
    tls->set_key_file(own.key_file);
    tls->set_peer_ca_file(ca);
  }

  std::shared_ptr<grpc::Channel> Channel() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    return grpc::CreateCustomChannel(
        "ipv4:127.0.0.1:" + std::to_string(gateway_->port()),
        grpc::SslCredentials(
            {Slurp(pki_.agency_ca_file()), Slurp(client_.key_file), Slurp(client_.certificate_file)}),
        arguments);
  }

  // This gives the rule of the refusal, or "" for an answer equal to what was sent. `extra` is the name of a
  // header, or NAME=VALUE.
  std::string Call(const std::string& path, const std::string& actor = "officer-1",
                   const std::string& extra = "", const std::string& payload = "hello") {
    Echo request;
    request.set_payload(payload);
    return CallWith(path, actor, extra, request);
  }
  std::string CallWith(const std::string& path, const std::string& actor, const std::string& extra,
                       const Echo& request) {
    if (channel_ == nullptr) channel_ = Channel();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("accord-actor", actor);
    const std::size_t equals = extra.find('=');
    const bool has_value = equals != std::string::npos;
    if (!extra.empty())
      context.AddMetadata(extra.substr(0, equals), has_value ? extra.substr(equals + 1) : "x");
    const grpc::ByteBuffer out = Packed(request);
    grpc::ByteBuffer in;
    grpc::GenericStub stub(channel_);
    std::mutex mutex;
    std::condition_variable ended;
    std::optional<grpc::Status> status;
    stub.UnaryCall(&context, path, grpc::StubOptions(), &out, &in, [&](const grpc::Status& result) {
      std::lock_guard lock(mutex);
      status = result;
      ended.notify_one();
    });
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] { return status.has_value(); });
    if (status->ok()) return Parsed<Echoed>(in).payload() == request.payload() ? "" : "WRONG_ANSWER";
    const std::string rule =
        RuleOf(FromStatusDetails(status->error_code(), status->error_message(), status->error_details()));
    return rule.empty() ? "CODE_" + std::to_string(status->error_code()) : rule;
  }

  host::v1::Tls TlsFiles() {
    host::v1::Tls files;
    files.set_certificate_file(pki_.directory() + "/front-door.pem");
    files.set_key_file(pki_.directory() + "/front-door.key");
    files.set_peer_ca_file(pki_.agency_ca_file());
    return files;
  }

  // This says whether nothing is left of an ended call.
  bool NothingOpen() {
    return Eventually([&] { return gateway_->open_calls() == 0 && echo_.started == echo_.ended; });
  }

  void StopServer(const std::string& name) {
    servers_[name]->Shutdown(std::chrono::system_clock::now());
    servers_.erase(name);
  }
  // This starts a server on `port`, or on a free one if that is 0, and returns the port.
  int StartServer(const std::string& name, grpc::CallbackGenericService* service, int port) {
    const TestCertificate own =
        pki_.FromServiceCa("service-" + name, {.uris = {"spiffe://" + trust_domain_ + "/service/" + name}});
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = Slurp(pki_.service_ca_file());
    tls.pem_key_cert_pairs.push_back({Slurp(own.key_file), Slurp(own.certificate_file)});
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(64 << 20);
    // The services allow pings so often, because the gateway asks whether they are there.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 500);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::SslServerCredentials(tls), &port);
    builder.RegisterCallbackGenericService(service);
    servers_[name] = builder.BuildAndStart();
    return port;
  }

  TestPki pki_;
  TestCertificate client_;
  // The certificates of the fakes are of this one.
  std::string trust_domain_ = "accord.internal";
  // A successor takes the place of one that was stopped.
  EchoService echo_, successor_;
  FakeAudit audit_, successor_audit_;
  FakeRegistry registry_;
  std::map<std::string, int> ports_;
  std::map<std::string, std::unique_ptr<grpc::Server>> servers_;
  std::unique_ptr<Gateway> gateway_;
  std::shared_ptr<grpc::Channel> channel_;

 private:
  void Serve(const std::string& name, grpc::CallbackGenericService* service,
             const std::vector<std::string>& services, v1::GatewayConfig* config) {
    ports_[name] = StartServer(name, service, 0);
    auto* backend = config->add_backends();
    backend->set_name(name);
    backend->set_address("127.0.0.1:" + std::to_string(ports_[name]));
    for (const std::string& each : services) backend->add_services(each);
  }
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_FIXTURE_H_
