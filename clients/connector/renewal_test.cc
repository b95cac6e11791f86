// These tests are about how the connector renews its certificate, against a gateway on loopback that answers
// what it was told.
#include "clients/connector/renewal.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/connector/testing/connector_fixture.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/certificate_check.h"
#include "common/testing/eventually.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using accord::testing::Eventually;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

constexpr char kRenew[] = "/accord.registry.v1.RegistryAdminService/RenewCertificate";
constexpr char kLookUp[] = "/accord.registry.v1.RegistryService/GetTransparencyLog";
constexpr long kDay = 24 * 3600;

// It remembers for whom it was asked.
class ListeningGateway : public ctl::AnsweringGateway {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const auto& [name, value] : context->client_metadata()) {
        if (name == "accord-actor") actors_.insert(std::string(value.data(), value.size()));
      }
    }
    return AnsweringGateway::CreateReactor(context);
  }
  std::set<std::string> actors() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return actors_;
  }

 private:
  std::mutex mutex_;
  std::set<std::string> actors_;
};

RenewalConfig NamedPerson() {
  RenewalConfig person;
  person.set_actor("clerk");
  person.set_purpose("administration");
  return person;
}

class RenewalTest : public ::testing::Test {
 protected:
  RenewalTest() {
    const auto own = pki_.GatewayServer();
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = accord::testing::Slurp(pki_.agency_ca_file());
    tls.pem_key_cert_pairs.push_back(
        {accord::testing::Slurp(own.key_file), accord::testing::Slurp(own.certificate_file)});
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&gateway_);
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
    server_ = builder.BuildAndStart();
    gateway_.RefuseWith(kRenew, Refuse(rules::kServiceBusy, "Try again."));
  }
  ~RenewalTest() override {
    renewal_.reset();
    server_->Shutdown();
  }

  // The connector runs with a certificate of this age that ends in so many days.
  void Begin(long age_days, long left_days) {
    const auto present = pki_.FromAgencyCa("present", {.uris = {pki::SystemUri("cas-york", "rms")},
                                                       .not_before = -age_days * kDay,
                                                       .not_after = left_days * kDay});
    fs::copy_file(present.certificate_file, certificate_file_);
    fs::copy_file(present.key_file, key_file_);
    before_ = Read();
    Continue();
  }
  void Continue() {
    client::Settings settings;
    settings.address = absl::StrCat("127.0.0.1:", port_);
    settings.ca_file = pki_.agency_ca_file();
    settings.certificate_file = certificate_file_;
    settings.key_file = key_file_;
    settings.server_name = "localhost";
    settings.patience = client::Seconds(0);
    const client::Seconds soon(0.01);
    renewal_ = std::make_unique<Renewal>(client::Connect(settings), person_,
                                         RenewalOptions{client::Waits(soon, soon), soon, news_});
  }
  // What the two names hold is a pair; this gives its certificate.
  std::string Read() {
    const auto certificate = ReadFile(certificate_file_), key = ReadFile(key_file_);
    EXPECT_TRUE(certificate.ok() && key.ok() && pki::CheckPair(*certificate, *key).ok());
    return *certificate;
  }
  // The registry answers with a certificate for the request that was sent last.
  std::string SignWhatWasSent(const std::string& system = "rms") {
    EXPECT_TRUE(Eventually([&] { return !gateway_.sent(kRenew).empty(); }));
    const auto authority = pki::Authority::Load(accord::testing::Slurp(pki_.agency_ca_file()),
                                                accord::testing::Slurp(pki_.agency_ca_key_file()));
    registry::v1::Certificate certificate;
    certificate.set_certificate_pem(
        authority->SignSystem(Sent().csr_pem(), "cas-york", system, 120, absl::Now())->pem);
    gateway_.Answer(kRenew, certificate);
    gateway_.RefuseWith(kRenew, absl::OkStatus());
    return certificate.certificate_pem();
  }
  registry::v1::RenewCertificateRequest Sent() {
    registry::v1::RenewCertificateRequest request;
    EXPECT_TRUE(request.ParseFromString(gateway_.sent(kRenew)));
    return request;
  }
  bool FailedBy(const std::string& rule) {
    return Eventually([&] { return renewal_->seen().reason == rule; });
  }
  bool Becomes(const std::string& certificate) {
    return Eventually([&] { return Read() == certificate; });
  }

  accord::testing::TestPki pki_;
  accord::testing::TempDir folder_;
  const std::string certificate_file_ = folder_.path("system.crt"), key_file_ = folder_.path("system.key");
  RenewalConfig person_ = NamedPerson();
  client::Seconds news_{30};
  ListeningGateway gateway_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::string before_;
  std::unique_ptr<Renewal> renewal_;
};

