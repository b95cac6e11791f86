// These tests show rules for referrals that somebody with a certificate and a role could once walk around.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class Sides : public ProtocolsFixture {
 protected:
  template <class Req>
  absl::StatusOr<v1::Referral> Do(const Caller& caller, const std::string& name, Req request = Req()) {
    request.set_name(name);
    request.set_etag(Now(name).etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return Call<v1::Referral>(caller, request);
  }
  v1::Referral Now(const std::string& name) {
    v1::Referral referral = ReadReferral(name, worker_);
    return referral.name().empty() ? ReadReferral(name, member_) : referral;
  }
  absl::StatusOr<v1::Referral> Correct(const v1::Referral& referral, const std::string& path,
                                       const Caller& caller) {
    v1::CorrectReferralRequest request;
    *request.mutable_referral() = referral;
    request.mutable_referral()->set_etag(Now(referral.name()).etag());
    request.mutable_update_mask()->add_paths(path);
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::Referral> Screen(const Caller& caller, const std::string& name, v1::ReferralState to) {
    v1::ScreenReferralRequest request;
    request.set_outcome(to);
    return Do(caller, name, request);
  }
  std::string Send(const Caller& caller, const v1::CreateReferralRequest& letter) {
    return testing::RuleOrError(Call<v1::Referral>(caller, letter).status());
  }
  v1::CreateReferralRequest Suspecting(const std::string& implicated, const std::string& to) {
    v1::CreateReferralRequest letter = Letter(protocol_);
    letter.mutable_referral()->set_staff_suspect(true);
    letter.mutable_referral()->set_implicated_agency(implicated);
    letter.mutable_referral()->set_to_agency(to);
    return letter;
  }
  const v1::Protocol protocol_ = InForce();
  const Caller durham_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  const Caller durham_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
};

TEST_F(Sides, ASuspicionOpensNoWayPastTheProtocols) {
  EXPECT_EQ(Send(worker_, Suspecting("ps-atlantis", "ps-durham")), "IMPLICATED_UNKNOWN");
  EXPECT_EQ(Send(worker_, Suspecting("cr-york", "ps-durham")), "IMPLICATED_UNKNOWN");
  // This agency exists, and has nothing to do with this protocol.
  EXPECT_EQ(Send(worker_, Suspecting("cas-durham", "ps-durham")), "SIDES_NOT_SIGNATORIES");
  EXPECT_EQ(Send(worker_, Suspecting("ps-york", "cr-york")), "RECEIVER_UNKNOWN");
  EXPECT_EQ(Send(worker_, Suspecting("ps-york", "ps-atlantis")), "RECEIVER_UNKNOWN");
  EXPECT_EQ(Send(worker_, Suspecting("ps-york", "ps-durham")), "");
  EXPECT_EQ(Send(worker_, Suspecting("cas-durham", "ps-york")), "");
}

TEST_F(Sides, TheSuspectedAgencyDoesNothingWithTheRecordNotEvenItsDirector) {
  const v1::Referral own = Must(Call<v1::Referral>(worker_, Suspecting("cas-york", "ps-durham")));
  Caller director = director_;
  director.purpose = annotations::v1::PURPOSE_CHILD_PROTECTION;
  const v1::Referral seen = ReadReferral(own.name(), director);
  ASSERT_EQ(seen.name(), own.name());
  v1::RevokeReferralRequest revoke;
  revoke.set_name(own.name());
  revoke.set_etag(seen.etag());
  revoke.set_reason("never mind");
  EXPECT_THAT(Call<v1::Referral>(director, revoke), RefusedBy(rules::kNotTheSender));
  v1::FlagReferralRequest flag;
  flag.set_name(own.name());
  flag.set_etag(seen.etag());
  flag.mutable_flag()->set_text("careful");
  EXPECT_THAT(Call<v1::Referral>(director, flag), RefusedBy(rules::kNotSenderOrReceiver));
}

TEST_F(Sides, WhoSentItFirstFollowsARedirectedReferralAndDoesNothingThere) {
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  const std::string onward = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward().name();
  ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(durham_, onward));
  ASSERT_OK(Screen(durham_supervisor_, onward, v1::REFERRAL_STATE_JOINT));
  EXPECT_EQ(ReadReferral(onward, worker_).state(), v1::REFERRAL_STATE_JOINT) << "it follows";
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("ours?");
  EXPECT_THAT(Do(worker_, onward, flag), RefusedBy(rules::kNotSenderOrReceiver));
  v1::RecordReferralYouthRecordRequest record;
  record.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
  record.mutable_record()->set_counted_from("2001-01-01");
  EXPECT_THAT(Do(society_supervisor_, onward, record), RefusedBy(rules::kNotSenderOrReceiver));
  v1::CreateDisputeRequest quarrel;
  quarrel.set_parent("agencies/cas-york");
  quarrel.mutable_dispute()->set_about(onward);
  quarrel.mutable_dispute()->set_with_agency("ps-durham");
  quarrel.mutable_dispute()->set_issue("who interviews");
  EXPECT_THAT(Call<v1::Dispute>(society_supervisor_, quarrel), RefusedBy(rules::kOtherSide));

  v1::CreateJointInvestigationRequest begin;
  begin.set_parent("agencies/cas-york");
  begin.mutable_joint_investigation()->set_referral(onward);
  EXPECT_THAT(Call<v1::JointInvestigation>(society_supervisor_, begin),
              RefusedBy(rules::kNotSenderOrReceiver));
  begin.set_parent("agencies/ps-durham");
  const v1::JointInvestigation joint = Must(Call<v1::JointInvestigation>(durham_supervisor_, begin));
  const auto refused = [&](auto request) {
    request.set_name(joint.name());
    request.set_etag(joint.etag());
    return Rule(Call<v1::JointInvestigation>(society_supervisor_, request));
  };
  v1::PlanJointInvestigationRequest plan;
  plan.add_order(v1::JOINT_STEP_KIND_SAFETY_PLAN);
  EXPECT_EQ(refused(plan), "NOT_FOUND");
  v1::RecordJointInvestigationDecisionRequest decide;
  decide.mutable_decision()->set_text("we decide");
  decide.mutable_decision()->set_reason("because");
  EXPECT_EQ(refused(decide), "NOT_FOUND");
  v1::JoinJointInvestigationRequest join;
  join.set_actor(worker_.actor);
  EXPECT_EQ(refused(join), "NOT_FOUND");
  v1::GetJointInvestigationRequest get;
  get.set_name(joint.name());
  EXPECT_TRUE(absl::IsNotFound(Call<v1::JointInvestigation>(worker_, get).status()));
}

