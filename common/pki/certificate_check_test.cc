#include "common/pki/certificate_check.h"

#include <gmock/gmock.h>

#include "common/pki/signing_request.h"
#include "common/pki/testing/odd_certificates.h"
#include "common/pki/tls_handshake.h"
#include "common/testing/matchers.h"

namespace accord::pki {
namespace {

using accord::testing::FailsWith;
using accord::testing::RefusedBy;

const absl::Time kCheckedAt = absl::FromUnixSeconds(1'800'000'000);
// OpenSSL gives this message.
constexpr char kNoIssuer[] = "unable to get local issuer certificate";

TEST(KeyDigestOf, KnowsTheKeyOfACertificateFromEveryOther) {
  const Authority authority = *Authority::Create("Agencies", 1000, kCheckedAt);
  const Key key = NewTlsKey();
  const auto issued = authority.SignSystem(SigningRequest(key), "cas-york", "main", 90, kCheckedAt);
  ASSERT_OK(issued);
  // The registry has the digest from another request with the same key.
  const auto digest = KeyDigestOf(issued->pem);
  ASSERT_OK(digest);
  EXPECT_EQ(*digest, KeyDigest(*KeyOfRequest(SigningRequest(key))));
  EXPECT_NE(*digest, KeyDigest(NewTlsKey()));
  EXPECT_THAT(KeyDigestOf("no").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "not a certificate in PEM"));
}

TEST(CheckPair, FindsAKeyThatIsNotTheCertificates) {
  const Authority authority = *Authority::Create("Services", 1000, kCheckedAt);
  const Key key = NewTlsKey();
  const auto issued = authority.Sign(key,
                                     {.common_name = "audit",
                                      .names = {"URI:" + ServiceUri("audit")},
                                      .not_before = kCheckedAt,
                                      .not_after = kCheckedAt + absl::Hours(24)},
                                     kCheckedAt);
  const auto pair = CheckPair(issued->pem, PrivatePem(key));
  ASSERT_OK(pair);
  EXPECT_EQ(pair->not_after, kCheckedAt + absl::Hours(24));
  EXPECT_EQ(CheckPair(issued->pem, PrivatePem(NewTlsKey())).status().message(),
            "the certificate and the key are not a pair");
  EXPECT_THAT(CheckPair("no", PrivatePem(key)).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "not a certificate in PEM"));
  EXPECT_THAT(CheckPair(issued->pem, "no").status(), RefusedBy("KEY_MALFORMED"));

  EXPECT_OK(CheckSignedBy(issued->pem, authority.certificate_pem(), kCheckedAt));
  const auto shape =
      ShapeOf(authority
                  .Sign(key,
                        {.common_name = "gateway",
                         .names = {"URI:" + ServiceUri("gateway"), "DNS:localhost", "IP:127.0.0.1", "IP:::1"},
                         .usage = "serverAuth,clientAuth",
                         .not_before = kCheckedAt,
                         .not_after = kCheckedAt + absl::Hours(24)},
                        kCheckedAt)
                  ->pem);
  ASSERT_OK(shape);
  EXPECT_EQ(shape->common_name, "gateway");
  EXPECT_EQ(shape->usage, "serverAuth,clientAuth");
  EXPECT_THAT(shape->names, ::testing::ElementsAre("URI:" + ServiceUri("gateway"), "DNS:localhost",
                                                   "IP:127.0.0.1", "IP:::1"));

  const Authority other = *Authority::Create("Services", 1000, kCheckedAt);
  EXPECT_THAT(CheckSignedBy(issued->pem, other.certificate_pem(), kCheckedAt),
              FailsWith(absl::StatusCode::kInvalidArgument, kNoIssuer));
  EXPECT_OK(CheckSignedBy(issued->pem, other.certificate_pem() + authority.certificate_pem(), kCheckedAt));
  EXPECT_THAT(CheckSignedBy(issued->pem, "no", kCheckedAt),
              FailsWith(absl::StatusCode::kInvalidArgument, "not a certificate in PEM"));
}

class AChain : public ::testing::Test {
 protected:
  AChain() {
    const auto authority = Authority::Load(between_.certificate_pem, between_.key_pem);
    leaf_ =
        authority
            ->Sign(
                NewTlsKey(),
                {.common_name = "audit", .not_before = kCheckedAt, .not_after = kCheckedAt + absl::Hours(24)},
                kCheckedAt)
            ->pem;
  }
  Intermediate root_ = ARoot("The root", kCheckedAt, absl::Hours(24 * 100));
  Intermediate between_ = AnIntermediate(*Authority::Load(root_.certificate_pem, root_.key_pem),
                                         "The one between", kCheckedAt, absl::Hours(24 * 10));
  std::string leaf_;
};

TEST_F(AChain, InTheCertificatesFileLeadsToItsAuthority) {
  const absl::Status status =
      CheckSignedBy(leaf_ + between_.certificate_pem, root_.certificate_pem, kCheckedAt);
  EXPECT_OK(status);
  EXPECT_THAT(CheckSignedBy(leaf_, root_.certificate_pem, kCheckedAt),
              FailsWith(absl::StatusCode::kInvalidArgument, kNoIssuer))
      << "peers are not shown what is between";
  const std::string other = Authority::Create("Others", 1000, kCheckedAt)->certificate_pem();
  EXPECT_OK(CheckSignedBy(leaf_ + between_.certificate_pem, other + root_.certificate_pem, kCheckedAt));
  EXPECT_THAT(CheckSignedBy(leaf_ + between_.certificate_pem, other, kCheckedAt),
              FailsWith(absl::StatusCode::kInvalidArgument, kNoIssuer));
}

TEST_F(AChain, WithAnAuthorityThatHasExpiredNamesIt) {
  const std::string file = leaf_ + between_.certificate_pem;
  EXPECT_OK(CheckSignedBy(file, root_.certificate_pem, kCheckedAt + absl::Hours(24 * 2)))
      << "that it has expired itself is said elsewhere";
  EXPECT_EQ(CheckSignedBy(file, root_.certificate_pem, kCheckedAt + absl::Hours(24 * 11)).message(),
            "the authority The one between: certificate has expired");
  EXPECT_EQ(CheckSignedBy(file, root_.certificate_pem, kCheckedAt + absl::Hours(24 * 101)).message(),
            "the authority The root: certificate has expired");
}

TEST_F(AChain, IsReadInOrder) {
  const auto all = ReadCertificates(leaf_ + between_.certificate_pem + root_.certificate_pem);
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ(all->at(1).not_after, kCheckedAt + absl::Hours(24 * 10));
  EXPECT_THAT(ReadCertificates("no").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "not a certificate in PEM"));
}

TEST(CheckServer, SaysThatNobodyAnswers) {
  const Authority authority = *Authority::Create("Agencies", 1000, kCheckedAt);
  EXPECT_TRUE(
      absl::IsUnavailable(CheckServer("127.0.0.1:1", "localhost", authority.certificate_pem()).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(CheckServer("127.0.0.1:1", "localhost", "no").status()));
}

}  // namespace
}  // namespace accord::pki
