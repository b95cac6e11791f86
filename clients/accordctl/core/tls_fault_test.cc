#include "clients/accordctl/core/tls_fault.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/client.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/gateway_address.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/access/refusal_explanation.h"
#include "common/base/error.h"
#include "common/pki/authority.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Must;
using ::testing::Not;
using testing::Slurp;

int Revoked(int, X509_STORE_CTX* store) {
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REVOKED);
  return 0;
}

// Shakes hands as the gateway does, and sends one byte to clients that it accepts.
class TlsListener {
 public:
  struct Shape {
    testing::TestCertificate own;
    std::string authority_file;
    bool revokes = false;
    // This answers without TLS instead.
    bool plain = false;
  };
  explicit TlsListener(const Shape& shape)
      : shape_(shape), context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_use_certificate_chain_file(context_.get(), shape.own.certificate_file.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), shape.own.key_file.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_load_verify_file(context_.get(), shape.authority_file.c_str());
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       shape.revokes ? Revoked : nullptr);
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof(at)), 0);
    EXPECT_EQ(listen(fd_, 16), 0);
    socklen_t size = sizeof(at);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~TlsListener() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  void Serve() {
    for (int peer; (peer = accept(fd_, nullptr, nullptr)) >= 0; close(peer)) {
      if (shape_.plain) {
        send(peer, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, MSG_NOSIGNAL);
        char rest[1024];
        while (recv(peer, rest, sizeof(rest), 0) > 0) {
        }
        continue;
      }
      const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context_.get()), SSL_free);
      SSL_set_fd(tls.get(), peer);
      if (SSL_accept(tls.get()) == 1) SSL_write(tls.get(), "x", 1);
      shutdown(peer, SHUT_WR);
      char rest[1024];
      while (recv(peer, rest, sizeof(rest), 0) > 0) {
      }
    }
  }

  const Shape shape_;
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  int fd_ = -1, port_ = 0;
  std::thread thread_;
};

class TlsFault : public ::testing::Test {
 protected:
  TlsFault() {
    std::signal(SIGPIPE, SIG_IGN);
    const auto mine = pki_.Agency("cas-york", "cms");
    context_ = {.server_name = "localhost",
                .ca_file = pki_.agency_ca_file(),
                .certificate_file = mine.certificate_file,
                .key_file = mine.key_file};
  }
  TlsListener::Shape Gateway() {
    return {.own = pki_.GatewayServer(), .authority_file = pki_.agency_ca_file()};
  }
  void Use(const testing::TestCertificate& mine) {
    context_.certificate_file = mine.certificate_file;
    context_.key_file = mine.key_file;
  }
  absl::Status WhyOf(const TlsListener::Shape& shape) {
    const TlsListener listener(shape);
    context_.address = listener.address();
    return Why();
  }
  absl::Status Why() {
    const auto files = Must(ReadTlsFiles(context_));
    return WhyTlsFails(context_, files, absl::Now());
  }
  std::string RuleOf(const absl::Status& status) {
    if (!status.ok()) {
      const ExitCode exit = ExitCodeOf(status);
      EXPECT_TRUE(exit == kRefused || exit == kInvalid) << status;
    }
    return accord::RuleOf(status);
  }

  testing::TestPki pki_;
  Context context_;
};

TEST_F(TlsFault, ThereIsNoneWhereBothAreTaken) { EXPECT_EQ(WhyOf(Gateway()), absl::OkStatus()); }

TEST_F(TlsFault, ThereIsNoneWhereNobodyAnswers) {
  context_.address = "127.0.0.1:1";
  EXPECT_EQ(Why(), absl::OkStatus());
}

