// This tests `accordctl certificate renew` against a gateway: what it requests, what it leaves on disk, and
// what it does after an interruption.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/file.h"
#include "common/pki/certificate_check.h"
#include "common/pki/signing_request.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

constexpr char kRenew[] = "/accord.registry.v1.RegistryAdminService/RenewCertificate";
constexpr char kLookUp[] = "/accord.registry.v1.RegistryService/GetTransparencyLog";
constexpr long kDay = 24 * 3600;

class CertificateRenew : public AgainstAGateway {
 protected:
  CertificateRenew() {
    const Contexts contexts = *ReadContexts(tls_gateway_.contexts_file());
    certificate_file_ = contexts.all.at("york").certificate_file;
    key_file_ = contexts.all.at("york").key_file;
    before_ = Read();
  }

  // This sets the context's certificate to this age, ending in this many days.
  void Present(long age_days, long left_days) {
    const auto present =
        tls_gateway_.pki().FromAgencyCa("present", {.uris = {pki::SystemUri("ps-york", "rms")},
                                                    .not_before = -age_days * kDay,
                                                    .not_after = left_days * kDay});
    Contexts contexts = *ReadContexts(tls_gateway_.contexts_file());
    contexts.all["york"].certificate_file = certificate_file_ = present.certificate_file;
    contexts.all["york"].key_file = key_file_ = present.key_file;
    ASSERT_OK(WriteContexts(tls_gateway_.contexts_file(), contexts));
    before_ = Read();
  }
  // This checks that the two files of the context are a matching pair, and gives its certificate.
  std::string Read() {
    const auto certificate = ReadFile(certificate_file_), key = ReadFile(key_file_);
    EXPECT_OK(certificate);
    EXPECT_OK(key);
    EXPECT_OK(pki::CheckPair(*certificate, *key));
    return *certificate;
  }
  // This gives the request that has no answer yet; it is empty if there is none.
  std::string Pending() {
    std::string request;
    if (!fs::exists(certificate_file_ + ".pairs")) return request;
    for (const auto& each : fs::directory_iterator(certificate_file_ + ".pairs")) {
      const std::string file = each.path().string() + "/request.pem";
      if (!each.is_symlink() && fs::exists(file)) request = *ReadFile(file);
    }
    return request;
  }
  // This makes the registry answer with a certificate for this request.
  std::string Sign(const std::string& csr, const std::string& system = "rms") {
    const testing::TestPki& files = tls_gateway_.pki();
    const auto authority = pki::Authority::Load(testing::Slurp(files.agency_ca_file()),
                                                testing::Slurp(files.agency_ca_key_file()));
    registry::v1::Certificate certificate;
    certificate.set_certificate_pem(authority->SignSystem(csr, "ps-york", system, 120, absl::Now())->pem);
    gateway_.Answer(kRenew, certificate);
    gateway_.RefuseWith(kRenew, absl::OkStatus());
    return certificate.certificate_pem();
  }
  registry::v1::RenewCertificateRequest Sent() {
    registry::v1::RenewCertificateRequest request;
    EXPECT_TRUE(request.ParseFromString(gateway_.sent(kRenew)));
    return request;
  }
  // This makes a call without an answer: the key and its request exist afterwards.
  std::string Unanswered() {
    gateway_.RefuseWith(kRenew, Refuse(rules::kServiceBusy, "Try again."));
    const Said said = Run("--timeout 0.3 certificate renew");
    EXPECT_FALSE(said.status.ok());
    EXPECT_EQ(Read(), before_);
    return Pending();
  }

  std::string certificate_file_, key_file_, before_;
};

TEST_F(CertificateRenew, PutsTheNextKeyAndCertificateInTheirPlacesTogether) {
  const std::string csr = Unanswered();
  const registry::v1::RenewCertificateRequest first = Sent();
  EXPECT_EQ(first.csr_pem(), csr);
  const std::string fresh = Sign(csr);
  const Said said = Run("certificate renew");
  ASSERT_OK(said.status);
  EXPECT_THAT(said.out, AllOf(HasSubstr("renewed "), HasSubstr("and the next one is due on ")));
  EXPECT_EQ(Read(), fresh);
  EXPECT_EQ(Sent().csr_pem(), csr) << "what was asked before is asked again, by the same request id";
  EXPECT_EQ(Sent().request_id(), first.request_id());
  EXPECT_EQ(gateway_.asked().back(), kLookUp) << "the gateway takes it before anybody reads it";
  EXPECT_OK(Run("agency get agencies/ps-york").status) << "by the new pair";
}

