#include "common/host/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <future>
#include <thread>

#include "accord/audit/v1/service.pb.h"
#include "accord/registry/v1/service.pb.h"
#include "common/base/error.h"
#include "common/testing/in_process.h"
#include "common/testing/pki.h"

namespace accord::host {
namespace {

constexpr char kAppend[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
constexpr char kWatch[] = "/accord.registry.v1.PolicyService/WatchPolicy";

class ServerOverTls : public ::testing::Test {
 protected:
  ServerOverTls() {
    handlers_.Unary<audit::v1::AppendRecordsRequest, audit::v1::AppendRecordsResponse>(
        kAppend, [](Call&, const auto& request) -> absl::StatusOr<audit::v1::AppendRecordsResponse> {
          audit::v1::AppendRecordsResponse response;
          response.set_tree_size(request.records_size());
          return response;
        });
    handlers_.Stream<registry::v1::WatchPolicyRequest, registry::v1::PolicyUpdate>(
        kWatch, [this](Call& call, const auto&, const auto& send) {
          registry::v1::PolicyUpdate update;
          update.set_version(1);
          send(update);
          while (!call.ended()) call.WaitForChange(absl::Minutes(1));
          ++ended_streams_;
          return absl::OkStatus();
        });
    EXPECT_TRUE(handlers_
                    .Seal({{"accord.audit.v1.AuditWriterService", {"gateway"}},
                           {"accord.registry.v1.PolicyService", {"gateway"}}},
                          nullptr, &Clock::Real())
                    .ok());
    v1::HostConfig config;
    config.set_name("under-test");
    config.set_listen("127.0.0.1:0");
    const auto own = pki_.Service("under-test");
    config.mutable_tls()->set_certificate_file(own.certificate_file);
    config.mutable_tls()->set_key_file(own.key_file);
    config.mutable_tls()->set_peer_ca_file(pki_.service_ca_file());
    metrics_ = *Metrics::Start("");
    auto server = Server::Start(config, &handlers_, metrics_.get());
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
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
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, kAppend, grpc::StubOptions(), &request, response,
                   [&](const grpc::Status& status) { done.set_value(status); });
    const grpc::Status status = done.get_future().get();
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
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerOverTls, AnswersTheAllowedPeer) {
  audit::v1::AppendRecordsResponse response;
  const absl::Status status = Append(pki_.Service("gateway"), OneRecord(), &response);
  ASSERT_TRUE(status.ok()) << status;
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
  const absl::Status status = Append(pki_.Service("gateway"), audit::v1::AppendRecordsRequest(), &response);
  EXPECT_EQ(RuleOf(status), "FIELD_INVALID");
}

TEST_F(ServerOverTls, DrainEndsStreamsAtOnce) {
  grpc::GenericStub stub(Channel(pki_.Service("gateway")));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, kWatch, &queue);
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
  EXPECT_TRUE(status.ok()) << status.error_message();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

}  // namespace
}  // namespace accord::host