TEST_F(TlsFault, OfOnesOwnCertificateIsNamed) {
  Use(pki_.FromAgencyCa("ended", {.uris = {"spiffe://accord.example/agency/cas-york/system/cms"},
                                  .not_before = -7200,
                                  .not_after = -3600}));
  const absl::Status ended = WhyOf(Gateway());
  EXPECT_EQ(RuleOf(ended), "CERTIFICATE_ENDED");
  EXPECT_THAT(std::string(ended.message()), HasSubstr("ended.")) << "the file";
  EXPECT_THAT(std::string(ended.message()), HasSubstr("accordctl agency enroll"));
  EXPECT_EQ(ExitCodeOf(ended), kRefused);
  Use(pki_.FromAgencyCa(
      "early", {.uris = {"spiffe://accord.example/agency/cas-york/system/cms"}, .not_before = 3600}));
  const absl::Status early = WhyOf(Gateway());
  EXPECT_EQ(RuleOf(early), "CERTIFICATE_NOT_YET_VALID");
  for (const absl::Status& by_the_clock : {ended, early}) {
    EXPECT_THAT(std::string(by_the_clock.message()), HasSubstr("this machine's clock says 20"));
  }
  Use(pki_.Service("gateway"));
  EXPECT_EQ(RuleOf(WhyOf(Gateway())), "CERTIFICATE_AUTHORITY_UNKNOWN");
}

TEST_F(TlsFault, OfARevokedCertificateIsNamed) {
  TlsListener::Shape gateway = Gateway();
  gateway.revokes = true;
  EXPECT_EQ(RuleOf(WhyOf(gateway)), "TLS_CERTIFICATE_REVOKED");
}

TEST_F(TlsFault, OfTheGatewaysCertificateIsNamed) {
  TlsListener::Shape gateway = Gateway();
  gateway.own = pki_.FromServiceCa("foreign", {});
  EXPECT_EQ(RuleOf(WhyOf(gateway)), "GATEWAY_AUTHORITY_UNKNOWN");
  gateway.own = pki_.FromAgencyCa("past", {.uris = {}, .not_before = -7200, .not_after = -3600});
  const absl::Status past = WhyOf(gateway);
  EXPECT_EQ(RuleOf(past), "GATEWAY_CERTIFICATE_ENDED");
  gateway.own = pki_.FromAgencyCa("future", {.uris = {}, .not_before = 3600});
  const absl::Status future = WhyOf(gateway);
  EXPECT_EQ(RuleOf(future), "GATEWAY_CERTIFICATE_NOT_YET_VALID");
  for (const absl::Status& by_the_clock : {past, future}) {
    EXPECT_THAT(std::string(by_the_clock.message()), HasSubstr("this machine's clock says 20"));
  }
  gateway.own = pki_.FromAgencyCa("other", {.uris = {}, .dns = {"elsewhere.example"}});
  const absl::Status name = WhyOf(gateway);
  EXPECT_EQ(RuleOf(name), "GATEWAY_NAME");
  EXPECT_THAT(std::string(name.message()), HasSubstr("--server-name"));
}

TEST_F(TlsFault, OfAnAddressThatIsNoGatewaysIsNamed) {
  TlsListener::Shape plain = Gateway();
  plain.plain = true;
  EXPECT_EQ(RuleOf(WhyOf(plain)), "NOT_TLS");
  context_.address = "no-such-host.invalid:7400";
  EXPECT_EQ(RuleOf(Why()), "ADDRESS_UNKNOWN");
  for (const char* address :
       {"", "host", "host:", ":7400", "host:0", "host:70000", "https://host:7400", "a b:1"}) {
    EXPECT_EQ(RuleOf(CheckGatewayAddress(address)), "ADDRESS_MALFORMED") << address;
    EXPECT_THAT(std::string(CheckGatewayAddress(address).message()), HasSubstr("is not HOST:PORT"))
        << address;
  }
  EXPECT_OK(CheckGatewayAddress("[::1]:7400"));
  for (const char* address : {"::1:7400", "2001:db8::1", "host:7400:7400"}) {
    const absl::Status status = CheckGatewayAddress(address);
    EXPECT_EQ(RuleOf(status), "ADDRESS_MALFORMED") << address;
    EXPECT_THAT(std::string(status.message()), HasSubstr("write an IPv6 address in brackets")) << address;
  }
}

