#include "common/pki/authority.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "common/base/error.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// For the public key of `key`, signed with `signer`.
std::string Csr(const Key& key, const Key& signer) {
  Request request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key.get());
  X509_REQ_sign(request.get(), signer.get(), EVP_sha256());
  return Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

TEST(Authority, SignsForExactlyTheSystemAndReadsItBack) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const auto issued = authority.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->not_after, kNow + absl::Hours(24 * 90));
  EXPECT_EQ(issued->uri, "spiffe://accord.example/agency/cas-york/system/cms");
  EXPECT_EQ(authority.InspectSystem(issued->pem, "cas-york", "cms")->fingerprint, issued->fingerprint);
  EXPECT_FALSE(authority.InspectSystem(issued->pem, "ps-york", "cms").ok());
  EXPECT_FALSE(Authority::Create("Others", 1000, kNow)->InspectSystem(issued->pem, "cas-york", "cms").ok());
}

TEST(Authority, SurvivesBeingWrittenAndRead) {
  const Authority made = *Authority::Create("Agencies", 1000, kNow);
  const auto read = Authority::Load(made.certificate_pem(), made.key_pem());
  ASSERT_TRUE(read.ok()) << read.status();
  const auto issued = read->SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_TRUE(made.InspectSystem(issued->pem, "cas-york", "cms").ok());
  EXPECT_FALSE(Authority::Load(made.certificate_pem(), PrivatePem(NewTlsKey())).ok());
}

TEST(Authority, ACertificateNeverOutlivesIt) {
  const Authority authority = *Authority::Create("Agencies", 10, kNow);
  const auto issued = authority.SignSystem(SigningRequest(NewTlsKey()), "cas-york", "cms", 90, kNow);
  EXPECT_EQ(issued->not_after, kNow + absl::Hours(24 * 10));
}

TEST(Authority, RefusesBadRequestsByName) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const auto rule = [&](const std::string& csr) {
    return RuleOf(authority.SignSystem(csr, "a", "s", 90, kNow).status());
  };
  EXPECT_EQ(rule("not a request"), "CSR_MALFORMED");
  EXPECT_EQ(rule(Csr(NewTlsKey(), NewTlsKey())), "CSR_SIGNATURE");
  const Key weak(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
  EXPECT_EQ(rule(Csr(weak, weak)), "CSR_KEY_WEAK");
}

TEST(Authority, SeveralUrisAreNoIdentity) {
  const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  const auto issued =
      authority.Sign(NewTlsKey(), {.common_name = "two",
                                   .names = {"URI:" + SystemUri("a", "s"), "URI:" + SystemUri("b", "s")},
                                   .not_before = kNow,
                                   .not_after = kNow + absl::Hours(1)});
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->uri, "");
}

}  // namespace
}  // namespace accord::pki
