// A gateway in process between clients and fakes of the services behind it, each with real certificates.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/access/assertion.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "common/testing/pki.h"
#include "services/gateway/gateway.h"

namespace accord::gateway {

using accord::testing::Eventually;
using accord::testing::Slurp;
using accord::testing::TestCertificate;
using accord::testing::TestPki;
using Echo = accord::testing::v1::EchoRequest;
using Echoed = accord::testing::v1::EchoResponse;

template <class Message>
Message Parsed(const grpc::ByteBuffer& buffer) {
  Message message;
  message.ParseFromString(BytesOf(buffer));
  return message;
}

inline grpc::ByteBuffer Packed(const google::protobuf::MessageLite& message) {
  return BufferOf(message.SerializeAsString());
}

// A call may be cancelled at any moment; only one of those who would end it does.
class OnceReactor : public grpc::ServerGenericBidiReactor {
 protected:
  void End(const grpc::Status& status) {
    if (!ended_.exchange(true)) Finish(status);
  }
  void EndWith(const grpc::ByteBuffer* answer) {
    if (!ended_.exchange(true)) StartWriteAndFinish(answer, {}, grpc::Status::OK);
  }

 private:
  std::atomic<bool> ended_{false};
};

// Answers each request of EchoService; `hold_ms` holds the call until it is cancelled.
class EchoService : public grpc::CallbackGenericService {
 public:
  std::atomic<int> started{0}, cancelled{0}, ended{0};
  // Connections that calls came by.
  std::size_t connections() {
    std::lock_guard lock(mutex_);
    return peers_.size();
  }
  // What the newest call showed of its caller.
  std::string shown() {
    std::lock_guard lock(mutex_);
    return shown_;
  }

 private:
  struct Reactor : OnceReactor {
    Reactor(EchoService* service, grpc::GenericCallbackServerContext* context)
        : service_(service), context_(context) {
      ++service_->started;
      const std::string& method = context->method();
      unary_ = method.ends_with("/Echo") || method.ends_with("/EchoForPolice") || method.ends_with("/Change");
      StartRead(&in_);
    }
    void OnReadDone(bool ok) override {
      if (!ok)
        return End(unary_ ? grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "empty") : grpc::Status::OK);
      const Echo request = Parsed<Echo>(in_);
      if (request.fail_with() != 0) {
        return End(grpc::Status(static_cast<grpc::StatusCode>(request.fail_with()), "as asked"));
      }
      if (request.hold_ms() > 0) return;
      Touch(request);
      Echoed response;
      for (const auto& [key, value] : context_->client_metadata()) {
        response.add_metadata(std::string(key.data(), key.size()));
      }
      response.set_payload(request.response_bytes() > 0
                               ? std::string(static_cast<std::size_t>(request.response_bytes()), 'e')
                               : request.payload());
      left_ = std::max(1, request.count());
      out_ = Packed(response);
      unary_ ? EndWith(&out_) : StartWrite(&out_);
    }
    // This puts some hundred names into a trailer, as a service does.
    void Touch(const Echo& request) {
      caller::v1::TouchedResources touched;
      touched.set_request_id(request.request_id());
      if (!request.request_id().empty()) touched.add_revisions(std::string(16, 'r'));
      for (int i = 0; i < request.touches(); ++i) {
        auto* resource = touched.add_resources();
        resource->set_owner(i % 2 == 0 ? "cas-york" : "cas-peel");
        resource->set_name("agencies/" + resource->owner() + "/records/" + std::to_string(i));
        if (touched.resources_size() < 100) continue;
        context_->AddTrailingMetadata("accord-touched-bin", touched.SerializeAsString());
        touched.clear_resources();
      }
      if (touched.ByteSizeLong() > 0) {
        context_->AddTrailingMetadata("accord-touched-bin", touched.SerializeAsString());
      }
    }
    void OnWriteDone(bool ok) override {
      if (!ok || unary_) return;
      --left_ > 0 ? StartWrite(&out_) : StartRead(&in_);
    }
    void OnCancel() override {
      ++service_->cancelled;
      End(grpc::Status::CANCELLED);
    }
    void OnDone() override {
      ++service_->ended;
      delete this;
    }
    EchoService* service_;
    grpc::GenericCallbackServerContext* context_;
    bool unary_;
    int left_ = 0;
    grpc::ByteBuffer in_, out_;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    {
      std::lock_guard lock(mutex_);
      peers_.insert(context->peer());
      const auto caller = context->client_metadata().find(kCallerHeader);
      if (caller != context->client_metadata().end()) {
        shown_.assign(caller->second.data(), caller->second.size());
      }
    }
    return new Reactor(this, context);
  }
  std::mutex mutex_;
  std::set<std::string> peers_;
  std::string shown_;
};