TEST_F(CertificateRenew, IfDueDoesNothingBeforeTwoThirdsOfTheLifeAndSaysWhenTheyAreOver) {
  Present(50, 40);
  const Said said = Run("certificate renew --if-due");
  EXPECT_OK(said.status);
  const std::string due =
      absl::FormatTime("%Y-%m-%d", RenewalDue(*pki::ReadCertificate(before_)), absl::UTCTimeZone());
  EXPECT_THAT(said.out, AllOf(HasSubstr("not due"), HasSubstr("the next one is due on " + due)));
  EXPECT_EQ(gateway_.acted(kRenew), 0);
  EXPECT_FALSE(fs::exists(certificate_file_ + ".pairs"));
  EXPECT_THAT(Run("-o json certificate renew --if-due").out,
              AllOf(HasSubstr("\"renewed\": false"), HasSubstr("\"due\": \"" + due)));
}

TEST_F(CertificateRenew, IfDueRenewsAfterTwoThirdsOfTheLife) {
  Present(61, 29);
  Sign(Unanswered());
  const Said said = Run("certificate renew --if-due");
  EXPECT_OK(said.status);
  EXPECT_NE(Read(), before_);
  const int asked = gateway_.acted(kRenew);
  EXPECT_THAT(Run("certificate renew --if-due").out, HasSubstr("not due"));
  EXPECT_EQ(gateway_.acted(kRenew), asked);
}

TEST_F(CertificateRenew, ThatIsRefusedForGoodForgetsTheKey) {
  const std::string first = Unanswered();
  gateway_.RefuseWith(kRenew, Refuse(rules::kCertificateRenewedEarly, "Renew it later."));
  EXPECT_THAT(Run("certificate renew").status, RefusedBy(rules::kCertificateRenewedEarly));
  EXPECT_EQ(Sent().csr_pem(), first);
  EXPECT_EQ(Pending(), "");
  EXPECT_EQ(Read(), before_);
  EXPECT_NE(Unanswered(), first);
}

TEST_F(CertificateRenew, WaitsWithTheNewPairUntilTheGatewayTakesItAndAsksForNoOther) {
  const std::string fresh = Sign(Unanswered());
  const int asked = gateway_.acted(kRenew);
  gateway_.RefuseWith(kLookUp, Refuse(rules::kSystemSuspended, "This system is suspended."));
  EXPECT_THAT(Run("certificate renew").status, RefusedBy(rules::kSystemSuspended));
  EXPECT_EQ(Read(), before_);
  EXPECT_EQ(gateway_.acted(kRenew), asked + 1);
  gateway_.RefuseWith(kLookUp, absl::OkStatus());
  EXPECT_OK(Run("certificate renew").status);
  EXPECT_EQ(Read(), fresh);
  EXPECT_EQ(gateway_.acted(kRenew), asked + 1) << "it was answered before";
}

TEST_F(CertificateRenew, BeginsAnewWhereTheNextCertificateWasRevokedBeforeItWasTaken) {
  Sign(Unanswered());
  gateway_.RefuseWith(kLookUp, Refuse(rules::kCertificateRevoked, "This certificate is revoked."));
  EXPECT_THAT(Run("certificate renew").status, RefusedBy(rules::kCertificateRevoked));
  EXPECT_EQ(Read(), before_);
  EXPECT_EQ(Pending(), "");
  gateway_.RefuseWith(kLookUp, absl::OkStatus());
  const std::string fresh = Sign(Unanswered());
  EXPECT_OK(Run("certificate renew").status);
  EXPECT_EQ(Read(), fresh);
}

// After a restore of the registry the key is kept, and is requested again by the same request.
TEST_F(CertificateRenew, AsksAgainWhereTheRegistryDoesNotKnowTheNextCertificate) {
  const std::string csr = Unanswered();
  const std::string lost = Sign(csr);
  gateway_.RefuseWith(kLookUp, Refuse(rules::kCertificateNotRegistered, "It knows no such certificate."));
  news_ = absl::ZeroDuration();
  EXPECT_THAT(Run("certificate renew").status, RefusedBy(rules::kCertificateNotRegistered));
  const registry::v1::RenewCertificateRequest first = Sent();
  const int asked = gateway_.acted(kRenew);
  EXPECT_EQ(Read(), before_);
  EXPECT_EQ(Pending(), csr);
  gateway_.RefuseWith(kLookUp, absl::OkStatus());
  const std::string fresh = Sign(csr);
  ASSERT_NE(fresh, lost);
  EXPECT_OK(Run("certificate renew").status);
  EXPECT_EQ(gateway_.acted(kRenew), asked + 1);
  EXPECT_EQ(Sent().csr_pem(), csr);
  EXPECT_EQ(Sent().request_id(), first.request_id());
  EXPECT_EQ(Read(), fresh);
}

