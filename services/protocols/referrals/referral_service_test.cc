#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ReferralLife : public ProtocolsFixture {
 protected:
  absl::StatusOr<v1::Referral> Acknowledge(const Caller& caller, const v1::Referral& referral) {
    v1::AcknowledgeReferralRequest request;
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::Referral> Screen(const Caller& caller, const v1::Referral& referral,
                                      v1::ReferralState outcome) {
    v1::ScreenReferralRequest request;
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    request.set_outcome(outcome);
    request.set_reason("because");
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::Referral> Close(const Caller& caller, const v1::Referral& referral,
                                     const std::string& support) {
    v1::CloseReferralRequest request;
    if (referral.state() == v1::REFERRAL_STATE_JOINT) {
      request.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
    }
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    if (!support.empty()) request.add_supports_offered(support);
    return Call<v1::Referral>(caller, request);
  }
};

TEST_F(ReferralLife, ASubjectThatIsNamedIsRefusedAndTheDeskIsToldWhatToGive) {
  v1::CreateReferralRequest letter = Letter(InForce());
  for (const char* named : {"Jane Doe", "jd 2009-01-12"}) {
    letter.mutable_referral()->set_subject_ref(named);
    const auto refused = Call<v1::Referral>(worker_, letter);
    EXPECT_THAT(refused, RefusedBy(rules::kReferenceNamesPerson)) << named;
    EXPECT_EQ(refused.status().ToString().find(named), std::string::npos);
  }
  letter.mutable_referral()->set_subject_ref("york-4711");
  EXPECT_OK(Call<v1::Referral>(worker_, letter));
}

TEST_F(ReferralLife, SentAcknowledgedScreenedClosed) {
  v1::Referral r = Must(Call<v1::Referral>(worker_, Letter(InForce())));
  EXPECT_EQ(r.state(), v1::REFERRAL_STATE_SUBMITTED);
  EXPECT_EQ(FromProto(r.acknowledge_due()) - in_process_.clock().Now(), absl::Hours(2));
  // The Standards' assessment binds societies alone.
  EXPECT_FALSE(r.has_assessment_due());
  r = Must(Acknowledge(member_, r));
  EXPECT_EQ(r.state(), v1::REFERRAL_STATE_ACKNOWLEDGED);
  EXPECT_THAT(Screen(member_, r, v1::REFERRAL_STATE_JOINT), RefusedBy(rules::kRoleNotPermitted));
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_JOINT));
  r = Must(Close(police_supervisor_, r, "shelter"));
  EXPECT_EQ(r.state(), v1::REFERRAL_STATE_CLOSED);
}

TEST_F(ReferralLife, TheSenderCannotAcknowledgeAndABystanderSeesNothing) {
  const v1::Referral r = Must(Call<v1::Referral>(worker_, Letter(InForce())));
  EXPECT_THAT(Acknowledge(worker_, r), RefusedBy(rules::kNotTheReceiver));
  const Caller bystander = Society(annotations::v1::ROLE_CAS_WORKER, "cas-durham");
  EXPECT_THAT(Acknowledge(bystander, r), RefusedBy(rules::kNotFound));
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(bystander, v1::ListReferralsRequest())).referrals_size(), 0);
  v1::ListReferralsRequest received;
  received.set_sent_to_us(true);
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, received)).referrals_size(), 1);
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(worker_, received)).referrals_size(), 0);
}

TEST_F(ReferralLife, TheSameRequestIdAnswersTheSameOnce) {
  auto letter = Letter(InForce());
  letter.set_request_id("the-same-request");
  const v1::Referral first = Must(Call<v1::Referral>(worker_, letter));
  EXPECT_EQ(Must(Call<v1::Referral>(worker_, letter)).name(), first.name());
  letter.mutable_referral()->set_reporter_belief("something else");
  EXPECT_THAT(Call<v1::Referral>(worker_, letter), RefusedBy(rules::kRequestIdReused));
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(worker_, v1::ListReferralsRequest())).referrals_size(), 1);
}

TEST_F(ReferralLife, SixteenWithoutAnOrderBefore2018IsNotEligible) {
  const v1::Protocol protocol = InForce();
  v1::Referral r = Must(Call<v1::Referral>(member_, Report(protocol, v1::AGE_BAND_16_17, "2017-06-01")));
  EXPECT_FALSE(r.reporting_mandatory());
  r = Must(Acknowledge(worker_, r));
  EXPECT_THAT(Screen(society_supervisor_, r, v1::REFERRAL_STATE_CAS_LEAD),
              RefusedBy(rules::kNotEligibleCfsa));
  r = Must(Screen(society_supervisor_, r, v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA));
  EXPECT_TRUE(r.service_referral_offer_required());
  EXPECT_THAT(Close(society_supervisor_, r, ""), RefusedBy(rules::kSupportOfferRequired));
  EXPECT_OK(Close(society_supervisor_, r, "youth in transition worker"));
}