// Takes AppendRecords; may be told to hang, to hold what comes until it may go on, to fail, or to refuse
// every batch with a record whose purpose is not set.
class FakeAudit : public grpc::CallbackGenericService {
 public:
  enum class Mode { kWrites, kHangs, kHolds, kFails, kRefusesWithoutPurpose };
  std::atomic<Mode> mode{Mode::kWrites};
  std::atomic<int> hanging{0};
  std::vector<audit::v1::AuditRecord> records() const {
    std::lock_guard lock(mutex_);
    return records_;
  }
  // Writes what it held, and everything from now on.
  void GoOn() {
    mode = Mode::kWrites;
    std::set<Reactor*> held;
    {
      std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (Reactor* each : held) each->Write();
  }

 private:
  struct Reactor : OnceReactor {
    explicit Reactor(FakeAudit* audit) : audit_(audit) { StartRead(&in_); }
    void OnReadDone(bool ok) override {
      const Mode mode = audit_->mode;
      if (!ok || mode == Mode::kFails) return End(grpc::Status(grpc::StatusCode::INTERNAL, "full"));
      if (mode == Mode::kHangs) return void(++audit_->hanging);
      if (mode == Mode::kHolds) {
        std::lock_guard lock(audit_->mutex_);
        audit_->held_.insert(this);
        ++audit_->hanging;
        return;
      }
      const auto request = Parsed<audit::v1::AppendRecordsRequest>(in_);
      if (mode == Mode::kRefusesWithoutPurpose) {
        for (const auto& record : request.records()) {
          if (record.rule() != "RECORD_UNPRINTABLE" && record.purpose() == 0) {
            return End(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "purpose"));
          }
        }
      }
      Write();
    }
    void Write() {
      const auto request = Parsed<audit::v1::AppendRecordsRequest>(in_);
      {
        std::lock_guard lock(audit_->mutex_);
        audit_->records_.insert(audit_->records_.end(), request.records().begin(), request.records().end());
      }
      out_ = Packed(audit::v1::AppendRecordsResponse());
      EndWith(&out_);
    }
    void OnCancel() override { End(grpc::Status::CANCELLED); }
    void OnDone() override {
      {
        std::lock_guard lock(audit_->mutex_);
        audit_->held_.erase(this);
      }
      delete this;
    }
    FakeAudit* audit_;
    grpc::ByteBuffer in_, out_;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Reactor(this);
  }
  mutable std::mutex mutex_;
  std::vector<audit::v1::AuditRecord> records_;
  std::set<Reactor*> held_;
};

// Sends the policy it was given, and every change, to whoever watches.
class FakeRegistry : public grpc::CallbackGenericService {
 public:
  void Publish(const registry::v1::PolicyUpdate& update) {
    std::lock_guard lock(mutex_);
    updates_.push_back(Packed(update));
    for (Reactor* reactor : open_) reactor->Continue();
  }
  int watchers() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(open_.size());
  }

 private:
  struct Reactor : OnceReactor {
    explicit Reactor(FakeRegistry* registry) : registry_(registry) {
      std::lock_guard lock(registry_->mutex_);
      registry_->open_.insert(this);
      Continue();
    }
    // The caller holds the registry's lock.
    void Continue() {
      if (writing_ || done_ || sent_ == registry_->updates_.size()) return;
      writing_ = true;
      StartWrite(&registry_->updates_[sent_++]);
    }
    void OnWriteDone(bool ok) override {
      std::lock_guard lock(registry_->mutex_);
      writing_ = false;
      if (ok) Continue();
    }
    void OnCancel() override {
      {
        std::lock_guard lock(registry_->mutex_);
        done_ = true;
      }
      End(grpc::Status::CANCELLED);
    }
    void OnDone() override {
      {
        std::lock_guard lock(registry_->mutex_);
        registry_->open_.erase(this);
      }
      delete this;
    }
    FakeRegistry* registry_;
    std::size_t sent_ = 0;
    bool writing_ = false, done_ = false;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Reactor(this);
  }
  mutable std::mutex mutex_;
  // A deque keeps its elements in place while a write uses them.
  std::deque<grpc::ByteBuffer> updates_;
  std::set<Reactor*> open_;
};

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

  // Starts the fakes and a gateway between; `change` may alter the configuration.
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

  // Everything that lets `opp`'s system `niche` call as `officer-1`, a police member.
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

  // The rule of the refusal, "" for an answer equal to what was sent. `extra` is the name of a header,
  // or NAME=VALUE.
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

  // Nothing of an ended call is left.
  bool NothingOpen() {
    return Eventually([&] { return gateway_->open_calls() == 0 && echo_.started == echo_.ended; });
  }

  void StopServer(const std::string& name) {
    servers_[name]->Shutdown(std::chrono::system_clock::now());
    servers_.erase(name);
  }
  // On `port`, or on a free one if it is 0; returns the port.
  int StartServer(const std::string& name, grpc::CallbackGenericService* service, int port) {
    const TestCertificate own = pki_.Service(name);
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
