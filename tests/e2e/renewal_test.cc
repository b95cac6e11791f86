// In this test a system renews its certificate through the real gateway, which tells the registry by which
// certificate the call was made.
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

using registry::v1::Certificate;
using ::testing::HasSubstr;

class Renewing : public ACase {
 protected:
  Renewing()
      : society_(Enrol("cas-york", {{"privacy", ROLE_PRIVACY_OFFICER}, {"worker", ROLE_CAS_WORKER}})) {}

  absl::StatusOr<Certificate> Renew(const AgencyClient& client, const std::string& csr_pem) {
    registry::v1::RenewCertificateRequest request;
    request.set_csr_pem(csr_pem);
    request.set_request_id(RequestId());
    return client.Call<Certificate>(kAdmin + "RenewCertificate", "worker", "child_protection", request);
  }
  // A certificate that is renewed within the same second would end no later than the present one.
  Certificate Renewed(const AgencyClient& client, const std::string& csr_pem) {
    Certificate renewed;
    EXPECT_TRUE(Eventually([&] {
      const auto answer = Renew(client, csr_pem);
      if (answer.ok()) renewed = *answer;
      EXPECT_THAT(accord::testing::RuleOrError(answer.status()),
                  ::testing::AnyOf("", "CERTIFICATE_NOT_LONGER"));
      return answer.ok();
    }));
    return renewed;
  }
  // This gives the rule by which a call of the client is refused; it is empty if the call is answered.
  static std::string Refused(const AgencyClient& client) {
    return accord::testing::RuleOrError(client
                                            .Call<ListReferralsResponse>(kReferrals + "ListReferrals",
                                                                         "worker", "child_protection",
                                                                         ListReferralsRequest())
                                            .status());
  }
  void Revoke(const Certificate& certificate) {
    registry::v1::RevokeCertificateRequest revoke;
    revoke.set_name(certificate.name());
    revoke.set_etag(certificate.etag());
    revoke.set_reason("stolen");
    revoke.set_request_id(RequestId());
    ASSERT_OK(
        stack_.Console().Call<Certificate>(kAdmin + "RevokeCertificate", "admin", "administration", revoke));
  }

  AgencyClient society_;
};

TEST_F(Renewing, GivesASecondCertificateBesideTheFirstAndEachEndsByItself) {
  const auto request = stack_.pki().SigningRequest("renewed");
  const Certificate renewed = Renewed(society_, request.csr_pem);
  EXPECT_EQ(renewed.renewed_from(), certificates_.at("cas-york").name());
  const AgencyClient fresh =
      stack_.Client({stack_.pki().Write("renewed.crt", renewed.certificate_pem()), request.key_file, ""});
  EXPECT_TRUE(Eventually([&] { return Refused(fresh).empty(); }));
  EXPECT_EQ(Refused(society_), "") << "the one before goes on";
  EXPECT_EQ(RuleOf(Renew(fresh, request.csr_pem).status()), "CERTIFICATE_KEY_USED");

  Revoke(renewed);
  EXPECT_TRUE(Eventually([&] { return Refused(fresh) == "CERTIFICATE_REVOKED"; }));
  const auto another = stack_.pki().SigningRequest("another");
  EXPECT_EQ(RuleOf(Renew(fresh, another.csr_pem).status()), "CERTIFICATE_REVOKED");
  EXPECT_EQ(Refused(society_), "");
  Renewed(society_, another.csr_pem);
}

TEST_F(Renewing, IsNoWayInForACertificateThatTheRegistryDoesNotKnow) {
  // This certificate is signed by the agencies' authority for the same system.
  const AgencyClient unlisted = stack_.Client(stack_.pki().Agency("cas-york", "main"));
  const auto request = stack_.pki().SigningRequest("renewed");
  EXPECT_EQ(RuleOf(Renew(unlisted, request.csr_pem).status()), "CERTIFICATE_NOT_REGISTERED");
}

TEST_F(Renewing, StandsInTheLogWithTheCertificateThatAskedAndTheOneThatItGot) {
  const Certificate renewed = Renewed(society_, stack_.pki().SigningRequest("renewed").csr_pem);
  int told = 0;
  EXPECT_TRUE(Eventually([&] {
    audit::v1::ListEntriesRequest list;
    list.set_page_size(1000);
    const auto page = society_.Call<audit::v1::ListEntriesResponse>(kAudit + "ListEntries", "privacy",
                                                                    "privacy_review", list);
    EXPECT_OK(page);
    if (!page.ok()) return false;
    told = 0;
    for (const auto& entry : page->entries()) {
      const auto& record = entry.record();
      if (record.method() != kAdmin + "RenewCertificate" || record.resources().empty()) continue;
      ++told;
      EXPECT_EQ(record.resources(0).name(), renewed.name());
      EXPECT_EQ(absl::BytesToHexString(record.certificate_fingerprint()),
                certificates_.at("cas-york").fingerprint());
    }
    return told > 0;
  }));
  EXPECT_EQ(told, 1);
}

TEST_F(Renewing, ByTheCommandLineChangesTheFilesOfTheContextAndGoesOn) {
  const Accordctl ctl(stack_);
  ctl.SetContext("york", identities_.at("cas-york"), "worker", "child_protection");
  const Ran waits = ctl("--context york certificate renew --if-due");
  EXPECT_EQ(waits.code, 0) << waits.said;
  EXPECT_THAT(waits.said, HasSubstr("not due"));
  Ran renewed;
  EXPECT_TRUE(Eventually([&] {
    renewed = ctl("--context york certificate renew");
    return renewed.code == 0;
  })) << renewed.said;
  EXPECT_THAT(renewed.said, HasSubstr("renewed "));
  const Certificate& before = certificates_.at("cas-york");
  EXPECT_NE(accord::testing::Slurp(identities_.at("cas-york").certificate_file), before.certificate_pem());
  Revoke(before);
  EXPECT_TRUE(Eventually([&] { return Refused(society_) == "CERTIFICATE_REVOKED"; }));
  const Ran listed = ctl("--context york list referrals");
  EXPECT_EQ(listed.code, 0) << listed.said;
}

}  // namespace
}  // namespace accord::e2e