TEST_F(CertificateRenew, WhileAnotherOneIsAtTheSameFilesAsksForNothing) {
  const std::string csr = Unanswered();
  Sign(csr);
  const int asked = gateway_.acted(kRenew);
  auto other = CertificateFiles::Open(certificate_file_, key_file_);
  ASSERT_OK(other);
  const absl::Status refused = Run("certificate renew").status;
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("another `accordctl certificate renew` is at"));
  EXPECT_EQ(gateway_.acted(kRenew), asked);
  EXPECT_EQ(Read(), before_);
  EXPECT_EQ(Pending(), csr) << "what the other one goes on with";
  other->reset();
  EXPECT_OK(Run("certificate renew").status);
}

TEST_F(CertificateRenew, TakesNothingThatIsNotWhatItAskedFor) {
  Unanswered();
  Sign(pki::SigningRequest(pki::NewTlsKey()));
  EXPECT_THAT(Run("certificate renew").status, RefusedBy(rules::kKeyOfAnotherCertificate));
  EXPECT_EQ(Read(), before_);
  // This is a certificate of another system, but for the right key.
  Sign(Unanswered(), "other");
  EXPECT_TRUE(absl::IsInternal(Run("certificate renew").status));
  EXPECT_EQ(Read(), before_);
}

TEST_F(CertificateRenew, OfARequestOfOnesOwnShowsTheAnswerAndTouchesNoFile) {
  const std::string csr = pki::SigningRequest(pki::NewTlsKey());
  Sign(csr);
  const Said said = RunWords({"-o", "json", "certificate", "renew", "--csr-pem", csr});
  EXPECT_OK(said.status);
  EXPECT_THAT(said.out, HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_EQ(Sent().csr_pem(), csr);
  EXPECT_FALSE(fs::exists(certificate_file_ + ".pairs"));
}

// The office may issue another certificate for the key that a renewal has made.
TEST_F(CertificateRenew, LeavesAFolderIntoWhichAgencyEnrollCanWrite) {
  certificate_file_ = path("york/client.crt");
  key_file_ = path("york/client.key");
  const Key first = pki::NewTlsKey(), second = pki::NewTlsKey();
  ASSERT_OK(WriteFile(key_file_, pki::PrivatePem(first), FileKind::kSecret));
  ASSERT_OK(WriteFile(certificate_file_, Sign(pki::SigningRequest(first)), FileKind::kPublic));
  {
    const auto files = CertificateFiles::Open(certificate_file_, key_file_);
    ASSERT_OK(files);
    ASSERT_OK((*files)->Put(Sign(pki::SigningRequest(second)), pki::PrivatePem(second)));
  }
  ASSERT_TRUE(fs::is_symlink(certificate_file_));
  registry::v1::Certificate issued;
  issued.set_certificate_pem(Sign(pki::SigningRequest(second)));
  gateway_.Answer("/accord.registry.v1.RegistryAdminService/IssueCertificate", issued);
  ASSERT_OK(Run("agency enroll ps-york --out " + path("york")).status);
  EXPECT_EQ(Read(), issued.certificate_pem());
}

TEST_F(CertificateRenew, IsNotTriedWithoutItsEffect) {
  EXPECT_TRUE(absl::IsInvalidArgument(Run("--dry-run certificate renew").status));
  EXPECT_EQ(gateway_.asked().size(), 0u);
}

TEST_F(CommandLine, TheCommandThatRenewsStandsInThePlaceOfItsRpc) {
  EXPECT_THAT(Said("certificate renew --help"),
              AllOf(HasSubstr("--if-due"), HasSubstr("Who may: everybody")));
  EXPECT_THAT(Said("renew certificate --help"), AllOf(HasSubstr("--csr-pem"), Not(HasSubstr("--if-due"))));
  EXPECT_THAT(Ran("certificate"), HasSubstr("  renew "));
}

}  // namespace
}  // namespace accord::ctl
