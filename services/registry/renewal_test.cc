// In these tests a certificate asks for the next one: when it is given, and each way in which it is not.
#include <string>

#include "absl/strings/escaping.h"
#include "common/pki/certificate_check.h"
#include "services/registry/testing/renewal_fixture.h"

namespace accord::registry {
namespace {

TEST_F(Renewal, GivesTheSameSystemACertificateOfANewKeyWhileTheOldOneGoesOn) {
  const Key key = pki::NewTlsKey();
  const v1::Certificate renewed = Must(Renew(By(certificate_), Request(key)));
  EXPECT_EQ(renewed.state(), v1::CERTIFICATE_STATE_ACTIVE);
  EXPECT_EQ(renewed.renewed_from(), certificate_.name());
  EXPECT_EQ(renewed.validity_days(), 90);
  EXPECT_EQ(FromProto(renewed.not_after()), Now() + 90 * kDay);
  EXPECT_LT(FromProto(renewed.not_before()), FromProto(certificate_.not_after())) << "both hold for a while";
  const auto old = pki::ReadCertificate(certificate_.certificate_pem());
  const auto fresh = pki::CheckPair(renewed.certificate_pem(), pki::PrivatePem(key));
  ASSERT_OK(fresh);
  EXPECT_EQ(fresh->uri, old->uri);
  EXPECT_EQ(Read(certificate_.name()).state(), v1::CERTIFICATE_STATE_ACTIVE);
  EXPECT_THAT(Renew(By(renewed)), RefusedBy(rules::kCertificateNotLonger)) << "it was made just now";
  Later(kDay);
  EXPECT_OK(Renew(By(renewed)));
  EXPECT_OK(Renew(By(certificate_))) << "it renews as long as it holds";
}

TEST_F(Renewal, IsToldToGateways) {
  const v1::PolicyUpdate before = *policy_.Since("", 0);
  const v1::Certificate renewed = Must(Renew());
  const v1::PolicyUpdate told = *policy_.Since(before.epoch(), before.version());
  ASSERT_EQ(told.certificates_size(), 1);
  EXPECT_EQ(absl::BytesToHexString(told.certificates(0).fingerprint()), renewed.fingerprint());
  EXPECT_TRUE(told.certificates(0).active());
}

TEST_F(Renewal, OfARequestThatIsRepeatedGivesOneCertificate) {
  v1::RenewCertificateRequest request = For(Request());
  request.set_request_id("renew-0001");
  const v1::Certificate first = Must(Call<v1::Certificate>(By(certificate_), request));
  const v1::Certificate again = Must(Call<v1::Certificate>(By(certificate_), request));
  EXPECT_EQ(again.name(), first.name());
  request.set_csr_pem(Request());
  EXPECT_THAT(Call<v1::Certificate>(By(certificate_), request), RefusedBy(rules::kRequestIdReused));
}

// Only what the gateway says of the certificate names it.
TEST_F(Renewal, WithoutTheCertificateOfTheCallIsRefused) {
  Caller caller = By(certificate_);
  caller.certificate = "";
  EXPECT_THAT(Renew(caller), RefusedBy(rules::kCertificateNotRegistered));
  caller.certificate = std::string(32, '\x01');
  EXPECT_THAT(Renew(caller), RefusedBy(rules::kCertificateNotRegistered));
  // The first half of the fingerprint makes the name, and is not enough.
  caller = By(certificate_);
  caller.certificate.back() ^= 1;
  EXPECT_THAT(Renew(caller), RefusedBy(rules::kCertificateNotRegistered));
  caller = By(certificate_);
  caller.system = "another";
  EXPECT_THAT(Renew(caller), RefusedBy(rules::kCertificateNotRegistered));
  caller = By(certificate_);
  caller.agency = "cas-durham";
  EXPECT_THAT(Renew(caller), RefusedBy(rules::kCertificateNotRegistered));
}

TEST_F(Renewal, UnderARevokedCertificateIsRefused) {
  const v1::Certificate renewed = Must(Renew());
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, certificate_)));
  Later(kDay);
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificateRevoked));
  EXPECT_OK(Renew(By(renewed)));
}

