// These tests show what bad input gets through the gateway: a clear status that names its rule, and
// nothing changed.
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;

class BadInput : public ACase {
 protected:
  BadInput()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})),
        protocol_(Agree(society_, police_)) {}

  absl::StatusOr<Referral> Send(const CreateReferralRequest& request) {
    return society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", request);
  }
  std::string RuleOfSending(const std::function<void(CreateReferralRequest*)>& spoil) {
    CreateReferralRequest request = Letter(protocol_);
    spoil(&request);
    return accord::testing::RuleOrError(Send(request).status());
  }
  ListReferralsResponse List(const ListReferralsRequest& request, const AgencyClient& client,
                             const std::string& actor, const std::string& purpose) {
    return Must(client.Call<ListReferralsResponse>(kReferrals + "ListReferrals", actor, purpose, request));
  }
  int Count() {
    return List(ListReferralsRequest(), society_, "worker", "child_protection").referrals_size();
  }

  AgencyClient society_, police_;
  Protocol protocol_;
};

TEST_F(BadInput, IsNamedByItsFieldAndChangesNothing) {
  const auto field = [&](const std::function<void(CreateReferralRequest*)>& spoil) {
    CreateReferralRequest request = Letter(protocol_);
    spoil(&request);
    const absl::Status status = Send(request).status();
    EXPECT_EQ(RuleOf(status), "FIELD_INVALID") << status;
    return std::string(status.message());
  };
  EXPECT_THAT(field([](auto* r) { r->mutable_referral()->clear_urgency(); }), HasSubstr("referral.urgency"));
  EXPECT_THAT(field([](auto* r) { r->mutable_referral()->set_urgency(static_cast<Urgency>(99)); }),
              HasSubstr("referral.urgency"));
  EXPECT_THAT(field([](auto* r) { r->mutable_referral()->set_reporter_belief(std::string("a\0b", 3)); }),
              HasSubstr("referral.reporter_belief"));
  EXPECT_THAT(field([](auto* r) { r->mutable_referral()->set_event_date("2026-02-30"); }),
              HasSubstr("referral.event_date"));
  EXPECT_THAT(field([](auto* r) { r->mutable_referral()->set_subject_ref(std::string(200, 's')); }),
              HasSubstr("referral.subject_ref"));
  EXPECT_THAT(field([](auto* r) { r->set_request_id("short"); }), HasSubstr("request_id"));
  EXPECT_THAT(field([](auto* r) { r->set_parent("../agencies/cas-york"); }), HasSubstr("parent"));
  EXPECT_EQ(Count(), 0);
}

TEST_F(BadInput, TextThatIsNotUtf8IsRefused) {
  CreateReferralRequest request = Letter(protocol_);
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("Missing"), 2, "\xff\xfe");
  const auto answer =
      society_.CallBytes(kReferrals + "CreateReferral",
                         {{"accord-actor", "worker"}, {"accord-purpose", "child_protection"}}, bytes);
  EXPECT_EQ(RuleOf(answer.status()), "REQUEST_MALFORMED");
  EXPECT_EQ(Count(), 0);
}

