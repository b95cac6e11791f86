#include "common/pki/ed25519.h"

#include <gmock/gmock.h>

#include "common/pki/keys.h"
#include "common/testing/matchers.h"

namespace accord::pki {
namespace {

TEST(Ed25519, KeysComeBackFromTheirRawBytes) {
  const Key key = NewSigningKey();
  const std::string raw = RawPublicKey(key);
  ASSERT_EQ(raw.size(), 32u);
  const Key again = PublicKeyOf(raw);
  ASSERT_TRUE(again != nullptr);
  EXPECT_EQ(RawPublicKey(again), raw);
  EXPECT_TRUE(VerifyEd25519(again, "message", SignEd25519(key, "message")));
  EXPECT_FALSE(VerifyEd25519(again, "another", SignEd25519(key, "message")));
  EXPECT_FALSE(VerifyEd25519(again, "message", ""));
}

TEST(Ed25519, BytesOfAnotherLengthAreNoKey) {
  EXPECT_TRUE(PublicKeyOf("") == nullptr);
  EXPECT_TRUE(PublicKeyOf(std::string(31, 'k')) == nullptr);
  EXPECT_TRUE(PublicKeyOf(std::string(33, 'k')) == nullptr);
}

TEST(Ed25519, KeysOfOtherKindsAreRefused) {
  const Key tls = NewTlsKey();
  const auto not_ed25519 = testing::FailsWith(absl::StatusCode::kInvalidArgument, "not an Ed25519 key");
  EXPECT_THAT(LoadPrivateKey(PrivatePem(tls)), not_ed25519);
  EXPECT_THAT(LoadPublicKey(PublicPem(tls)), not_ed25519);
  const Key signing = NewSigningKey();
  EXPECT_OK(LoadPrivateKey(PrivatePem(signing)));
  EXPECT_OK(LoadPublicKey(PublicPem(signing)));
}

}  // namespace
}  // namespace accord::pki
