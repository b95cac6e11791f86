#include "common/pki/keys.h"

#include <gmock/gmock.h>
#include <openssl/core_names.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/pki/certificate_check.h"
#include "common/pki/host_names.h"
#include "common/pki/signing_request.h"
#include "common/pki/testing/odd_certificates.h"
#include "common/testing/matchers.h"

namespace accord::pki {
namespace {

const absl::Time kAskedAt = absl::FromUnixSeconds(1'800'000'000);

std::string Rule(const std::string& csr) { return accord::testing::RuleOrError(KeyOfRequest(csr).status()); }
Key Rsa(std::size_t bits) { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits)); }
Key Ec(const char* curve) { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve)); }

TEST(Requests, OfEveryKindThatIsNamedAreTaken) {
  EXPECT_EQ(Rule(SigningRequest(NewTlsKey())), "");
  EXPECT_EQ(Rule(SigningRequest(NewSigningKey())), "");
  EXPECT_EQ(Rule(SigningRequest(Ec("P-384"))), "");
  EXPECT_EQ(Rule(SigningRequest(Rsa(3072))), "");
}

// A refused key must not be accepted because it is encoded in another way.
TEST(KeyDigest, IsOfTheKeyAndNotOfItsEncoding) {
  const Key key = Ec("P-256");
  const std::string digest = KeyDigest(key), encoded = PublicPem(key);
  ASSERT_EQ(
      EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed"), 1);
  ASSERT_NE(PublicPem(key), encoded);
  const auto asked = KeyOfRequest(SigningRequest(key));
  ASSERT_OK(asked);
  EXPECT_EQ(KeyDigest(*asked), digest);
}

TEST(KeyDigest, TellsKeysOfEveryKindApart) {
  std::set<std::string> digests;
  for (const char* curve : {"P-256", "P-384"}) {
    digests.insert(KeyDigest(Ec(curve)));
    digests.insert(KeyDigest(Ec(curve)));
  }
  digests.insert({KeyDigest(NewSigningKey()), KeyDigest(NewSigningKey())});
  digests.insert({KeyDigest(Rsa(3072)), KeyDigest(Rsa(3072))});
  EXPECT_EQ(digests.size(), 8u);
}

TEST(Requests, AreRefusedByName) {
  EXPECT_EQ(Rule("not a request"), "CSR_MALFORMED");
  EXPECT_EQ(Rule(""), "CSR_MALFORMED");
  EXPECT_EQ(Rule(PublicPem(NewTlsKey())), "CSR_MALFORMED");
  EXPECT_EQ(Rule(Csr(NewTlsKey(), NewTlsKey(), EVP_sha256())), "CSR_SIGNATURE");
  const Key key = NewTlsKey();
  EXPECT_EQ(Rule(Csr(key, key, EVP_sha1())), "CSR_SIGNATURE");
  EXPECT_EQ(Rule(SigningRequest(Ec("P-521"))), "CSR_KEY_WEAK");
  EXPECT_EQ(Rule(SigningRequest(Ec("secp256k1"))), "CSR_KEY_WEAK");
  EXPECT_EQ(Rule(SigningRequest(Rsa(2048))), "CSR_KEY_WEAK");
}

TEST(Requests, WithAPrivateKeyPastedAlongAreRefused) {
  const Key key = NewTlsKey();
  EXPECT_EQ(Rule(SigningRequest(key) + PrivatePem(key)), "CSR_MALFORMED");
  EXPECT_EQ(Rule(SigningRequest(key) + SigningRequest(key)), "CSR_MALFORMED");
}

TEST(Requests, ThatSayTheyAreEncryptedAskNobodyForAPassword) {
  std::string csr = SigningRequest(NewTlsKey());
  csr.insert(csr.find('\n') + 1,
             "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n");
  EXPECT_EQ(Rule(csr), "CSR_MALFORMED");
}

// This gives a request for an RSA key of any size, up to the limit of a request. Its modulus was not made
// from primes, so nobody has such a key, and nothing is computed to make it.
std::string HugeRsa(int bits, int exponent_bits) {
  const Number n(BN_new()), e(BN_new());
  BN_set_bit(n.get(), bits - 1);
  BN_set_bit(n.get(), 0);
  BN_set_bit(e.get(), exponent_bits - 1);
  BN_set_bit(e.get(), 0);
  std::string modulus(static_cast<std::size_t>(BN_num_bytes(n.get())), '\0'),
      power(static_cast<std::size_t>(BN_num_bytes(e.get())), '\0');
  BN_bn2nativepad(n.get(), reinterpret_cast<unsigned char*>(modulus.data()),
                  static_cast<int>(modulus.size()));
  BN_bn2nativepad(e.get(), reinterpret_cast<unsigned char*>(power.data()), static_cast<int>(power.size()));
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_BN("n", reinterpret_cast<unsigned char*>(modulus.data()), modulus.size()),
      OSSL_PARAM_construct_BN("e", reinterpret_cast<unsigned char*>(power.data()), power.size()),
      OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* raw = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters);
  return Csr(Key(raw), Rsa(2048), EVP_sha256());
}