TEST_F(RenewalTest, AsksForNothingBeforeTwoThirdsOfTheLifeAndSaysWhenTheyAreOver) {
  Begin(50, 40);
  ASSERT_TRUE(Eventually([&] { return renewal_->seen().due.has_value(); }));
  const RenewalSeen seen = renewal_->seen();
  EXPECT_EQ(*seen.due, ctl::RenewalDue(*pki::ReadCertificate(before_)));
  EXPECT_EQ(*seen.ends, pki::ReadCertificate(before_)->not_after);
  EXPECT_EQ(seen.failures, 0);
  renewal_.reset();
  EXPECT_EQ(gateway_.acted(kRenew), 0);
}

TEST_F(RenewalTest, PutsTheNextKeyAndCertificateInTheirPlacesTogether) {
  Begin(61, 29);
  const std::string fresh = SignWhatWasSent();
  ASSERT_TRUE(Becomes(fresh));
  ASSERT_TRUE(Eventually([&] { return renewal_->seen().problem.empty(); }));
  EXPECT_EQ(*renewal_->seen().ends, pki::ReadCertificate(fresh)->not_after);
  struct stat key {};
  ASSERT_EQ(stat(key_file_.c_str(), &key), 0);
  EXPECT_EQ(key.st_mode & 0777, 0600u);
  EXPECT_EQ(gateway_.asked().back(), kLookUp) << "the gateway takes it before anybody reads it";
}

TEST_F(RenewalTest, AsksAgainByTheSameRequestAlsoAfterAKill) {
  Begin(61, 29);
  ASSERT_TRUE(FailedBy("SERVICE_BUSY"));
  EXPECT_EQ(Read(), before_);
  renewal_.reset();
  const registry::v1::RenewCertificateRequest first = Sent();
  const int asked = gateway_.acted(kRenew);
  Continue();
  ASSERT_TRUE(Eventually([&] { return gateway_.acted(kRenew) > asked; }));
  EXPECT_TRUE(Becomes(SignWhatWasSent()));
  EXPECT_EQ(Sent().request_id(), first.request_id());
  EXPECT_EQ(Sent().csr_pem(), first.csr_pem());
}

TEST_F(RenewalTest, WaitsWithTheNextPairUntilAGatewayTakesIt) {
  gateway_.RefuseWith(kLookUp, Refuse(rules::kCertificateNotRegistered, "It knows no such certificate."));
  Begin(61, 29);
  const std::string fresh = SignWhatWasSent();
  ASSERT_TRUE(Eventually([&] { return gateway_.acted(kLookUp) > 0; }));
  EXPECT_EQ(Read(), before_);
  gateway_.RefuseWith(kLookUp, absl::OkStatus());
  EXPECT_TRUE(Becomes(fresh));
}

TEST_F(RenewalTest, ThatIsRefusedForGoodIsToldByItsRuleAndForgetsTheKey) {
  Begin(61, 29);
  ASSERT_TRUE(FailedBy("SERVICE_BUSY"));
  const std::string first = Sent().csr_pem();
  gateway_.RefuseWith(kRenew, Refuse(rules::kSystemSuspended, "This system is suspended."));
  ASSERT_TRUE(FailedBy("SYSTEM_SUSPENDED"));
  EXPECT_THAT(renewal_->seen().problem, HasSubstr("refused to renew"));
  EXPECT_TRUE(Eventually([&] { return Sent().csr_pem() != first; }));
  EXPECT_EQ(Read(), before_);
}

