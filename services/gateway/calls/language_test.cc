// These tests follow the caller's language. It is signed to the services, and the gateway's own refusals are
// told in it as well.
#include "common/base/language.h"

#include "common/access/refusal_explanation.h"
#include "common/base/rules.h"
#include "common/base/unary_call.h"
#include "common/testing/matchers.h"
#include "services/gateway/calls/call_headers.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

using accord::testing::Must;

constexpr char kInFrench[] = "accord-language=fr";
constexpr char kInEnglish[] = "accord-language=en";

class InALanguage : public GatewayTest {
 protected:
  // This gives the language that the service was last shown.
  caller::v1::Language Shown() {
    caller::v1::SignedCallerAssertion shown;
    EXPECT_TRUE(shown.ParseFromString(echo_.shown()));
    const auto key = Must(LoadPrivateKey(Slurp(pki_.directory() + "/assertion.key")));
    const auto assertion = OpenAssertion(shown, key, "echo", absl::Now());
    EXPECT_OK(assertion);
    return assertion.ok() ? assertion->language() : caller::v1::LANGUAGE_UNSPECIFIED;
  }
  // This is what the gateway answers to somebody whom nobody registered.
  absl::Status RefusedTo(const std::string& language, const char* path = kEcho) {
    if (channel_ == nullptr) channel_ = Channel();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("accord-actor", "stranger");
    if (!language.empty()) context.AddMetadata(kLanguageHeader, language);
    const grpc::ByteBuffer out = Packed(Echo());
    grpc::ByteBuffer in;
    grpc::GenericStub stub(channel_);
    const grpc::Status status = AwaitUnaryCall(&stub, path, out, &context, &in);
    return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
  }
};

TEST_F(InALanguage, IsSignedForTheServiceWhetherTheCallChangesSomethingOrNot) {
  Start();
  for (const char* path : {kEcho, kChange}) {
    EXPECT_EQ(Call(path, "officer-1", kInFrench), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_FRENCH) << path;
    EXPECT_EQ(Call(path, "officer-1", kInEnglish), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_ENGLISH) << path;
    EXPECT_EQ(Call(path), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_UNSPECIFIED) << path;
  }
}

TEST_F(InALanguage, WhatIsKeptOfACallerServesNoOtherLanguage) {
  Start();
  // Each language calls twice, so that each second call is shown what was signed for a first one.
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Call(kEcho), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_UNSPECIFIED);
    EXPECT_EQ(Call(kEcho, "officer-1", kInFrench), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_FRENCH);
    EXPECT_EQ(Call(kEcho, "officer-1", kInEnglish), "");
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_ENGLISH);
  }
}

TEST_F(InALanguage, ARefusalOfTheGatewayIsToldInItAsWell) {
  Start();
  const rules::Rule* rule = rules::FindRule("ACTOR_NOT_REGISTERED");
  ASSERT_NE(rule, nullptr);
  const absl::Status plain = RefusedTo(""), french = RefusedTo("fr"), english = RefusedTo("en");
  EXPECT_EQ(RuleOf(french), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(french.message(), plain.message());
  EXPECT_EQ(LocalizedText(french, Language::kFrench), rule->fr);
  EXPECT_EQ(LocalizedText(english, Language::kEnglish), rule->en);
  EXPECT_EQ(StatusDetails(plain).find("LocalizedMessage"), std::string::npos);
  EXPECT_EQ(echo_.started, 0);
}

TEST_F(InALanguage, ARefusalOfWhatMayBeUrgentNamesTheDutyToTelephone) {
  constexpr char kUrgent[] = "/accord.testing.v1.EchoService/EchoForPolice";
  Start();
  const absl::Status refused = RefusedTo("", kUrgent);
  EXPECT_EQ(RuleOf(refused), "ACTOR_NOT_REGISTERED");
  EXPECT_THAT(TelephoneDutyIn(refused), ::testing::HasSubstr("telephone the receiver's duty desk"));
  EXPECT_THAT(TelephoneDutyIn(RefusedTo("fr", kUrgent)), ::testing::HasSubstr("téléphonez"));
  EXPECT_EQ(TelephoneDutyIn(RefusedTo("")), "") << "of other methods nothing is said of it";
}

TEST_F(InALanguage, ThatAccordDoesNotHaveIsNoneAndRefusesNothing) {
  Start();
  for (const char* other : {"FR", "fr-CA", "de", "fr, en", "x"}) {
    EXPECT_EQ(Call(kEcho, "officer-1", std::string("accord-language=") + other), "") << other;
    EXPECT_EQ(Shown(), caller::v1::LANGUAGE_UNSPECIFIED) << other;
    EXPECT_EQ(StatusDetails(RefusedTo(other)), StatusDetails(RefusedTo(""))) << other;
  }
}

TEST_F(InALanguage, SentTwiceIsRefused) {
  const Headers once = {{"accord-language", "fr"}};
  const Headers twice = {{"accord-language", "fr"}, {"accord-language", "en"}};
  EXPECT_EQ(RuleOf(CheckCallHeaders(once)), "");
  EXPECT_EQ(RuleOf(CheckCallHeaders(twice)), "RESERVED_HEADER");
}

}  // namespace
}  // namespace accord::gateway
