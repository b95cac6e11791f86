#include "clients/probe/probe.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include "absl/strings/str_cat.h"
#include "common/testing/pki.h"

namespace accord::probe {
namespace {

using testing::TestCertificate;
using testing::TestPki;

// This is a gRPC server with a health service behind mutual TLS, and the configuration of a process that
// would be it.
class Probe : public ::testing::Test {
 protected:
  void Serve(const TestCertificate& own, const std::string& ca_file) {
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = testing::Slurp(ca_file);
    options.pem_key_cert_pairs.push_back(
        {testing::Slurp(own.key_file), testing::Slurp(own.certificate_file)});
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&nothing_else_);
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }
  std::string Tls(const TestCertificate& own, const std::string& ca_file) {
    return absl::StrCat("{ certificate_file: \"", own.certificate_file, "\" key_file: \"", own.key_file,
                        "\" peer_ca_file: \"", ca_file, "\" }");
  }
  std::string ServiceConfig(const TestCertificate& own) {
    return pki_.Write("service.textproto", absl::StrCat("host { name: \"registry\" listen: \"0.0.0.0:", port_,
                                                        "\" tls ", Tls(own, pki_.service_ca_file()),
                                                        " } log_origin: \"of another message\""));
  }

  TestPki pki_;
  TestCertificate own_ = pki_.Service("registry");
  grpc::CallbackGenericService nothing_else_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

TEST_F(Probe, FindsAServiceServingUntilItDrains) {
  Serve(own_, pki_.service_ca_file());
  const std::string config = ServiceConfig(own_);
  const auto serving = IsServing(config, absl::Seconds(10));
  ASSERT_TRUE(serving.ok()) << serving.status();
  EXPECT_TRUE(*serving);
  server_->GetHealthCheckService()->SetServingStatus(false);
  const auto draining = IsServing(config, absl::Seconds(10));
  ASSERT_TRUE(draining.ok()) << draining.status();
  EXPECT_FALSE(*draining);
  server_->Shutdown();
  EXPECT_EQ(IsServing(config, absl::Seconds(10)).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(Probe, AsksTheGatewayByItsCertificateForAgencies) {
  const TestCertificate front = pki_.GatewayServer();
  Serve(front, pki_.agency_ca_file());
  const std::string config = pki_.Write(
      "gateway.textproto", absl::StrCat("listen: \"127.0.0.1:", port_, "\" name: \"gateway\" agency_tls ",
                                        Tls(front, pki_.agency_ca_file())));
  const auto serving = IsServing(config, absl::Seconds(10));
  ASSERT_TRUE(serving.ok()) << serving.status();
  EXPECT_TRUE(*serving);
}

TEST_F(Probe, DoesNotTakeAStrangerForTheProcess) {
  TestPki other;
  Serve(other.Service("registry"), pki_.service_ca_file());
  EXPECT_EQ(IsServing(ServiceConfig(own_), absl::Seconds(10)).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(Probe, SaysWhatIsWrongWithAConfiguration) {
  EXPECT_EQ(IsServing(pki_.Write("bad", "hots {}"), absl::Seconds(1)).status().code(),
            absl::StatusCode::kInvalidArgument);
  TestCertificate gone = own_;
  gone.certificate_file = "/nowhere.crt";
  EXPECT_EQ(std::string(IsServing(ServiceConfig(gone), absl::Seconds(1)).status().message()),
            "cannot read /nowhere.crt: No such file or directory");
  const TestCertificate nameless = pki_.FromServiceCa("nameless", {.uris = {"spiffe://x"}, .dns = {}});
  EXPECT_EQ(IsServing(ServiceConfig(nameless), absl::Seconds(1)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace accord::probe