TEST_F(RenewalTest, TakesNoCertificateOfAnotherSystem) {
  Begin(61, 29);
  ASSERT_TRUE(FailedBy("SERVICE_BUSY"));
  SignWhatWasSent("other");
  ASSERT_TRUE(Eventually([&] { return renewal_->seen().reason != "SERVICE_BUSY"; }));
  EXPECT_EQ(gateway_.acted(kLookUp), 0) << "it is not even tried";
  EXPECT_NE(renewal_->seen().failures, 0);
  EXPECT_EQ(Read(), before_);
}

TEST_F(RenewalTest, SaysThatNoGatewayAnswers) {
  server_->Shutdown();
  Begin(61, 29);
  ASSERT_TRUE(Eventually([&] { return renewal_->seen().failures > 0; }));
  EXPECT_THAT(renewal_->seen().problem, HasSubstr("No gateway has answered"));
  EXPECT_EQ(Read(), before_);
}

TEST_F(RenewalTest, SaysThatSomethingElseKeepsTheFiles) {
  fs::create_symlink(folder_.path("elsewhere.key"), key_file_);
  const auto present = pki_.FromAgencyCa(
      "present",
      {.uris = {pki::SystemUri("cas-york", "rms")}, .not_before = -61 * kDay, .not_after = 29 * kDay});
  fs::copy_file(present.certificate_file, certificate_file_);
  fs::copy_file(present.key_file, folder_.path("elsewhere.key"));
  Continue();
  ASSERT_TRUE(FailedBy("FILE_NOT_SAFE"));
  EXPECT_THAT(renewal_->seen().problem, HasSubstr("is a link that something else keeps"));
  EXPECT_EQ(gateway_.acted(kRenew), 0);
}

TEST_F(RenewalTest, NamesThePersonOfTheConfigurationAndNobodyElse) {
  gateway_.RefuseWith(kRenew, Refuse(rules::kActorNotRegistered, "Nobody of this id is registered."));
  Begin(61, 29);
  EXPECT_TRUE(FailedBy("ACTOR_NOT_REGISTERED"));
  EXPECT_TRUE(Eventually([&] { return gateway_.acted(kRenew) > 1; }));
  EXPECT_EQ(gateway_.actors(), std::set<std::string>{"clerk"});
}

// Its gateway knows nothing of renewal, and so refuses it.
class RenewalOfAConnector : public testing::ConnectorFixture {};

TEST_F(RenewalOfAConnector, IsMadeOnlyWhereTheConfigurationNamesSomebody) {
  const std::string system = pki::SystemUri("cas-york", "rms");
  Place(pki_.FromAgencyCa("due", {.uris = {system}, .not_before = -61 * kDay, .not_after = 29 * kDay}));
  WriteClientFile(gateway_.address());
  Begin();
  const Json without = connector_->Status();
  EXPECT_EQ(without["renewal"], (Json{{"configured", false}}));
  EXPECT_THAT(without["troubles"].dump(), HasSubstr("The certificate is due to be renewed"));
  EXPECT_THAT(without["troubles"].dump(), HasSubstr("name a person in `renewal`"));
  EXPECT_FALSE(fs::exists(folder_.path("client.crt.pairs")));
  *config_.mutable_renewal() = NamedPerson();
  Begin();
  EXPECT_TRUE(Eventually([&] { return fs::exists(folder_.path("client.crt.pairs")); }));
  EXPECT_EQ(connector_->Status()["renewal"]["configured"], true);
}

TEST_F(RenewalOfAConnector, IsRefusedWithoutAPersonOrAPurpose) {
  EXPECT_TRUE(Connector::Check(config_).ok());
  config_.mutable_renewal()->set_actor("clerk");
  EXPECT_THAT(Connector::Check(config_).message(), HasSubstr("renewal: `actor` or `purpose` is missing"));
  config_.mutable_renewal()->set_purpose("administration");
  EXPECT_TRUE(Connector::Check(config_).ok());
}

}  // namespace
}  // namespace accord::connector