TEST_F(Renewal, UnderACertificateThatHasEndedIsRefused) {
  in_process_.clock().Set(FromProto(certificate_.not_after()));
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificateEnded));
  Later(-absl::Seconds(1));
  EXPECT_OK(Renew());
}

TEST_F(Renewal, OfASuspendedSystemIsRefused) {
  const v1::System suspended = Must(Verb<v1::System, v1::SuspendSystemRequest>(office_, system_));
  EXPECT_THAT(Renew(), RefusedBy(rules::kSystemSuspended));
  ASSERT_OK((Verb<v1::System, v1::ResumeSystemRequest>(office_, suspended)));
  EXPECT_OK(Renew());
}

TEST_F(Renewal, OfAnAgencyThatHasEndedIsRefused) {
  v1::GetAgencyRequest get;
  get.set_name("agencies/cas-york");
  v1::UpdateAgencyRequest update;
  *update.mutable_agency() = Must(Call<v1::Agency>(office_, get));
  update.mutable_agency()->set_valid_to(FormatDay(OntarioDay(Now())));
  update.mutable_update_mask()->add_paths("valid_to");
  ASSERT_OK(Call<v1::Agency>(office_, update));
  EXPECT_THAT(Renew(), RefusedBy(rules::kAgencyNotValid));
}

