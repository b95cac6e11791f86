#include "common/host/serving/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/security/credentials.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "absl/strings/match.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/registry/v1/policy_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/socket.h"
#include "common/base/unary_call.h"
#include "common/host/serving/reflection.h"
#include "common/testing/eventually.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"

namespace accord::host {
namespace {

using testing::Must;

constexpr char kAppend[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
constexpr char kWatchPolicy[] = "/accord.registry.v1.PolicyService/WatchPolicy";

class ServerOverTls : public ::testing::Test {
 protected:
  explicit ServerOverTls(const std::string& metrics_listen = "", const std::string& trust_domain = "") {
    handlers_.Unary<audit::v1::AppendRecordsRequest, audit::v1::AppendRecordsResponse>(
        kAppend, [this](Call&, const auto& request) -> absl::StatusOr<audit::v1::AppendRecordsResponse> {
          if (gate_.valid()) gate_.wait();
          audit::v1::AppendRecordsResponse response;
          response.set_tree_size(request.records_size());
          return response;
        });
    handlers_.Stream<registry::v1::WatchPolicyRequest, registry::v1::PolicyUpdate>(
        kWatchPolicy, [this](Call& call, const auto&, const auto& send) {
          registry::v1::PolicyUpdate update;
          update.set_version(1);
          send(update);
          while (!call.ended()) call.WaitForChange(absl::Minutes(1));
          ++ended_streams_;
          return absl::OkStatus();
        });
    EXPECT_OK(handlers_.Seal({{"accord.audit.v1.AuditWriterService", {"gateway"}},
                              {"accord.registry.v1.PolicyService", {"gateway"}}},
                             nullptr, &Clock::Real()));
    v1::HostConfig config;
    config.set_name("under-test");
    config.set_listen("127.0.0.1:0");
    config.set_reflection(true);
    config.set_workers(1);
    config.set_trust_domain(trust_domain);
    const auto own = pki_.Service("under-test");
    config.mutable_tls()->set_certificate_file(own.certificate_file);
    config.mutable_tls()->set_key_file(own.key_file);
    config.mutable_tls()->set_peer_ca_file(pki_.service_ca_file());
    metrics_ = *Metrics::Start(metrics_listen);
    server_ = Must(Server::Start(config, &handlers_, metrics_.get()));
  }

  std::shared_ptr<grpc::Channel> Channel(const testing::TestCertificate& client) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = testing::Slurp(pki_.service_ca_file());
    options.pem_private_key = testing::Slurp(client.key_file);
    options.pem_cert_chain = testing::Slurp(client.certificate_file);
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("localhost");
    return grpc::CreateCustomChannel("ipv4:127.0.0.1:" + std::to_string(server_->port()),
                                     grpc::SslCredentials(options), arguments);
  }

  absl::Status Append(const testing::TestCertificate& client, const audit::v1::AppendRecordsRequest& request,
                      audit::v1::AppendRecordsResponse* response) {
    grpc::TemplatedGenericStub<audit::v1::AppendRecordsRequest, audit::v1::AppendRecordsResponse> stub(
        Channel(client));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    const grpc::Status status = AwaitUnaryCall(&stub, kAppend, request, &context, response);
    return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
  }

  static audit::v1::AppendRecordsRequest OneRecord() {
    audit::v1::AppendRecordsRequest request;
    request.add_records()->set_call_id("c1");
    return request;
  }

  testing::TestPki pki_;
  Handlers handlers_{nullptr};
  std::atomic<int> ended_streams_{0};
  // If set, Append waits for this.
  std::shared_future<void> gate_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerOverTls, AnswersTheAllowedPeer) {
  audit::v1::AppendRecordsResponse response;
  const absl::Status status = Append(pki_.Service("gateway"), OneRecord(), &response);
  ASSERT_OK(status);
  EXPECT_EQ(response.tree_size(), 1);
}

TEST_F(ServerOverTls, RefusesOtherServicesAndTwoNamesAndAgencies) {
  audit::v1::AppendRecordsResponse response;
  EXPECT_EQ(RuleOf(Append(pki_.Service("protocols"), OneRecord(), &response)), "PEER_NOT_ALLOWED");
  const auto two = pki_.FromServiceCa(
      "two", {{"spiffe://accord.internal/service/gateway", "spiffe://accord.internal/service/registry"}});
  EXPECT_EQ(RuleOf(Append(two, OneRecord(), &response)), "PEER_NOT_ALLOWED");
  EXPECT_EQ(Append(pki_.Agency("cas-york", "cms"), OneRecord(), &response).code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(ServerOverTls, NamesTheFieldAtFault) {
  audit::v1::AppendRecordsResponse response;
  audit::v1::AppendRecordsRequest request = OneRecord();
  request.mutable_records(0)->set_actor(std::string(9000, 'x'));
  const absl::Status status = Append(pki_.Service("gateway"), request, &response);
  EXPECT_EQ(RuleOf(status), "FIELD_INVALID");
}

// This sends one HTTP/1.0 request and returns the whole answer.
std::string Scrape(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = Loopback(port);
  EXPECT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string_view request = "GET /metrics HTTP/1.0\r\n\r\n";
  EXPECT_EQ(write(fd, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  std::string answer(65536, '\0');
  std::size_t size = 0;
  for (ssize_t got; (got = read(fd, answer.data() + size, answer.size() - size)) > 0;) {
    size += static_cast<std::size_t>(got);
  }
  close(fd);
  answer.resize(size);
  return answer;
}

class ServerOfAnotherTrustDomain : public ServerOverTls {
 protected:
  ServerOfAnotherTrustDomain() : ServerOverTls("", "ontario.example") {}
};

TEST_F(ServerOfAnotherTrustDomain, KnowsServicesByItAndByNoOther) {
  audit::v1::AppendRecordsResponse response;
  const auto of_it = pki_.FromServiceCa("of-it", {.uris = {"spiffe://ontario.example/service/gateway"}});
  EXPECT_OK(Append(of_it, OneRecord(), &response));
  EXPECT_EQ(RuleOf(Append(pki_.Service("gateway"), OneRecord(), &response)), "PEER_NOT_ALLOWED");
}

class ServerWithMetrics : public ServerOverTls {
 protected:
  ServerWithMetrics() : ServerOverTls("127.0.0.1:0") {}
};

TEST_F(ServerWithMetrics, CountsCallsByMethodAndCodeAndNamesNobody) {
  audit::v1::AppendRecordsResponse response;
  ASSERT_OK(Append(pki_.Service("gateway"), OneRecord(), &response));
  Append(pki_.Service("protocols"), OneRecord(), &response).IgnoreError();
  const std::string page = Scrape(metrics_->port());
  const std::string method = std::string("{grpc_method=\"") + kAppend + "\"}";
  EXPECT_THAT(page, ::testing::HasSubstr("grpc_server_started_total" + method + " 2"));
  EXPECT_THAT(page, ::testing::HasSubstr("grpc_server_handling_seconds_count" + method));
  EXPECT_THAT(page, ::testing::HasSubstr("grpc_code=\"PERMISSION_DENIED\""));
  EXPECT_THAT(page, ::testing::Not(::testing::HasSubstr("protocols")));
}

TEST_F(ServerOverTls, TellsTheHealthOfEachServiceAndOfNoOther) {
  const auto health = [&](const std::string& service) {
    // These are the bytes of HealthCheckRequest{service = 1} and HealthCheckResponse{status = 1}.
    const std::string request = "\x0a" + std::string(1, static_cast<char>(service.size())) + service;
    const grpc::ByteBuffer out = BufferOf(request);
    grpc::ByteBuffer in;
    grpc::ClientContext context;
    grpc::GenericStub stub(Channel(pki_.Service("gateway")));
    const grpc::Status status = AwaitUnaryCall(&stub, "/grpc.health.v1.Health/Check", out, &context, &in);
    if (!status.ok()) return std::string("code ") + std::to_string(status.error_code());
    return BytesOf(in);
  };
  EXPECT_EQ(health("accord.audit.v1.AuditWriterService"), "\x08\x01");
  EXPECT_EQ(health("accord.audit.v1.Nothing"), "code 5");
}

TEST_F(ServerOverTls, ReflectsItsServicesAndTheirFiles) {
  grpc::reflection::v1alpha::ServerReflectionRequest request;
  request.set_list_services("");
  grpc::GenericStub stub(Channel(pki_.Service("gateway")));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto step = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const auto call = stub.PrepareCall(&context, kReflectionPath, &queue);
  call->StartCall(nullptr);
  ASSERT_TRUE(step());
  const auto ask = [&] {
    call->Write(BufferOf(request.SerializeAsString()), nullptr);
    EXPECT_TRUE(step());
    grpc::ByteBuffer in;
    call->Read(&in, nullptr);
    EXPECT_TRUE(step());
    grpc::reflection::v1alpha::ServerReflectionResponse response;
    EXPECT_TRUE(response.ParseFromString(BytesOf(in)));
    return response;
  };
  EXPECT_EQ(ask().list_services_response().service_size(), 2);
  request.set_file_containing_symbol("accord.audit.v1.AuditWriterService");
  EXPECT_GT(ask().file_descriptor_response().file_descriptor_proto_size(), 3);
  request.set_file_by_filename("no/such.proto");
  EXPECT_EQ(ask().error_response().error_code(), 5);
  call->WritesDone(nullptr);
  EXPECT_TRUE(step());
  grpc::Status status;
  call->Finish(&status, nullptr);
  step();
  EXPECT_OK(status);
  queue.Shutdown();
  while (step()) {
  }
}

TEST_F(ServerWithMetrics, DrainAnswersWhatWaitsInTheQueue) {
  std::promise<void> open;
  gate_ = open.get_future();
  const auto gateway = pki_.Service("gateway");
  std::vector<std::future<absl::Status>> calls;
  for (int i = 0; i < 3; ++i) {
    calls.push_back(std::async(std::launch::async, [&] {
      audit::v1::AppendRecordsResponse response;
      return Append(gateway, OneRecord(), &response);
    }));
  }
  const std::string all = std::string("grpc_server_started_total{grpc_method=\"") + kAppend + "\"} 3";
  ASSERT_TRUE(testing::Eventually([&] { return absl::StrContains(Scrape(metrics_->port()), all); }));
  handlers_.EndStreams();  // A drain begins like this.
  open.set_value();
  for (auto& call : calls) EXPECT_OK(call.get());
}

TEST_F(ServerOverTls, DrainEndsStreamsAtOnce) {
  grpc::GenericStub stub(Channel(pki_.Service("gateway")));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, kWatchPolicy, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice nothing;
  grpc::ByteBuffer empty(&nothing, 1), message;
  call->WriteLast(empty, grpc::WriteOptions(), nullptr);
  queue.Next(&tag, &ok);
  call->Read(&message, nullptr);
  queue.Next(&tag, &ok);
  ASSERT_TRUE(ok);
  EXPECT_GT(message.Length(), 0u);
  server_->Drain(absl::Seconds(30));
  EXPECT_EQ(ended_streams_, 1);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  EXPECT_OK(status) << status.error_message();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

}  // namespace
}  // namespace accord::host
