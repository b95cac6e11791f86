// These tests show what falls due next, as every answer says it and nothing stored does.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class NextDue : public ProtocolsFixture {
 protected:
  template <class Res, class Req>
  Res Do(const Caller& caller, const Res& on, Req request = Req()) {
    request.set_name(on.name());
    request.set_etag(on.etag());
    const auto done = Call<Res>(caller, request);
    EXPECT_OK(done);
    return done.value_or(on);
  }
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  v1::Referral Acknowledged() { return Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, Sent()); }
  v1::Referral Screened(v1::ReferralState outcome) {
    v1::ScreenReferralRequest screen;
    screen.set_outcome(outcome);
    screen.set_reason("both mandates");
    return Do(police_supervisor_, Acknowledged(), screen);
  }
  v1::JointInvestigation Joint() {
    v1::CreateJointInvestigationRequest request;
    request.set_parent("agencies/ps-york");
    request.mutable_joint_investigation()->set_referral(Screened(v1::REFERRAL_STATE_JOINT).name());
    return Must(Call<v1::JointInvestigation>(police_supervisor_, request));
  }
  static absl::Time At(const google::protobuf::Timestamp& at) { return FromProto(at); }
  static absl::Time End(const std::string& day) { return EndOfDay(*ParseDay(day)); }

  const v1::Protocol protocol_ = InForce();
};

TEST_F(NextDue, AReferralThatNobodyAssessesIsNotOverdueWhenItIsFresh) {
  // The Standards bind societies: a police service has no clock of assessment.
  const v1::Referral sent = Sent();
  ASSERT_FALSE(sent.has_assessment_due());
  EXPECT_EQ(At(sent.next_due()), At(sent.acknowledge_due()));
  EXPECT_EQ(sent.next_due_what(), v1::NEXT_DUE_ACKNOWLEDGE);
  EXPECT_GT(At(sent.next_due()), in_process_.clock().Now());
  const auto listed = Must(Call<v1::ListReferralsResponse>(member_, v1::ListReferralsRequest()));
  ASSERT_EQ(listed.referrals_size(), 1);
  EXPECT_EQ(At(listed.referrals(0).next_due()), At(sent.acknowledge_due()));
}

TEST_F(NextDue, TheClockThatRunsOutFirstIsNamedUntilNothingIsLeft) {
  v1::Referral r = Screened(v1::REFERRAL_STATE_POLICE_LEAD);
  EXPECT_EQ(At(r.next_due()), At(r.response_due()));
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_RESPOND);
  r = Do<v1::Referral, v1::RecordReferralResponseRequest>(member_, r);
  EXPECT_EQ(At(r.next_due()), At(r.completion_due()));
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_COMPLETE);
  v1::CloseReferralRequest close;
  close.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  r = Do(police_supervisor_, r, close);
  EXPECT_FALSE(r.has_next_due());
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_UNSPECIFIED);
}

TEST_F(NextDue, TwelveHoursAtAPlaceOfSafetyAreNamedAndMaskedForWhoReadsNoYouthRecord) {
  v1::Referral r = Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_16_17, "2026-11-20")));
  r = Do<v1::Referral, v1::AcknowledgeReferralRequest>(worker_, r);
  r = Do<v1::Referral, v1::RecordReferralResponseRequest>(worker_, r);
  v1::RecordReferralPlaceOfSafetyRequest brought;
  *brought.mutable_brought_at() = ToProto(in_process_.clock().Now() - absl::Hours(1));
  r = Do(worker_, r, brought);
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_LEAVE_PLACE_OF_SAFETY);
  EXPECT_EQ(At(r.next_due()), in_process_.clock().Now() + absl::Hours(11));
  Caller officer = worker_;
  officer.roles = {annotations::v1::ROLE_PRIVACY_OFFICER};
  officer.purpose = annotations::v1::PURPOSE_PRIVACY_REVIEW;
  const v1::Referral seen = ReadReferral(r.name(), officer);
  EXPECT_EQ(seen.name(), r.name());
  EXPECT_FALSE(seen.has_next_due());
  EXPECT_EQ(seen.next_due_what(), v1::NEXT_DUE_UNSPECIFIED);
}

TEST_F(NextDue, AFlagIsDueForTheAgencyThatRaisedIt) {
  v1::Referral r = Screened(v1::REFERRAL_STATE_POLICE_LEAD);
  r = Do<v1::Referral, v1::RecordReferralResponseRequest>(member_, r);
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("Call the school");
  flag.mutable_flag()->set_due_on("2026-11-25");
  r = Do(member_, r, flag);
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_FLAG);
  EXPECT_EQ(At(r.next_due()), End("2026-11-25"));
  EXPECT_EQ(ReadReferral(r.name(), worker_).next_due_what(), v1::NEXT_DUE_COMPLETE);
  v1::ClearReferralFlagRequest clear;
  clear.set_flag_id(r.flags(0).id());
  EXPECT_EQ(Do(member_, r, clear).next_due_what(), v1::NEXT_DUE_COMPLETE);
}