TEST_F(Sides, WhoSendsItOnChangesNothingThatTheFirstSenderSaid) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->add_indicators("repeated missing episodes");
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, letter));
  const v1::Referral onward = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward();
  v1::Referral changed = onward;
  changed.set_reporter_belief("nothing of weight");
  changed.clear_indicators();
  changed.set_youth_wishes("to be left alone");
  changed.set_caregiver_suspect(true);
  for (const char* path : {"reporter_belief", "indicators", "youth_wishes", "caregiver_suspect"}) {
    EXPECT_THAT(Correct(changed, path, member_), RefusedBy(rules::kMaskInvalid)) << path;
  }
  const v1::Referral second = Must(Redirect(durham_supervisor_, onward, "ps-peel")).onward();
  changed.set_name(second.name());
  EXPECT_THAT(Correct(changed, "reporter_belief", durham_), RefusedBy(rules::kMaskInvalid));
  const Caller peel = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-peel");
  EXPECT_EQ(ReadReferral(second.name(), peel).reporter_belief(), "what I saw");
  // The receiver says itself what it learns of the child's identity.
  changed.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_METIS);
  EXPECT_OK(Correct(changed, "indigenous_identity", durham_));
}

TEST_F(Sides, TheCallBeforeAnImmediateReferralIsNeitherTakenBackNorOfTheFuture) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_urgency(v1::URGENCY_IMMEDIATE);
  const auto at = [&](absl::Time time) {
    *letter.mutable_referral()->mutable_phone_contact_at() = ToProto(time);
  };
  const absl::Time now = in_process_.clock().Now();
  at(now + absl::Minutes(1));
  EXPECT_EQ(Send(worker_, letter), "PHONE_CONTACT_IN_FUTURE");
  at(absl::UnixEpoch());
  EXPECT_EQ(Send(worker_, letter), "PHONE_CONTACT_BEFORE_EVENT");
  at(now - absl::Minutes(5));
  v1::Referral r = Must(Call<v1::Referral>(worker_, letter));
  const auto correct = [&] { return testing::RuleOrError(Correct(r, "phone_contact_at", worker_).status()); };
  r.clear_phone_contact_at();
  EXPECT_EQ(correct(), "PHONE_CONTACT_REQUIRED");
  *r.mutable_phone_contact_at() = ToProto(now + absl::Hours(1));
  EXPECT_EQ(correct(), "PHONE_CONTACT_IN_FUTURE");
  in_process_.clock().Advance(absl::Hours(2));
  EXPECT_EQ(correct(), "PHONE_CONTACT_IN_FUTURE") << "the referral followed the call";
  *r.mutable_phone_contact_at() = ToProto(absl::UnixEpoch());
  EXPECT_EQ(correct(), "PHONE_CONTACT_BEFORE_EVENT");
  *r.mutable_phone_contact_at() = ToProto(now - absl::Minutes(7));
  EXPECT_EQ(correct(), "");
}

