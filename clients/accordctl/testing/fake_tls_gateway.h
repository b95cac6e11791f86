// This file is about a test gateway that the command line reaches over TLS; its context names a member
// of ps-york.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_FAKE_TLS_GATEWAY_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_FAKE_TLS_GATEWAY_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/contexts.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {

class FakeTlsGateway {
 public:
  // `gateway` answers every method and must outlive this object.
  explicit FakeTlsGateway(grpc::CallbackGenericService* gateway) {
    const auto own = pki_.FromAgencyCa("gateway", {.uris = {"spiffe://accord.internal/service/gateway"}});
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = testing::Slurp(pki_.agency_ca_file());
    tls.pem_key_cert_pairs.push_back({testing::Slurp(own.key_file), testing::Slurp(own.certificate_file)});
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(gateway);
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
    server_ = builder.BuildAndStart();
    const auto mine = pki_.Agency("ps-york", "rms");
    Contexts contexts{.current = "york"};
    contexts.all["york"] = {.address = absl::StrCat("127.0.0.1:", port),
                            .server_name = "localhost",
                            .ca_file = pki_.agency_ca_file(),
                            .certificate_file = mine.certificate_file,
                            .key_file = mine.key_file,
                            .actor = "member",
                            .purpose = "criminal_investigation"};
    EXPECT_TRUE(WriteContexts(contexts_file(), contexts).ok());
  }
  FakeTlsGateway(const FakeTlsGateway&) = delete;
  FakeTlsGateway& operator=(const FakeTlsGateway&) = delete;
  ~FakeTlsGateway() { server_->Shutdown(); }

  std::string contexts_file() { return directory_.path("contexts.yaml"); }
  testing::TempDir& directory() { return directory_; }
  testing::TestPki& pki() { return pki_; }

 private:
  testing::TestPki pki_;
  testing::TempDir directory_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_FAKE_TLS_GATEWAY_H_
