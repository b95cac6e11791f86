// A caller asks for a change to be decided and not made: the gateway signs that wish, and records it.
#include "common/testing/matchers.h"
#include "services/gateway/calls/call_headers.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

using accord::testing::Must;

constexpr char kOnly[] = "accord-validate-only=true";

class ValidateOnly : public GatewayTest {
 protected:
  // This gives what the service was last shown, and what is signed of it.
  caller::v1::CallerAssertion Shown() {
    EXPECT_TRUE(shown_.ParseFromString(echo_.shown()));
    const auto key = Must(LoadPrivateKey(Slurp(pki_.directory() + "/assertion.key")));
    const auto assertion = OpenAssertion(shown_, key, "echo", absl::Now());
    EXPECT_OK(assertion);
    return assertion.value_or(caller::v1::CallerAssertion());
  }
  static Echo Saying(const std::string& payload) {
    Echo request;
    request.set_payload(payload);
    return request;
  }

  caller::v1::SignedCallerAssertion shown_;
};

TEST_F(ValidateOnly, IsSignedForTheServiceAndRecorded) {
  Start();
  EXPECT_EQ(Call(kChange, "officer-1", kOnly, "one"), "");
  const auto assertion = Shown();
  const std::string request = Saying("one").SerializeAsString();
  EXPECT_TRUE(assertion.validate_only());
  EXPECT_EQ(assertion.method(), kChange);
  EXPECT_EQ(assertion.request_hash(), AssertedRequestHash(shown_.request_salt(), request, true));
  EXPECT_NE(assertion.request_hash(), AssertedRequestHash(shown_.request_salt(), request))
      << "a service that does not know the wish must not carry the request out";
  ASSERT_EQ(audit_.records().size(), 1u);
  EXPECT_TRUE(audit_.records()[0].validate_only());
}

TEST_F(ValidateOnly, IsNotSaidOfAChangeThatDidNotAskForIt) {
  Start();
  EXPECT_EQ(Call(kChange), "");
  EXPECT_FALSE(Shown().validate_only());
  EXPECT_FALSE(audit_.records().at(0).validate_only());
}

TEST_F(ValidateOnly, WithAnotherValueIsRefusedBeforeTheService) {
  Start();
  for (const char* value : {"false", "1", "TRUE", "True", "yes", "true, true"}) {
    EXPECT_EQ(Call(kChange, "officer-1", std::string("accord-validate-only=") + value),
              "VALIDATE_ONLY_INVALID")
        << value;
    EXPECT_EQ(Call(kEcho, "officer-1", std::string("accord-validate-only=") + value), "VALIDATE_ONLY_INVALID")
        << value;
  }
  EXPECT_EQ(echo_.started, 0);
}

TEST_F(ValidateOnly, SentTwiceIsRefused) {
  const Headers twice = {{"accord-validate-only", "true"}, {"accord-validate-only", "true"}};
  EXPECT_EQ(RuleOf(CheckCallHeaders(twice)), "RESERVED_HEADER");
}

TEST_F(ValidateOnly, ChangesNothingOfACallThatChangesNothing) {
  Start();
  EXPECT_EQ(Call(kEcho, "officer-1", kOnly), "");
  EXPECT_FALSE(Shown().validate_only());
  EXPECT_EQ(Shown().method(), "");
  EXPECT_FALSE(audit_.records().at(0).validate_only());
}

TEST_F(ValidateOnly, OfAMethodThatAlwaysActsIsRefusedBeforeTheService) {
  Start();
  EXPECT_EQ(Call(kAct, "officer-1", kOnly), "VALIDATE_ONLY_NOT_POSSIBLE");
  EXPECT_EQ(echo_.started, 0);
}

TEST_F(ValidateOnly, HasNoEffectThatCouldBeUnknown) {
  Start();
  Echo request = Saying("lost");
  request.set_fail_with(static_cast<int>(absl::StatusCode::kUnavailable));
  EXPECT_NE(CallWith(kChange, "officer-1", kOnly, request), "");
  EXPECT_NE(CallWith(kChange, "officer-1", "", request), "");
  ASSERT_EQ(audit_.records().size(), 2u);
  EXPECT_FALSE(audit_.records()[0].effect_unknown());
  EXPECT_TRUE(audit_.records()[1].effect_unknown());
}

}  // namespace
}  // namespace accord::gateway