// Whoever has stolen a key must not go on by it, and a renewal without a new key renews nothing.
TEST_F(Renewal, WithAKeyThatTheSystemHasOrHadIsRefused) {
  const Key key = pki::NewTlsKey();
  const v1::Certificate renewed = Must(Renew(By(certificate_), Request(key)));
  Later(kDay);
  EXPECT_THAT(Renew(By(renewed), Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, renewed)));
  EXPECT_THAT(Renew(By(certificate_), Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_OK(Renew());
}

// A key says which system calls: it must not come back as another one, whoever asks for it.
TEST_F(Renewal, AndIssueWithAKeyThatAnotherSystemHasOrHadAreRefused) {
  const Key key = pki::NewTlsKey();
  const v1::Certificate of_cms = Must(Renew(By(certificate_), Request(key)));
  const v1::System shelter = OneMore("shelter");
  const v1::Certificate of_shelter = Must(IssueFor(shelter, Request()));
  Later(kDay);
  EXPECT_THAT(RenewOf("shelter", of_shelter, Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_THAT(IssueFor(shelter, Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, of_cms)));
  EXPECT_THAT(RenewOf("shelter", of_shelter, Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_THAT(IssueFor(shelter, Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_OK(RenewOf("shelter", of_shelter));
}

// However many an agency has had, what is asked of them stands in the index.
TEST_F(Renewal, ReadsNoCertificateButThePresentOne) {
  const Key key = pki::NewTlsKey();
  const v1::Certificate renewed = Must(Renew(By(certificate_), Request(key)));
  const v1::System shelter = OneMore("shelter");
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx
        .Exec("update resource set body = '?' where kind = 'certificate' and name <> :p1",
              certificate_.name())
        .status();
  }));
  v1::GetCertificateRequest get;
  get.set_name(renewed.name());
  ASSERT_FALSE(Call<v1::Certificate>(office_, get).ok()) << "whoever reads it fails";
  Later(kDay);
  EXPECT_THAT(Renew(By(certificate_), Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_THAT(IssueFor(shelter, Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_OK(Renew());
  EXPECT_OK(IssueFor(shelter, Request()));
}

// Certificates that were stored before the index existed are put there once, by the first call that asks.
TEST_F(Renewal, KnowsTheKeysOfCertificatesThatAVersionBeforeStored) {
  const Key key = pki::NewTlsKey();
  ASSERT_OK(Renew(By(certificate_), Request(key)));
  ASSERT_OK(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Exec("delete from visible where kind = 'certificate' and field <> ''").status();
  }));
  Later(kDay);
  EXPECT_THAT(Renew(By(certificate_), Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  EXPECT_THAT(IssueFor(OneMore("shelter"), Request(key)), RefusedBy(rules::kCertificateKeyUsed));
  ASSERT_OK(Renew());
  const auto rows = in_process_.database().Read([](storage::Transaction& tx) {
    return tx.Query<int64_t>(
        "select count(*) from visible where kind = 'certificate' and agency = 'cas-york' and field in "
        "('key', 'ends')");
  });
  ASSERT_OK(rows);
  EXPECT_EQ(std::get<0>(rows->at(0)), 6) << "the key and the end of each of three certificates";
}

// This happens where an enrolment broke off and is run again.
TEST_F(Renewal, LeavesTheOfficeToSignAgainTheRequestOfTheSameSystem) {
  const std::string csr = Request();
  ASSERT_OK(IssueFor(system_, csr));
  Later(absl::Seconds(1));
  EXPECT_OK(IssueFor(system_, csr));
}

TEST_F(Renewal, OfARequestThatIsNoneIsRefused) {
  EXPECT_THAT(Renew(By(certificate_), "no request"), RefusedBy(rules::kCsrMalformed));
}

TEST_F(Renewal, ThatWouldEndNoLaterThanThePresentCertificateIsRefused) {
  v1::IssueCertificateRequest issue;
  issue.set_parent(system_.name());
  issue.set_csr_pem(Request());
  issue.set_validity_days(365);
  const v1::Certificate long_one = Must(Call<v1::Certificate>(office_, issue));
  EXPECT_THAT(Renew(By(long_one)), RefusedBy(rules::kCertificateNotLonger));
  Later(276 * kDay);
  const v1::Certificate renewed = Must(Renew(By(long_one)));
  EXPECT_EQ(renewed.validity_days(), 90) << "a renewed one holds for no longer than the configuration says";
}

TEST_F(Renewal, NeverOutlivesTheAuthorityAndIsOfItsFullLengthUnderTheNextOne) {
  const absl::Time end = absl::UnixEpoch() + kDay * pki::kMaxAuthorityDays;
  in_process_.clock().Set(end - 100 * kDay);
  certificate_ = Must(Issue(system_));
  Later(60 * kDay);
  v1::Certificate cut = Must(Renew());
  EXPECT_EQ(FromProto(cut.not_after()), end);
  Later(kDay);
  EXPECT_THAT(Renew(By(cut)), RefusedBy(rules::kCertificateNotLonger)) << "the authority ends";
  EXPECT_EQ(Read(cut.name()).validity_days(), 90);
  authority_ = *pki::Authority::Create("Agencies", pki::kMaxAuthorityDays, Now());
  EXPECT_EQ(FromProto(Must(Renew(By(cut))).not_after()), Now() + 90 * kDay);
}

TEST_F(Renewal, HoldsForAsManyDaysAsTheOfficeGave) {
  v1::IssueCertificateRequest issue;
  issue.set_parent(system_.name());
  issue.set_csr_pem(Request());
  issue.set_validity_days(30);
  const v1::Certificate short_one = Must(Call<v1::Certificate>(office_, issue));
  Later(20 * kDay);
  const v1::Certificate renewed = Must(Renew(By(short_one)));
  EXPECT_EQ(renewed.validity_days(), 30);
  EXPECT_EQ(FromProto(renewed.not_after()), Now() + 30 * kDay);
}

// The first administrator's certificate, which was signed elsewhere, is such a one.
TEST_F(Renewal, OfACertificateWhoseDaysWereNotKeptHoldsForTheDaysOfItsLife) {
  Caller admin = office_;
  admin.certificate = pki::ReadCertificate(pem_)->fingerprint;
  EXPECT_EQ(Must(Renew(admin)).validity_days(), 90);
}

host::v1::RegistryConfig FromHalfOfTheLife() {
  host::v1::RegistryConfig config;
  config.set_renew_from_percent(50);
  config.set_max_renewed_days(60);
  return config;
}

class RenewalFromHalfOfTheLife : public Renewal {
 protected:
  RenewalFromHalfOfTheLife() : Renewal(FromHalfOfTheLife()) {}
};

TEST_F(RenewalFromHalfOfTheLife, IsRefusedBeforeIt) {
  const absl::Time begin = FromProto(certificate_.not_before()), end = FromProto(certificate_.not_after());
  const absl::Time opens = begin + (end - begin) / 2;
  in_process_.clock().Set(opens - absl::Seconds(1));
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificateRenewedEarly));
  in_process_.clock().Set(opens);
  EXPECT_EQ(Must(Renew()).validity_days(), 60) << "the configuration gives fewer days than the office did";
}

}  // namespace
}  // namespace accord::registry
