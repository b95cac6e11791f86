#include <gmock/gmock.h>

#include "clients/cpp/testing/client_fixture.h"

// This calls against a gateway of their own, on loopback and with real certificates.
namespace accord::client {
namespace {

using testing::Arrived;
using ::testing::ElementsAre;
using testing::FakeGateway;
using ::testing::IsEmpty;
using testing::Refused;
using testing::Refuses;
using ::testing::SizeIs;

const Refused& Busy() {
  static const auto& busy =
      *new Refused{.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.01};
  return busy;
}

class Calls : public testing::ClientFixture {};

TEST_F(Calls, AreRepeatedWithOneRequestIdWhereTheAnswerIsLost) {
  gateway_.Plan({.lost = true});
  const std::string name = Create().name();
  const auto made = gateway_.made();
  ASSERT_THAT(made, SizeIs(1));
  EXPECT_EQ(made.begin()->second, name);
  EXPECT_THAT(gateway_.calls(), SizeIs(2));
}

TEST_F(Calls, HaveARequestIdEachAndTheCallersStays) {
  Create();
  Create();
  CreateReferralRequest request;
  request.set_request_id("chosen");
  accord_.Call(&Referrals::CreateReferral, request);
  const auto made = gateway_.made();
  EXPECT_THAT(made, SizeIs(3));
  EXPECT_TRUE(made.contains("chosen"));
}

TEST_F(Calls, CanBeRepeatedLaterByTheRequestThatTheErrorKeeps) {
  gateway_.Plan({.lost = true});
  try {
    Create(Once());
    FAIL() << "the lost answer came";
  } catch (const Unanswered& unanswered) {
    EXPECT_THAT(unanswered.request_id(), SizeIs(36));
    const Referral again =
        accord_.Call(&Referrals::CreateReferral, unanswered.RequestAs<CreateReferralRequest>());
    const auto made = gateway_.made();
    ASSERT_THAT(made, SizeIs(1));
    EXPECT_EQ(made.begin()->second, again.name());
  }
}

TEST_F(Calls, TellTheRuleAndTheFieldsOfARefusal) {
  gateway_.Plan(Refuses({.code = grpc::StatusCode::INVALID_ARGUMENT,
                         .reason = "FIELD_INVALID",
                         .fields = {{"referral.urgency", "is required"}},
                         .localized = "Corrigez le champ."}));
  const Refusal refusal = RefusalOfCall([this] { Create(); });
  EXPECT_EQ(refusal.rule(), Rule::kFieldInvalid);
  EXPECT_EQ(refusal.code(), grpc::StatusCode::INVALID_ARGUMENT);
  ASSERT_THAT(refusal.fields(), SizeIs(1));
  EXPECT_EQ(refusal.fields()[0].field, "referral.urgency");
  EXPECT_EQ(refusal.fields()[0].description, "is required");
  EXPECT_EQ(refusal.localized(), "Corrigez le champ.");
  EXPECT_FALSE(refusal.retry_after().has_value());
  EXPECT_FALSE(refusal.may_pass());
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(Calls, TellTheTimeOfARefusalThatPasses) {
  gateway_.Plan(
      Refuses({.code = grpc::StatusCode::UNAVAILABLE, .reason = "SERVICE_BUSY", .retry_after = 0.25}));
  const Refusal refusal = RefusalOfCall([this] { Create(Once()); });
  EXPECT_EQ(refusal.retry_after(), Seconds(0.25));
  EXPECT_TRUE(refusal.may_pass());
  accord_.Call(&Referrals::CreateReferral, refusal.RequestAs<CreateReferralRequest>());
  const auto made = gateway_.made();
  ASSERT_THAT(made, SizeIs(1));
  EXPECT_EQ(made.begin()->first, refusal.request_id());
}

TEST_F(Calls, KnowNoRuleOfAnotherDomain) {
  gateway_.Plan(Refuses(
      {.code = grpc::StatusCode::PERMISSION_DENIED, .reason = "NOT_FOUND", .domain = "proxy.example"}));
  const Refusal refusal = RefusalOfCall([this] { Create(); });
  EXPECT_EQ(refusal.reason(), "");
  EXPECT_EQ(refusal.rule(), Rule::kUnknown);
}

TEST_F(Calls, WaitOutARefusalThatPasses) {
  gateway_.Plan(Refuses(Busy()));
  gateway_.Plan(Refuses(Busy()));
  EXPECT_NE(Create().name(), "");
  EXPECT_THAT(gateway_.calls(), SizeIs(3));
}

TEST_F(Calls, ReadAListPageByPageToItsEnd) {
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) made.push_back(Create().name());
  std::vector<std::string> read;
  for (const Referral& each :
       accord_.All(&Referrals::ListReferrals, ListReferralsRequest(), &ListReferralsResponse::referrals)) {
    read.push_back(each.name());
  }
  EXPECT_EQ(read, made);
  std::vector<int> sizes;
  for (const ListReferralsResponse& page : accord_.Pages(&Referrals::ListReferrals, ListReferralsRequest())) {
    sizes.push_back(page.referrals_size());
  }
  EXPECT_THAT(sizes, ElementsAre(2, 2, 1));
}

TEST_F(Calls, ReadAnEmptyList) {
  for (const Referral& each :
       accord_.All(&Referrals::ListReferrals, ListReferralsRequest(), &ListReferralsResponse::referrals)) {
    ADD_FAILURE() << each.name();
  }
  EXPECT_THAT(gateway_.calls(), SizeIs(1));
}

TEST_F(Calls, TellWhichFieldsAreMasked) {
  const auto answer = accord_.Ask(&Referrals::CreateReferral, CreateReferralRequest());
  EXPECT_THAT(answer.masked, ElementsAre("subject_ref", "indicators"));
}

TEST_F(Calls, NamePersonPurposeAndLanguage) {
  Create();
  accord_.With({.actor = "chief", .language = "fr"})
      .Call(&Referrals::CreateReferral, CreateReferralRequest());
  std::vector<std::string> headers;
  for (const Arrived& each : gateway_.calls()) {
    for (const char* name : {"accord-actor", "accord-purpose", "accord-language"}) {
      const auto found = each.headers.find(name);
      headers.push_back(found == each.headers.end() ? "" : found->second);
    }
  }
  EXPECT_THAT(headers, ElementsAre("worker", "child_protection", "", "chief", "child_protection", "fr"));
}

TEST_F(Calls, AreNotSentWithoutAPerson) {
  const Client nobody = accord_.With({.actor = ""});
  EXPECT_THROW(nobody.Call(&Referrals::CreateReferral, CreateReferralRequest()), SettingsError);
  EXPECT_THAT(gateway_.calls(), IsEmpty());
}

TEST_F(Calls, EndWhenTheClientIsClosed) {
  accord_.Close();
  EXPECT_THROW(Create(), SettingsError);
  EXPECT_THAT(gateway_.calls(), IsEmpty());
}

TEST_F(Calls, GoToTheNextGatewayWhereOneDoesNotAnswerAndStayThere) {
  FakeGateway other(pki_);
  const Client both = Connect(SettingsFor(gateway_.address() + ", " + other.address()));
  both.Call(&Referrals::CreateReferral, CreateReferralRequest());
  EXPECT_THAT(other.calls(), IsEmpty());
  gateway_.Stop();
  both.Call(&Referrals::CreateReferral, CreateReferralRequest());
  both.Call(&Referrals::CreateReferral, CreateReferralRequest());
  EXPECT_THAT(other.calls(), SizeIs(2));
}

}  // namespace
}  // namespace accord::client