TEST(Requests, CostNextToNothingWhateverTheirKey) {
  for (const std::string& csr :
       {HugeRsa(16384, 17), HugeRsa(16384, 4096), HugeRsa(3072, 3072), HugeRsa(4096, 2)}) {
    const absl::Time start = absl::Now();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(Rule(csr), "CSR_KEY_WEAK");
    EXPECT_LT(absl::Now() - start, absl::Seconds(1)) << "20 of them";
  }
  EXPECT_EQ(Rule(std::string(kMaxRequestBytes + 1, 'a')), "CSR_TOO_LARGE");
}

TEST(Requests, WithACurveOfTheirOwnAreRefused) {
  const Key key = Ec("P-256");
  EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, "explicit");
  EXPECT_EQ(Rule(SigningRequest(key)), "CSR_KEY_WEAK");
}

TEST(Requests, GetNothingOfWhatElseTheyAskFor) {
  const Authority authority = *Authority::Create("Agencies", 1000, kAskedAt);
  const Key key = NewTlsKey();
  const std::string csr =
      Csr(key, key, EVP_sha256(),
          {{NID_subject_alt_name, "DNS:evil.example,URI:spiffe://accord.internal/service/gateway"},
           {NID_basic_constraints, "critical,CA:TRUE"},
           {NID_key_usage, "critical,keyCertSign"},
           {NID_ext_key_usage, "serverAuth"}});
  const auto issued = authority.SignSystem(csr, "cas-york", "cms", 90, kAskedAt);
  ASSERT_OK(issued);
  const auto shape = ShapeOf(issued->pem);
  EXPECT_THAT(shape->names, ::testing::ElementsAre("URI:" + SystemUri("cas-york", "cms")));
  EXPECT_EQ(shape->usage, "clientAuth");
  EXPECT_THAT(Authority::Load(issued->pem, PrivatePem(key)).status(),
              accord::testing::FailsWith(absl::StatusCode::kInvalidArgument, "is not one of an authority"));
}

TEST(HostNames, AreOfHostsAlone) {
  for (const std::string name : {"localhost", "accord.example.org", "*.example.org", "a-1.b", "XN--P1AI"})
    EXPECT_TRUE(IsHostName(name)) << name;
  for (const std::string name :
       {"", ".", "a.", "-a", "a-", "a b", "a,DNS:b", "a\n", "*", "a.*", "a_b", "[::1]"})
    EXPECT_FALSE(IsHostName(name)) << name;
  EXPECT_FALSE(IsHostName(absl::StrCat(std::string(64, 'a'), ".org")));
  EXPECT_TRUE(IsAddress("127.0.0.1"));
  EXPECT_TRUE(IsAddress("::1"));
  EXPECT_FALSE(IsAddress("127.0.0.1,DNS:b"));
  EXPECT_FALSE(IsAddress(std::string("127.0.0.1\0x", 11)));
}

}  // namespace
}  // namespace accord::pki