TEST_F(NextDue, NobodyElseSaysItAndNoVersionKeepsIt) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  *letter.mutable_referral()->mutable_next_due() = ToProto(absl::UnixEpoch());
  letter.mutable_referral()->set_next_due_what(v1::NEXT_DUE_COMPLETE);
  v1::Referral r = Must(Call<v1::Referral>(worker_, letter));
  EXPECT_EQ(r.next_due_what(), v1::NEXT_DUE_ACKNOWLEDGE);
  EXPECT_EQ(At(r.next_due()), At(r.acknowledge_due()));
  r = Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, r);
  v1::ListReferralRevisionsRequest request;
  request.set_name(r.name());
  const auto versions = Must(Call<v1::ListReferralRevisionsResponse>(member_, request));
  ASSERT_EQ(versions.revisions_size(), 2);
  for (const auto& version : versions.revisions()) {
    EXPECT_FALSE(version.referral().has_next_due());
    EXPECT_EQ(version.referral().next_due_what(), v1::NEXT_DUE_UNSPECIFIED);
  }
}

TEST_F(NextDue, AJointInvestigationNamesItsNextStepAndTheClockOfItsReferral) {
  v1::JointInvestigation joint = Joint();
  const v1::Referral referral = ReadReferral(joint.referral(), member_);
  EXPECT_EQ(joint.next_due_what(), v1::NEXT_DUE_PLAN);
  EXPECT_EQ(At(joint.next_due()), At(referral.response_due()));
  v1::PlanJointInvestigationRequest plan;
  plan.add_order(v1::JOINT_STEP_KIND_SUSPECT_INTERVIEW);
  joint = Do(police_supervisor_, joint, plan);
  EXPECT_EQ(joint.next_due_what(), v1::NEXT_DUE_STEP);
  Do<v1::Referral, v1::RecordReferralResponseRequest>(member_, referral);
  v1::RecordJointInvestigationStepRequest step;
  step.mutable_step()->set_kind(v1::JOINT_STEP_KIND_SUSPECT_INTERVIEW);
  joint = Do(member_, joint, step);
  EXPECT_EQ(joint.next_due_what(), v1::NEXT_DUE_CONCLUDE);
  EXPECT_EQ(At(joint.next_due()), At(referral.completion_due()));
  v1::ConcludeJointInvestigationRequest conclude;
  conclude.set_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  joint = Do(police_supervisor_, joint, conclude);
  EXPECT_FALSE(joint.has_next_due());
}

TEST_F(NextDue, ADisputeIsDueAtTheEndOfItsLevelUntilItIsResolved) {
  v1::CreateDisputeRequest request;
  request.set_parent("agencies/cas-york");
  request.mutable_dispute()->set_about(Sent().name());
  request.mutable_dispute()->set_with_agency("ps-york");
  request.mutable_dispute()->set_issue("who interviews");
  v1::Dispute dispute = Must(Call<v1::Dispute>(society_supervisor_, request));
  EXPECT_EQ(At(dispute.next_due()), At(dispute.levels(0).due()));
  v1::EscalateDisputeRequest escalate;
  escalate.set_reason("urgent");
  dispute = Do(police_supervisor_, dispute, escalate);
  EXPECT_EQ(At(dispute.next_due()), At(dispute.levels(1).due()));
  v1::ResolveDisputeRequest resolve;
  resolve.set_resolution("together");
  dispute = Do(society_supervisor_, dispute, resolve);
  EXPECT_FALSE(dispute.has_next_due());
}

TEST_F(NextDue, AProtocolWaitsForSignaturesThenForItsReviewThenForItsRenewal) {
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_kind(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  draft.mutable_protocol()->set_effective_from("2026-12-01");
  v1::Protocol p = Offered(draft);
  EXPECT_EQ(p.next_due_what(), v1::NEXT_DUE_SIGN);
  EXPECT_EQ(At(p.next_due()), End("2026-11-30"));
  p = Must(MoveProtocol<v1::SignProtocolRequest>(director_, p));
  EXPECT_EQ(p.next_due_what(), v1::NEXT_DUE_SIGN);
  p = Must(MoveProtocol<v1::SignProtocolRequest>(chief_, p));
  EXPECT_FALSE(p.has_next_due());
  SweepOn("2026-12-01");
  p = Read(p.name(), director_);
  EXPECT_EQ(p.next_due_what(), v1::NEXT_DUE_REVIEW);
  EXPECT_EQ(At(p.next_due()), End(p.next_review_due()));
  SweepOn(p.next_review_due());
  p = Read(p.name(), director_);
  EXPECT_EQ(p.next_due_what(), v1::NEXT_DUE_RENEW);
}

}  // namespace
}  // namespace accord::protocols
