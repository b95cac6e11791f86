#include "common/access/assertion.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord {
namespace {

Key Generate() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

Key Public(const Key& key) { return PublicKeyOf(RawPublicKey(key)); }

class Assertion : public ::testing::Test {
 protected:
  Assertion()
      : verifier_("protocols", [&] {
          std::vector<Key> keys;
          keys.push_back(Public(key_));
          return keys;
        }()) {}

  caller::v1::CallerAssertion Live() const {
    caller::v1::CallerAssertion a;
    a.set_agency("cas-york");
    a.set_actor("w1");
    a.set_audience("protocols");
    *a.mutable_issue_time() = ToProto(now_);
    *a.mutable_expire_time() = ToProto(now_ + kAssertionLife);
    return a;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
  Key key_ = Generate();
  AssertionVerifier verifier_;
};

TEST_F(Assertion, LiveOneIsAcceptedUntilItExpires) {
  const std::string bytes = SignAssertion(key_, Live());
  ASSERT_TRUE(verifier_.Verify(bytes, now_).ok());
  EXPECT_EQ(verifier_.Verify(bytes, now_)->caller.actor, "w1");
  const absl::Status late = verifier_.Verify(bytes, now_ + kAssertionLife + kClockSkew).status();
  EXPECT_TRUE(absl::IsUnavailable(late))
      << late << ": a replica with a right clock serves whoever repeats it";
  EXPECT_EQ(RuleOf(late), "CLOCKS_DIFFER");
}

TEST_F(Assertion, OfACallThatOnlyValidatesIsForNoOtherRequest) {
  caller::v1::CallerAssertion only = Live();
  only.set_method("/accord.protocols.v1.ReferralService/CloseReferral");
  only.set_validate_only(true);
  only.set_request_hash(AssertedRequestHash("salt", "request", true));
  const auto verified = verifier_.Verify(SignAssertion(key_, only, "salt"), now_);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_TRUE(verified->validate_only);
  // A service that does not know validate_only compares this hash and finds another request.
  EXPECT_NE(verified->request_hash, AssertedRequestHash("salt", "request"));
}

TEST_F(Assertion, NamesTheLanguageOfItsCallerAndOfNoOther) {
  caller::v1::CallerAssertion french = Live(), english = Live(), later = Live();
  french.set_language(caller::v1::LANGUAGE_FRENCH);
  english.set_language(caller::v1::LANGUAGE_ENGLISH);
  later.set_language(static_cast<caller::v1::Language>(77));
  const std::string none = SignAssertion(key_, Live());
  // The calls alternate, so that a wrongly remembered result would show up in the next call.
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(verifier_.Verify(SignAssertion(key_, french), now_)->caller.language, Language::kFrench);
    EXPECT_EQ(verifier_.Verify(none, now_)->caller.language, Language::kNone);
    EXPECT_EQ(verifier_.Verify(SignAssertion(key_, english), now_)->caller.language, Language::kEnglish);
    EXPECT_EQ(verifier_.Verify(SignAssertion(key_, later), now_)->caller.language, Language::kNone);
  }
}

TEST_F(Assertion, NamesTheCertificateByWhichItsCallerWasLetIn) {
  caller::v1::CallerAssertion one = Live();
  one.set_certificate_fingerprint(std::string(32, '\x07'));
  EXPECT_EQ(verifier_.Verify(SignAssertion(key_, one), now_)->caller.certificate, std::string(32, '\x07'));
  EXPECT_EQ(verifier_.Verify(SignAssertion(key_, Live()), now_)->caller.certificate, "");
}

TEST_F(Assertion, OfManyCallsSaysNothingOfOne) {
  caller::v1::CallerAssertion many = Live();
  many.set_validate_only(true);
  EXPECT_EQ(RuleOf(verifier_.Verify(SignAssertion(key_, many), now_).status()), "CALLER_ASSERTION_INVALID");
}

TEST_F(Assertion, OfAGatewayWhoseClockIsAheadIsAcceptedWithinBounds) {
  const std::string bytes = SignAssertion(key_, Live());
  const absl::Status early = verifier_.Verify(bytes, now_ - kClockSkew - absl::Seconds(1)).status();
  EXPECT_TRUE(absl::IsUnavailable(early)) << early;
  EXPECT_EQ(RuleOf(early), "CLOCKS_DIFFER");
  EXPECT_TRUE(verifier_.Verify(bytes, now_ - kClockSkew).ok());
}

TEST_F(Assertion, RefusedForAnotherAudienceKeyLifeOrByte) {
  auto other = Live();
  other.set_audience("audit");
  EXPECT_EQ(RuleOf(verifier_.Verify(SignAssertion(key_, other), now_).status()), "CALLER_ASSERTION_INVALID");
  EXPECT_EQ(RuleOf(verifier_.Verify(SignAssertion(Generate(), Live()), now_).status()),
            "CALLER_ASSERTION_INVALID");
  auto eternal = Live();
  *eternal.mutable_expire_time() = ToProto(now_ + absl::Hours(1));
  EXPECT_EQ(RuleOf(verifier_.Verify(SignAssertion(key_, eternal), now_).status()),
            "CALLER_ASSERTION_INVALID");
  const std::string good = SignAssertion(key_, Live());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_EQ(RuleOf(verifier_.Verify(bad, now_).status()), "CALLER_ASSERTION_INVALID") << i;
  }
}

TEST_F(Assertion, OfOneCallNamesItsRequestAndIsKeptWithoutTheSalt) {
  auto one = Live();
  one.set_method("/accord.protocols.v1.ReferralService/CreateReferral");
  one.set_request_hash(AssertedRequestHash("salt", "request"));
  const auto verified = verifier_.Verify(SignAssertion(key_, one, "salt"), now_);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->method, one.method());
  EXPECT_EQ(verified->request_hash, AssertedRequestHash(verified->request_salt, "request"));
  EXPECT_NE(verified->request_hash, AssertedRequestHash(verified->request_salt, "another"));
  caller::v1::SignedCallerAssertion proof;
  ASSERT_TRUE(proof.ParseFromString(verified->proof));
  EXPECT_EQ(proof.request_salt(), "");
  // The proof still opens much later, with the time at which it was made.
  EXPECT_TRUE(OpenAssertion(proof, key_, "protocols", now_).ok());
  EXPECT_EQ(RuleOf(OpenAssertion(proof, key_, "protocols", now_ + absl::Hours(1)).status()), "CLOCKS_DIFFER");
  EXPECT_EQ(RuleOf(OpenAssertion(proof, Generate(), "protocols", now_).status()), "CALLER_ASSERTION_INVALID");
}

}  // namespace
}  // namespace accord