TEST_F(BadInput, SqlInEveryStringIsOnlyText) {
  // The text names the table in which every record is.
  const std::string sql = "'; drop table resource; --";
  CreateReferralRequest request = Letter(protocol_);
  request.mutable_referral()->set_reporter_belief(sql);
  // Adjacent words would be refused as a name.
  const std::string ref = "';drop/**/table/**/resource;--7";
  request.mutable_referral()->set_subject_ref(ref);
  request.mutable_referral()->set_lawful_basis(sql);
  request.mutable_referral()->add_indicators(sql);
  const auto sent = Send(request);
  ASSERT_OK(sent);
  EXPECT_EQ(sent->reporter_belief(), sql);
  EXPECT_EQ(sent->subject_ref(), ref);
  EXPECT_EQ(sent->lawful_basis(), sql);
  EXPECT_THAT(sent->indicators(), ::testing::ElementsAre(sql));
  EXPECT_EQ(RuleOfSending([&](auto* r) { r->mutable_referral()->set_protocol(sql); }), "FIELD_INVALID");
  EXPECT_EQ(RuleOfSending([&](auto* r) { r->mutable_referral()->set_to_agency(sql); }), "AGENCY_UNKNOWN");
  EXPECT_EQ(RuleOfSending([&](auto* r) { r->set_parent(sql); }), "FIELD_INVALID");
  GetReferralRequest get;
  get.set_name("agencies/cas-york/referrals/" + sql);
  EXPECT_THAT(society_.Call<Referral>(kReferrals + "GetReferral", "worker", "child_protection", get).status(),
              RefusedBy("FIELD_INVALID"));
  // The table still exists, and what was sent is in it as it was written.
  get.set_name(sent->name());
  const Referral kept =
      Must(society_.Call<Referral>(kReferrals + "GetReferral", "worker", "child_protection", get));
  EXPECT_EQ(kept.reporter_belief(), sql);
  EXPECT_EQ(kept.lawful_basis(), sql);
  EXPECT_EQ(Count(), 1);
}

TEST_F(BadInput, AReferralToAnAgencyThatHasEndedIsAnsweredWithItsSuccessor) {
  CreateReferralRequest request = Letter(protocol_);
  request.mutable_referral()->set_to_agency("ps-amherstburg");
  const absl::Status status = Send(request).status();
  EXPECT_EQ(RuleOf(status), "AGENCY_NOT_ADMITTED");
  EXPECT_THAT(std::string(status.message()), HasSubstr("ps-windsor"));
  EXPECT_EQ(Count(), 0);
}

TEST_F(BadInput, ARequestIdMeansOneRequestForEver) {
  CreateReferralRequest request = Letter(protocol_);
  const auto first = Send(request);
  ASSERT_OK(first);
  EXPECT_EQ(Must(Send(request)).name(), first->name());
  request.mutable_referral()->set_urgency(URGENCY_D7);
  EXPECT_EQ(RuleOf(Send(request).status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(Count(), 1);
}

TEST_F(BadInput, AStaleEtagIsAborted) {
  const auto sent = Send(Letter(protocol_));
  ASSERT_OK(sent);
  AcknowledgeReferralRequest acknowledge;
  acknowledge.set_name(sent->name());
  acknowledge.set_etag("stale");
  acknowledge.set_request_id(RequestId());
  const absl::Status status =
      police_
          .Call<Referral>(kReferrals + "AcknowledgeReferral", "member", "criminal_investigation", acknowledge)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(RuleOf(status), "ETAG_MISMATCH");
}

TEST_F(BadInput, APageTokenIsGoodForItsCallerAndFilterAlone) {
  for (int i = 0; i < 3; ++i) ASSERT_OK(Send(Letter(protocol_)));
  ListReferralsRequest request;
  request.set_page_size(1);
  const std::string token = List(request, society_, "worker", "child_protection").next_page_token();
  ASSERT_NE(token, "");
  request.set_page_token(token);
  EXPECT_EQ(List(request, society_, "worker", "child_protection").referrals_size(), 1);
  const auto rule = [&](const AgencyClient& client, const std::string& actor, const std::string& purpose) {
    return accord::testing::RuleOrError(
        client.Call<ListReferralsResponse>(kReferrals + "ListReferrals", actor, purpose, request).status());
  };
  EXPECT_EQ(rule(police_, "member", "criminal_investigation"), "PAGE_TOKEN_INVALID");
  request.set_state(REFERRAL_STATE_CLOSED);
  EXPECT_EQ(rule(society_, "worker", "child_protection"), "PAGE_TOKEN_INVALID");
  request.clear_state();
  request.set_page_token(token + "x");
  EXPECT_EQ(rule(society_, "worker", "child_protection"), "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace accord::e2e