TEST(HostOfAddress, IsTheNameThatACertificateHas) {
  EXPECT_EQ(HostOfAddress("accord.example.org:7400"), "accord.example.org");
  EXPECT_EQ(HostOfAddress("127.0.0.1:7400"), "127.0.0.1");
  EXPECT_EQ(HostOfAddress("[::1]:7400"), "::1");
  EXPECT_EQ(HostOfAddress("[2001:db8::1]:7400"), "2001:db8::1");
}

// gRPC only reports "unavailable", and would report it again at every attempt.
TEST_F(TlsFault, IsWhatACallIsRefusedByAtOnce) {
  Use(pki_.FromAgencyCa("ended", {.uris = {"spiffe://accord.example/agency/cas-york/system/cms"},
                                  .not_before = -7200,
                                  .not_after = -3600}));
  const TlsListener listener(Gateway());
  context_.address = listener.address();
  const auto client = *Client::Open(context_, absl::Seconds(60));
  registry::v1::Agency answer;
  const absl::Time start = absl::Now();
  const absl::Status status = client->Call("/accord.registry.v1.RegistryService/GetAgency",
                                           registry::v1::GetAgencyRequest(), &answer);
  EXPECT_EQ(RuleOf(status), "CERTIFICATE_ENDED") << status;
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));
}

TEST_F(TlsFault, WithoutAGatewayTheAddressIsAskedAboutInWordsOfPeople) {
  context_.address = "127.0.0.1:1";
  const auto client = *Client::Open(context_, absl::Milliseconds(300));
  registry::v1::Agency answer;
  const absl::Status status = client->Call("/accord.registry.v1.RegistryService/GetAgency",
                                           registry::v1::GetAgencyRequest(), &answer);
  EXPECT_EQ(ExitCodeOf(status), kTryAgain);
  EXPECT_THAT(PrintError(status, Format::kTable),
              AllOf(HasSubstr("there was no answer from 127.0.0.1:1: is that the gateway's address?\n"),
                    HasSubstr("`accordctl context set NAME --address HOST:PORT` corrects it"),
                    Not(HasSubstr("ipv4:"))));
  const Speaking french(Language::kFrench);
  EXPECT_THAT(PrintError(status, Format::kTable),
              AllOf(HasSubstr("aucune réponse de 127.0.0.1:1"), HasSubstr("corrige")));
}

// Nobody could tell the caller, and an outage is when people have to know.
TEST_F(TlsFault, WhoeverCannotSendAReferralIsToldToTelephone) {
  context_.address = "127.0.0.1:1";
  context_.language = "fr";
  const auto client = *Client::Open(context_, absl::Seconds(10));
  protocols::v1::Referral sent;
  const absl::Status referral = client->Call("/accord.protocols.v1.ReferralService/CreateReferral",
                                             protocols::v1::CreateReferralRequest(), &sent);
  EXPECT_TRUE(absl::IsUnavailable(referral)) << referral;
  EXPECT_THAT(PrintError(referral, Format::kTable), HasSubstr("téléphonez au service de garde"));
  EXPECT_THAT(Json::parse(PrintError(referral, Format::kJson)).at("telephone_duty").get<std::string>(),
              HasSubstr("téléphonez"));
  registry::v1::Agency agency;
  const absl::Status other = client->Call("/accord.registry.v1.RegistryService/GetAgency",
                                          registry::v1::GetAgencyRequest(), &agency);
  EXPECT_TRUE(absl::IsUnavailable(other)) << other;
  EXPECT_EQ(TelephoneDutyIn(other), "");
}

TEST_F(TlsFault, NoHeaderEndsTheProcess) {
  context_.address = "127.0.0.1:1";
  for (const char* actor : {"a\nb", "caf\xc3\xa9", "\xff", "a\x01"}) {
    context_.actor = actor;
    EXPECT_EQ(RuleOf(Client::Open(context_, absl::Seconds(1)).status()), "FIELD_INVALID") << actor;
  }
}

}  // namespace
}  // namespace accord::ctl