TEST_F(Sides, TheCallBeforeAnImmediateReferralIsNotTakenBackByWayOfALesserUrgency) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_urgency(v1::URGENCY_IMMEDIATE);
  *letter.mutable_referral()->mutable_phone_contact_at() =
      ToProto(in_process_.clock().Now() - absl::Minutes(5));
  v1::CorrectReferralRequest lesser;
  *lesser.mutable_referral() = Must(Call<v1::Referral>(worker_, letter));
  lesser.mutable_referral()->set_urgency(v1::URGENCY_H48);
  lesser.mutable_referral()->clear_phone_contact_at();
  lesser.set_reason("it could wait");
  lesser.mutable_update_mask()->add_paths("urgency");
  lesser.mutable_update_mask()->add_paths("phone_contact_at");
  EXPECT_THAT(Call<v1::Referral>(worker_, lesser), RefusedBy(rules::kFieldRequired));
  // Two steps do not help either, after which the referral would be immediate again with another call.
  lesser.mutable_update_mask()->mutable_paths()->RemoveLast();
  v1::Referral r = Must(Call<v1::Referral>(worker_, lesser));
  EXPECT_EQ(r.urgency(), v1::URGENCY_H48);
  r.clear_phone_contact_at();
  EXPECT_THAT(Correct(r, "phone_contact_at", worker_), RefusedBy(rules::kFieldRequired));
}

TEST_F(Sides, NoIndigenousChildIsScreenedInAnyWayBeforeTheCommunityIsTold) {
  for (auto outcome : {v1::REFERRAL_STATE_JOINT, v1::REFERRAL_STATE_POLICE_LEAD, v1::REFERRAL_STATE_CAS_LEAD,
                       v1::REFERRAL_STATE_CONSULT_ONLY, v1::REFERRAL_STATE_NO_FURTHER_ACTION}) {
    v1::CreateReferralRequest letter = Letter(protocol_);
    letter.mutable_referral()->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_FIRST_NATIONS);
    const std::string name = Must(Call<v1::Referral>(worker_, letter)).name();
    ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(member_, name));
    EXPECT_THAT(Screen(police_supervisor_, name, outcome), RefusedBy(rules::kCommunityNoticeRequired));
  }
}

