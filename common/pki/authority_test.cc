#include "common/pki/authority.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/pki/signing_request.h"
#include "common/pki/testing/odd_certificates.h"
#include "common/testing/matchers.h"

namespace accord::pki {
namespace {

using accord::testing::FailsWith;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(Authority, SignsForExactlyTheSystemAndReadsItBack) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const auto issued = authority.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  ASSERT_OK(issued);
  EXPECT_EQ(issued->not_after, kNow + absl::Hours(24 * 90));
  EXPECT_EQ(issued->uri, "spiffe://accord.example/agency/cas-york/system/cms");
  EXPECT_EQ(authority.InspectSystem(issued->pem, "cas-york", "cms")->fingerprint, issued->fingerprint);
  EXPECT_THAT(authority.InspectSystem(issued->pem, "ps-york", "cms").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "the certificate's one URI must be"));
  EXPECT_THAT(Authority::Create("Others", 1000, kNow)->InspectSystem(issued->pem, "cas-york", "cms").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "is not signed by the agency authority"));
}

TEST(Authority, ForTrainingNamesAnotherTrustDomainAndTakesNoCertificateForRealRecords) {
  const Authority real = *Authority::Create("Agencies", 1000, kNow);
  const Authority training = *Authority::Load(real.certificate_pem(), real.key_pem(), Realm::kTraining);
  const auto issued = training.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  ASSERT_OK(issued);
  EXPECT_EQ(issued->uri, "spiffe://training.accord.example/agency/cas-york/system/cms");
  EXPECT_OK(training.InspectSystem(issued->pem, "cas-york", "cms"));
  EXPECT_THAT(real.InspectSystem(issued->pem, "cas-york", "cms").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "the certificate's one URI must be"));
  const auto other = real.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_THAT(training.InspectSystem(other->pem, "cas-york", "cms").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "the certificate's one URI must be"));
}

TEST(Authority, SurvivesBeingWrittenAndRead) {
  const Authority made = *Authority::Create("Agencies", 1000, kNow);
  const auto read = Authority::Load(made.certificate_pem(), made.key_pem());
  ASSERT_OK(read);
  const auto issued = read->SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_OK(made.InspectSystem(issued->pem, "cas-york", "cms"));
  EXPECT_THAT(Authority::Load(made.certificate_pem(), PrivatePem(NewTlsKey())).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "are not a pair in PEM"));
}

TEST(Authority, ACertificateNeverOutlivesIt) {
  const Authority authority = *Authority::Create("Agencies", 10, kNow);
  const auto issued = authority.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_EQ(issued->not_after, kNow + absl::Hours(24 * 10));
}

TEST(Authority, SignsNothingOnceItHasExpiredOrBeforeItIsValid) {
  const Authority authority = *Authority::Create("Agencies", 10, kNow);
  const std::string csr = SigningRequest(NewTlsKey());
  const auto rule = [&](absl::Time at) {
    const absl::Status system = authority.SignSystem(csr, "cas-york", "cms", 90, at).status();
    const Shape shape{.common_name = "x", .not_before = at, .not_after = at + absl::Hours(1)};
    EXPECT_EQ(RuleOf(authority.Sign(NewTlsKey(), shape, at).status()), RuleOf(system));
    EXPECT_TRUE(system.ok() || absl::IsFailedPrecondition(system)) << system;
    return RuleOf(system);
  };
  EXPECT_EQ(rule(kNow + absl::Hours(24 * 10) - absl::Seconds(1)), "");
  EXPECT_EQ(rule(kNow + absl::Hours(24 * 10)), "AUTHORITY_EXPIRED");
  EXPECT_EQ(rule(kNow + absl::Hours(24 * 4000)), "AUTHORITY_EXPIRED");
  EXPECT_EQ(rule(kNow - absl::Hours(2)), "AUTHORITY_NOT_YET_VALID");
  const auto read = Authority::Load(authority.certificate_pem(), authority.key_pem());
  EXPECT_EQ(RuleOf(read->CheckValid(kNow + absl::Hours(24 * 11))), "AUTHORITY_EXPIRED");
}

TEST(Authority, IsWorthNoMoreThanWhoCertifiesIt) {
  const Authority root = *Authority::Create("Root", 5, kNow);
  const auto intermediate = AnIntermediate(root, "Agencies", kNow, absl::Hours(24 * 1000));
  const auto alone = Authority::Load(intermediate.certificate_pem, intermediate.key_pem);
  ASSERT_OK(alone);
  EXPECT_OK(alone->CheckValid(kNow + absl::Hours(24 * 6)));
  const auto chain =
      Authority::Load(intermediate.certificate_pem + root.certificate_pem(), intermediate.key_pem);
  ASSERT_OK(chain);
  EXPECT_EQ(RuleOf(chain->CheckValid(kNow + absl::Hours(24 * 6))), "AUTHORITY_EXPIRED");
  const auto issued = chain->SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_EQ(issued->not_after, kNow + absl::Hours(24 * 5));
}

TEST(Authority, IsOneBeforeItSigns) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const Key key = NewTlsKey();
  const auto leaf =
      authority.Sign(key, {.common_name = "x", .not_before = kNow, .not_after = kNow + absl::Hours(1)}, kNow);
  EXPECT_THAT(Authority::Load(leaf->pem, PrivatePem(key)).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "is not one of an authority"));
}