TEST_F(ReferralLife, SixteenWithAnOrderOrAfter2018IsEligible) {
  const v1::Protocol protocol = InForce();
  auto with_order = Report(protocol, v1::AGE_BAND_16_17, "2017-06-01");
  with_order.mutable_referral()->set_existing_order(true);
  for (const auto& request : {with_order, Report(protocol, v1::AGE_BAND_16_17, "2018-06-01")}) {
    v1::Referral r = Must(Call<v1::Referral>(member_, request));
    // It is in doubt whether there was a duty to report a youth under an order, and the answer says so.
    EXPECT_EQ(r.law_notes_size(), r.existing_order() ? 1 : 0);
    r = Must(Acknowledge(worker_, r));
    EXPECT_THAT(Screen(society_supervisor_, r, v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA),
                RefusedBy(rules::kEligible));
    EXPECT_OK(Screen(society_supervisor_, r, v1::REFERRAL_STATE_CAS_LEAD));
  }
}

// Somebody who learns today of what happened years ago needs an agency that can act today.
TEST_F(ReferralLife, GoesByTheProtocolOfTodayAndTheLawOfItsEvent) {
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_effective_to("2027-01-31");
  const v1::Protocol once = Must(MoveProtocol<v1::SignProtocolRequest>(director_, Offered(draft)));
  const v1::Protocol protocol = Must(MoveProtocol<v1::SignProtocolRequest>(chief_, once));
  ASSERT_EQ(protocol.effective_from(), "2026-11-01") << "years after either event";
  for (const auto& [day, outcome] : {std::pair("2017-12-31", v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA),
                                     std::pair("2018-01-01", v1::REFERRAL_STATE_CAS_LEAD)}) {
    v1::Referral r = Must(Call<v1::Referral>(member_, Report(protocol, v1::AGE_BAND_16_17, day)));
    r = Must(Acknowledge(worker_, r));
    EXPECT_EQ(Must(Screen(society_supervisor_, r, outcome)).state(), outcome) << day;
  }
  in_process_.clock().Set(EndOfDay(*ParseDay("2027-02-01")) - absl::Hours(12));
  EXPECT_THAT(Call<v1::Referral>(member_, Report(protocol, v1::AGE_BAND_12_15, "2026-11-20")),
              RefusedBy(rules::kProtocolNotInForce))
      << "the protocol was in force on the day of the event";
}

TEST_F(ReferralLife, BadInputNamesItsRuleAndChangesNothing) {
  const v1::Protocol protocol = InForce();
  const auto refused = [&](const Caller& caller, const v1::CreateReferralRequest& request) {
    return testing::RuleOrError(Call<v1::Referral>(caller, request).status());
  };
  auto bad = Letter(protocol);
  bad.mutable_referral()->set_event_date("2026-11-24");
  EXPECT_EQ(refused(worker_, bad), "EVENT_IN_FUTURE");
  bad = Letter(protocol);
  bad.mutable_referral()->set_to_agency("cas-york");
  EXPECT_EQ(refused(worker_, bad), "RECEIVER_IS_SENDER");
  bad = Letter(protocol);
  bad.mutable_referral()->set_to_agency("ps-durham");
  EXPECT_EQ(refused(worker_, bad), "SIDES_NOT_SIGNATORIES");
  bad = Letter(protocol);
  bad.mutable_referral()->set_urgency(v1::URGENCY_IMMEDIATE);
  EXPECT_EQ(refused(worker_, bad), "PHONE_CONTACT_REQUIRED");
  bad = Letter(protocol);
  bad.mutable_referral()->set_kind(v1::REFERRAL_KIND_DUTY_TO_REPORT);
  EXPECT_EQ(refused(worker_, bad), "DUTY_TO_REPORT_TO_SOCIETY");
  bad = Report(protocol, v1::AGE_BAND_12_15, "2021-09-30");
  bad.mutable_referral()->set_ground_code("child_sex_trafficking");
  EXPECT_EQ(refused(member_, bad), "GROUND_NOT_IN_FORCE");
  bad.mutable_referral()->clear_ground_code();
  EXPECT_EQ(refused(member_, bad), "GROUND_REQUIRED");
  bad = Letter(protocol);
  bad.set_parent("agencies/ps-york");
  EXPECT_EQ(refused(worker_, bad), "NOT_FOUND");
  bad = Letter(protocol);
  bad.mutable_referral()->set_protocol("agencies/cas-york/protocols/none");
  EXPECT_EQ(refused(worker_, bad), "NOT_FOUND");
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(worker_, v1::ListReferralsRequest())).referrals_size(), 0);
}

}  // namespace
}  // namespace accord::protocols