TEST_F(Sides, ANoticeThatWasPutOffIsStillToBeGivenWhereTheReferralIsSentOn) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_FIRST_NATIONS);
  v1::RecordReferralCommunityNoticeRequest notice;
  notice.mutable_notice()->set_reason("whoever works on it tells them");
  for (const auto& [status, screened] :
       {std::pair{v1::COMMUNITY_NOTICE_STATUS_DEFERRED, "COMMUNITY_NOTICE_REQUIRED"},
        {v1::COMMUNITY_NOTICE_STATUS_SENT, ""}}) {
    const std::string name = Must(Call<v1::Referral>(worker_, letter)).name();
    notice.mutable_notice()->set_status(status);
    ASSERT_OK(Do(member_, name, notice));
    const std::string onward = Must(Redirect(police_supervisor_, Now(name), "ps-durham")).onward().name();
    ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(durham_, onward));
    EXPECT_EQ(Rule(Screen(durham_supervisor_, onward, v1::REFERRAL_STATE_POLICE_LEAD)), screened);
  }
}

TEST_F(Sides, ANoticeThatWasPutOffBeforeItWasOwedIsStillToBeGiven) {
  v1::Referral r = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(member_, r.name()));
  v1::RecordReferralCommunityNoticeRequest notice;
  notice.mutable_notice()->set_status(v1::COMMUNITY_NOTICE_STATUS_DEFERRED);
  notice.mutable_notice()->set_reason("nobody asked");
  ASSERT_OK(Do(member_, r.name(), notice));
  r.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_FIRST_NATIONS);
  ASSERT_OK(Correct(r, "indigenous_identity", worker_));
  EXPECT_THAT(Screen(police_supervisor_, r.name(), v1::REFERRAL_STATE_POLICE_LEAD),
              RefusedBy(rules::kCommunityNoticeRequired));
  // Once the notice is owed, it is deferred for a reason, and another correction changes nothing of that.
  notice.mutable_notice()->set_reason("they are told after the interview");
  ASSERT_OK(Do(member_, r.name(), notice));
  r.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_METIS);
  ASSERT_OK(Correct(r, "indigenous_identity", worker_));
  EXPECT_OK(Screen(police_supervisor_, r.name(), v1::REFERRAL_STATE_POLICE_LEAD));
}

TEST_F(Sides, AnIdentityThatObligesIsNotTakenBackToLetAScreeningPass) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_INUIT);
  v1::Referral r = Must(Call<v1::Referral>(worker_, letter));
  ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(member_, r.name()));
  r.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_NO);
  ASSERT_OK(Correct(r, "indigenous_identity", worker_)) << "what was wrong is corrected";
  EXPECT_THAT(Screen(police_supervisor_, r.name(), v1::REFERRAL_STATE_POLICE_LEAD),
              RefusedBy(rules::kCommunityNoticeRequired));
}

TEST_F(Sides, AnIdentityThatIsLearntAfterTheScreeningObligesBeforeTheClosing) {
  v1::Referral r = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(member_, r.name()));
  ASSERT_OK(Screen(police_supervisor_, r.name(), v1::REFERRAL_STATE_POLICE_LEAD));
  r.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_METIS);
  ASSERT_OK(Correct(r, "indigenous_identity", worker_));
  r.set_indigenous_identity(v1::INDIGENOUS_IDENTITY_UNKNOWN);
  EXPECT_THAT(Correct(r, "indigenous_identity", worker_), RefusedBy(rules::kIdentityStands));
  v1::CloseReferralRequest close;
  close.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  EXPECT_THAT(Do(police_supervisor_, r.name(), close), RefusedBy(rules::kCommunityNoticeRequired));
  v1::RecordReferralCommunityNoticeRequest notice;
  notice.mutable_notice()->set_status(v1::COMMUNITY_NOTICE_STATUS_SENT);
  ASSERT_OK(Do(member_, r.name(), notice));
  close.clear_request_id();
  EXPECT_OK(Do(police_supervisor_, r.name(), close));
}

