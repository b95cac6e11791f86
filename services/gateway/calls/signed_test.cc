// A change is forwarded with the gateway's word for its request, which no service can take for another.
#include "common/testing/matchers.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

using accord::testing::Must;

class Signed : public GatewayTest {
 protected:
  // This gives what the service was shown of who calls.
  caller::v1::SignedCallerAssertion Shown(const std::string& path, const std::string& payload) {
    EXPECT_EQ(Call(path, "officer-1", "", payload), "");
    caller::v1::SignedCallerAssertion shown;
    EXPECT_TRUE(shown.ParseFromString(echo_.shown()));
    return shown;
  }
  // This gives what is signed of it, for the service.
  caller::v1::CallerAssertion In(const caller::v1::SignedCallerAssertion& shown) {
    const auto key = Must(LoadPrivateKey(Slurp(pki_.directory() + "/" + key_stem_)));
    const auto assertion = OpenAssertion(shown, key, "echo", absl::Now());
    EXPECT_OK(assertion);
    return assertion.value_or(caller::v1::CallerAssertion());
  }
  static std::string Bytes(const std::string& payload) {
    Echo request;
    request.set_payload(payload);
    return request.SerializeAsString();
  }
  const std::string key_stem_ = "assertion.key";
};

TEST_F(Signed, AChangeIsShownWithItsOwnRequestAndNoOther) {
  Start();
  const auto first = Shown(kChange, "one"), second = Shown(kChange, "other");
  const auto of_first = In(first), of_second = In(second);
  EXPECT_EQ(of_first.method(), kChange);
  EXPECT_EQ(of_first.request_hash(), AssertedRequestHash(first.request_salt(), Bytes("one")));
  EXPECT_EQ(of_second.request_hash(), AssertedRequestHash(second.request_salt(), Bytes("other")));
  ASSERT_EQ(audit_.records().size(), 2u);
  EXPECT_EQ(of_first.call_id(), audit_.records()[0].call_id());
  // Whoever reads what is signed cannot try what was asked.
  EXPECT_EQ(first.request_salt().size(), 16u);
  EXPECT_NE(first.request_salt(), second.request_salt());
  EXPECT_EQ(first.assertion().find(first.request_salt()), std::string::npos);
}

TEST_F(Signed, ALargeChangeIsHeldUntilItCanBeSigned) {
  Start();
  const std::string large(3 << 20, 'x');
  const auto shown = Shown(kChange, large);
  EXPECT_EQ(In(shown).request_hash(), AssertedRequestHash(shown.request_salt(), Bytes(large)));
  EXPECT_TRUE(NothingOpen());
}

TEST_F(Signed, CallsThatChangeNothingShareWhatIsShownOfTheirCaller) {
  Start();
  const auto first = Shown(kEcho, "one"), second = Shown(kEcho, "two");
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  EXPECT_EQ(In(first).method(), "");
  EXPECT_EQ(first.request_salt(), "");
}

TEST_F(Signed, WhatIsShownOfACallerIsSignedAnewWhenItsAgencyIsOfAnotherKind) {
  Start();
  EXPECT_EQ(In(Shown(kEcho, "one")).agency_kind(), annotations::v1::AGENCY_KIND_POLICE_SERVICE);
  registry_.Publish(OfKind(annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY));
  EXPECT_TRUE(Eventually([&] {
    return In(Shown(kEcho, "two")).agency_kind() == annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  }));
}

}  // namespace
}  // namespace accord::gateway
