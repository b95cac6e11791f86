// The gateway in process between a gRPC client and a gRPC backend.
#include "services/gateway/gateway.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <gtest/gtest.h>

#include "accord/testing/v1/echo.pb.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/pki.h"

namespace accord::gateway {
namespace {

using accord::testing::Slurp;
using accord::testing::TestCertificate;
using accord::testing::TestPki;
using Echo = accord::testing::v1::EchoRequest;
using Echoed = accord::testing::v1::EchoResponse;

// Answers any unary call with the bytes it was sent: EchoRequest.payload and EchoResponse.payload agree.
class EchoBackend : public grpc::CallbackGenericService {
  struct Reactor : grpc::ServerGenericBidiReactor {
    explicit Reactor(bool asserted) : asserted_(asserted) { StartRead(&request_); }
    void OnReadDone(bool ok) override {
      if (!ok || !asserted_) return Finish(grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "no caller"));
      StartWriteAndFinish(&request_, {}, grpc::Status::OK);
    }
    void OnDone() override { delete this; }
    bool asserted_;
    grpc::ByteBuffer request_;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    return new Reactor(context->client_metadata().count("accord-caller-bin") == 1);
  }
};

class GatewayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const TestCertificate echo = pki_.Service("echo");
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = Slurp(pki_.service_ca_file());
    tls.pem_key_cert_pairs.push_back({Slurp(echo.key_file), Slurp(echo.certificate_file)});
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
    builder.RegisterCallbackGenericService(&echo_);
    backend_ = builder.BuildAndStart();

    v1::GatewayConfig config;
    config.set_listen("127.0.0.1:0");
    config.set_name("gateway-test");
    config.set_loops(1);
    config.set_unsafe_audit_off(true);
    Files(pki_.FrontDoor(), pki_.agency_ca_file(), config.mutable_agency_tls());
    Files(pki_.Service("gateway"), pki_.service_ca_file(), config.mutable_service_tls());
    config.set_assertion_key_file(pki_.Ed25519("assertion").private_file);
    config.set_audit_hash_key_file(pki_.Write("hash.key", RandomBytes(32)));
    auto* entry = config.add_backends();
    entry->set_name("echo");
    entry->set_address("127.0.0.1:" + std::to_string(port));
    entry->add_services("accord.testing.v1.EchoService");
    client_ = pki_.Agency("opp", "niche");
    registry::v1::PolicyUpdate policy;
    policy.set_reset(true);
    auto* agency = policy.add_agencies();
    agency->set_agency("opp");
    agency->set_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    auto* system = policy.add_systems();
    system->set_agency("opp");
    system->set_system("niche");
    system->set_active(true);
    auto* actor = policy.add_actors();
    actor->set_agency("opp");
    actor->set_actor("officer-1");
    actor->set_active(true);
    auto* certificate = policy.add_certificates();
    certificate->set_agency("opp");
    certificate->set_system("niche");
    certificate->set_fingerprint(client_.fingerprint);
    certificate->set_active(true);
    config.set_unsafe_policy_file(pki_.Write("policy.textproto", policy.DebugString()));
    auto gateway = Gateway::Create(config);
    ASSERT_TRUE(gateway.ok()) << gateway.status();
    gateway_ = std::move(*gateway);
    ASSERT_TRUE(gateway_->Start().ok());
  }
  void TearDown() override {
    channel_.reset();
    gateway_.reset();
    backend_->Shutdown(std::chrono::system_clock::now());
  }

  static void Files(const TestCertificate& own, const std::string& ca, host::v1::Tls* tls) {
    tls->set_certificate_file(own.certificate_file);
    tls->set_key_file(own.key_file);
    tls->set_peer_ca_file(ca);
  }

  // The rule of the refusal, or "" for an answer equal to what was sent.
  std::string Call(const char* path, const std::string& actor, const std::string& extra = "") {
    if (channel_ == nullptr) {
      channel_ =
          grpc::CreateChannel("ipv4:127.0.0.1:" + std::to_string(gateway_->port()),
                              grpc::SslCredentials({Slurp(pki_.agency_ca_file()), Slurp(client_.key_file),
                                                    Slurp(client_.certificate_file)}));
    }
    grpc::ClientContext context;
    context.AddMetadata("accord-actor", actor);
    if (!extra.empty()) context.AddMetadata(extra, "x");
    Echo request;
    request.set_payload("hello");
    Echoed response;
    const grpc::internal::RpcMethod method(path, nullptr, grpc::internal::RpcMethod::NORMAL_RPC, channel_);
    const grpc::Status status = grpc::internal::BlockingUnaryCall<Echo, Echoed, google::protobuf::MessageLite,
                                                                  google::protobuf::MessageLite>(
        channel_.get(), method, &context, request, &response);
    if (status.ok()) return response.payload() == "hello" ? "" : "WRONG_ANSWER";
    return RuleOf(FromStatusDetails(status.error_code(), status.error_message(), status.error_details()));
  }

  TestPki pki_;
  TestCertificate client_;
  EchoBackend echo_;
  std::unique_ptr<grpc::Server> backend_;
  std::unique_ptr<Gateway> gateway_;
  std::shared_ptr<grpc::Channel> channel_;
};

constexpr char kEcho[] = "/accord.testing.v1.EchoService/Echo";

TEST_F(GatewayTest, CarriesAllowedCallsAndNamesTheRuleOfOthers) {
  EXPECT_EQ(Call(kEcho, "officer-1"), "");
  EXPECT_EQ(Call(kEcho, "officer-1"), "");
  EXPECT_EQ(Call(kEcho, "nobody"), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(Call(kEcho, "officer-1", "accord-caller-bin"), "RESERVED_HEADER");
  EXPECT_EQ(Call("/accord.testing.v1.EchoService/EchoForPolice", "officer-1"), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Call("/accord.testing.v1.EchoService/None", "officer-1"), "METHOD_UNKNOWN");
}

}  // namespace
}  // namespace accord::gateway