TEST_F(Sides, AnAgreementWithAYouthEndsByTheTimeThatTheYouthIsEighteen) {
  const v1::Referral r =
      Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_16_17, "2026-11-20")));
  v1::RecordReferralVoluntaryAgreementRequest request;
  request.set_consent_given(true);
  request.mutable_agreement()->set_starts_on("2026-12-01");
  request.mutable_agreement()->set_ends_on("9999-12-31");
  const auto record = [&] { return RuleOf(Do(worker_, r.name(), request).status()); };
  EXPECT_EQ(record(), "AGREEMENT_TOO_LONG");
  // It does not help to begin late, because a youth who was sixteen on the day of the event is eighteen two
  // years after it.
  request.mutable_agreement()->set_starts_on("2028-11-01");
  request.mutable_agreement()->set_ends_on("2028-11-21");
  EXPECT_EQ(record(), "AGREEMENT_TOO_LONG");
  request.mutable_agreement()->set_ends_on("2028-11-20");
  EXPECT_EQ(record(), "");
}

TEST_F(Sides, ADisputeIsRaisedWithWhoCanAnswerIt) {
  v1::CreateProtocolRequest draft = Draft();
  auto* crown = draft.mutable_protocol()->add_parties();
  crown->set_agency("cr-york");
  crown->set_capacity(v1::PARTY_CAPACITY_CROWN);
  crown->set_part(v1::PARTY_PART_CONSULTED);
  const auto drafted = Call<v1::Protocol>(director_, draft);
  ASSERT_OK(drafted);
  v1::CreateDisputeRequest quarrel;
  quarrel.set_parent("agencies/cas-york");
  quarrel.mutable_dispute()->set_about(drafted->name());
  quarrel.mutable_dispute()->set_issue("who answers at night");
  const auto raised_with = [&](const std::string& agency) {
    quarrel.mutable_dispute()->set_with_agency(agency);
    return RuleOf(Call<v1::Dispute>(society_supervisor_, quarrel).status());
  };
  EXPECT_EQ(raised_with("cr-york"), "OTHER_SIDE");
  EXPECT_EQ(raised_with("ps-york"), "");
}

TEST_F(Sides, AReferralIsNotSentRoundToWhoSentItBefore) {
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  const v1::Referral second = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward();
  EXPECT_THAT(Redirect(durham_supervisor_, second, "ps-york"), RefusedBy(rules::kRedirectToSender));
  // The agency that sent it first would receive its own referral, as another agency's.
  EXPECT_THAT(Redirect(durham_supervisor_, second, "cas-york"), RefusedBy(rules::kRedirectInCircle));
  const v1::Referral third = Must(Redirect(durham_supervisor_, second, "ps-peel")).onward();
  const Caller peel = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-peel");
  for (const char* before : {"cas-york", "ps-york"}) {
    EXPECT_THAT(Redirect(peel, third, before), RefusedBy(rules::kRedirectInCircle)) << before;
  }
  EXPECT_OK(Redirect(peel, third, "cas-peel"));
}

TEST_F(Sides, WhoReportedFirstReadsWhatBecameOfItHoweverOftenItIsSentOn) {
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  const v1::Referral second = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward();
  const v1::Referral third = Must(Redirect(durham_supervisor_, second, "ps-peel")).onward();
  for (const Caller& caller : {worker_, member_, durham_}) {
    EXPECT_EQ(ReadReferral(third.name(), caller).to_agency(), "ps-peel") << caller.agency;
  }
  EXPECT_THAT(third.followers(), ::testing::ElementsAre("cas-york", "ps-york"));
  // The first sender has no part in it.
  v1::RevokeReferralRequest revoke;
  for (const Caller& caller : {worker_, member_}) {
    EXPECT_THAT(Do(caller, third.name(), revoke), RefusedBy(rules::kNotTheSender));
  }
}

}  // namespace
}  // namespace accord::protocols