TEST(Authority, TakesDaysWithinReasonAlone) {
  const Authority authority = *Authority::Create("Agencies", 4000, kNow);
  for (const int days : {-1, 0, 399, -2147483647 - 1, 2147483647}) {
    const auto issued = authority.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", days, kNow);
    EXPECT_EQ(RuleOf(issued.status()), "FIELD_INVALID") << days;
  }
  for (const int days : {-1, 0, 2147483647})
    EXPECT_EQ(RuleOf(Authority::Create("Agencies", days, kNow).status()), "FIELD_INVALID") << days;
  const Shape backwards{.common_name = "x", .not_before = kNow, .not_after = kNow - absl::Hours(1)};
  EXPECT_EQ(RuleOf(authority.Sign(NewTlsKey(), backwards, kNow).status()), "CERTIFICATE_TIME_INVALID");
}

TEST(Authority, TakesIdsAloneForWhoAnAgencyIs) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const std::string csr = SigningRequest(NewTlsKey());
  for (const std::string id : {"", "a,DNS:evil.example", "a\nDNS:evil", "a/system/b", "@section", "A", "1a",
                               "a b", "a,otherName:1.2.3;UTF8:x", "..", "a\\,b", "a;b", "é"}) {
    EXPECT_EQ(RuleOf(authority.SignSystem(csr, id, "cms", 90, kNow).status()), "FIELD_INVALID") << id;
    EXPECT_EQ(RuleOf(authority.SignSystem(csr, "cas-york", id, 90, kNow).status()), "FIELD_INVALID") << id;
    EXPECT_EQ(RuleOf(authority.InspectSystem("", id, "cms").status()), "FIELD_INVALID") << id;
  }
  EXPECT_EQ(RuleOf(authority.SignSystem(csr, std::string(64, 'a'), "cms", 90, kNow).status()),
            "FIELD_INVALID");
  EXPECT_EQ(RuleOf(authority.SignSystem(csr, std::string("a\0b", 3), "cms", 90, kNow).status()),
            "FIELD_INVALID");
}

TEST(Authority, WritesEachNameAsItIsOrNotAtAll) {
  const Authority authority = *Authority::Create("Services", 1000, kNow);
  const auto sign = [&](const std::string& name) {
    return authority.Sign(
        NewTlsKey(),
        {.common_name = "x", .names = {name}, .not_before = kNow, .not_after = kNow + absl::Hours(1)}, kNow);
  };
  for (const std::string name : {"DNS:a,DNS:evil",
                                 "DNS:a\nb",
                                 "URI:spiffe://a,DNS:b",
                                 "IP:127.0.0.1,DNS:b",
                                 "DNS:",
                                 "DNS:-a",
                                 "DNS:a..b",
                                 "DNS:a.",
                                 "DNS:a_b",
                                 "IP:localhost",
                                 "IP:1.2.3",
                                 "URI:",
                                 "URI:a b",
                                 "email:a@b",
                                 "dirName:section",
                                 "@s",
                                 "x",
                                 "DNS",
                                 "",
                                 "RID:1.2.3",
                                 "DNS:*",
                                 "DNS:a.*.b"}) {
    EXPECT_EQ(RuleOf(sign(name).status()), "CERTIFICATE_NAME_INVALID") << name;
  }
  EXPECT_EQ(RuleOf(sign(std::string("DNS:a\0.evil", 11)).status()), "CERTIFICATE_NAME_INVALID");
  for (const std::string name : {"DNS:accord.example.org", "DNS:*.example.org", "IP:::1", "IP:10.0.0.1",
                                 "URI:spiffe://accord.internal/service/audit"}) {
    EXPECT_OK(sign(name)) << name;
  }
  EXPECT_EQ(
      RuleOf(authority
                 .Sign(NewTlsKey(),
                       {.common_name = "a\nb", .not_before = kNow, .not_after = kNow + absl::Hours(1)}, kNow)
                 .status()),
      "CERTIFICATE_NAME_INVALID");
  EXPECT_EQ(RuleOf(authority
                       .Sign(NewTlsKey(),
                             {.common_name = "a",
                              .usage = "critical,codeSigning",
                              .not_before = kNow,
                              .not_after = kNow + absl::Hours(1)},
                             kNow)
                       .status()),
            "CERTIFICATE_NAME_INVALID");
}

TEST(Authority, SignsNothingThatEndsAfterTheYear9999) {
  const absl::Time late = absl::FromCivil(absl::CivilDay(9950, 1, 1), absl::UTCTimeZone());
  const absl::Time last = absl::FromCivil(absl::CivilSecond(9999, 12, 31, 23, 59, 59), absl::UTCTimeZone());
  const auto authority = Authority::Create("Agencies", kMaxAuthorityDays, late);
  ASSERT_OK(authority);
  EXPECT_EQ(ReadCertificate(authority->certificate_pem())->not_after, last);
  const auto issued = authority->Sign(
      NewTlsKey(), {.common_name = "x", .not_before = late, .not_after = absl::InfiniteFuture()}, late);
  ASSERT_OK(issued);
  EXPECT_EQ(issued->not_after, last);
}

TEST(Authority, SeveralUrisAreNoIdentity) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const auto issued = authority.Sign(NewTlsKey(),
                                     {.common_name = "two",
                                      .names = {"URI:" + SystemUri("a", "s"), "URI:" + SystemUri("b", "s")},
                                      .not_before = kNow,
                                      .not_after = kNow + absl::Hours(1)},
                                     kNow);
  ASSERT_OK(issued);
  EXPECT_EQ(issued->uri, "");
}

}  // namespace
}  // namespace accord::pki
