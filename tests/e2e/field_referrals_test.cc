// These tests try through the gateway to send referrals where no protocol leads, and to work on those of
// other agencies.
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

class FieldReferrals : public Field {
 protected:
  std::string Correct(const Person& who, const Referral& changed, const std::string& path) {
    CorrectReferralRequest request;
    *request.mutable_referral() = changed;
    request.mutable_referral()->set_etag(SeenReferral(who, changed.name()).etag());
    request.mutable_update_mask()->add_paths(path);
    return Refusal<Referral>(who, "protocols.v1.ReferralService/CorrectReferral", request);
  }
  std::string Refused(const CreateReferralRequest& letter) {
    return accord::testing::RuleOrError(Send(kWorker, letter).status());
  }
  CreateReferralRequest Suspecting(const std::string& implicated, const std::string& to) {
    CreateReferralRequest letter = Letter(York());
    letter.mutable_referral()->set_staff_suspect(true);
    letter.mutable_referral()->set_implicated_agency(implicated);
    letter.mutable_referral()->set_to_agency(to);
    return letter;
  }
  int Received(const Person& who) {
    ListReferralsRequest request;
    request.set_page_size(1000);
    return Must<ListReferralsResponse>(who, "protocols.v1.ReferralService/ListReferrals", request)
        .referrals_size();
  }
  Referral Acknowledged(CreateReferralRequest letter) {
    auto sent = Send(kWorker, letter);
    EXPECT_OK(sent);
    Referral referral = sent.value_or(Referral());
    EXPECT_EQ(MoveReferral<AcknowledgeReferralRequest>(kMember, "AcknowledgeReferral", &referral), "");
    return referral;
  }
  Referral Redirected(const Person& who, const Referral& referral, const std::string& to) {
    RedirectReferralRequest request;
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    request.set_reason("it is theirs");
    request.set_to_agency(to);
    return Must<RedirectReferralResponse>(who, "protocols.v1.ReferralService/RedirectReferral", request)
        .onward();
  }
};

TEST_F(FieldReferrals, ASuspicionSendsAReferralNowhereThatNoProtocolLeads) {
  York();
  const int sent = Received(kWorker), received = Received(kOtherMember);
  // A referral cannot implicate an agency that does not exist, or one that has no staff who could
  // be suspected.
  EXPECT_EQ(Refused(Suspecting("ps-atlantis", "ps-durham")), "AGENCY_UNKNOWN");
  EXPECT_EQ(Refused(Suspecting("cr-york", "ps-durham")), "AGENCY_OF_OTHER_KIND");
  EXPECT_EQ(Refused(Suspecting("", "ps-durham")), "IMPLICATED_AGENCY");
  // A referral goes neither to a Crown nor to an agency that does not exist.
  EXPECT_EQ(Refused(Suspecting("ps-york", "cr-york")), "AGENCY_OF_OTHER_KIND");
  EXPECT_EQ(Refused(Suspecting("ps-york", "ps-atlantis")), "AGENCY_UNKNOWN");
  // The receiver has nothing to do with this protocol, or only observes it.
  EXPECT_EQ(Refused(Suspecting("cas-toronto", "ps-durham")), "SIDES_NOT_SIGNATORIES");
  EXPECT_EQ(Refused(Suspecting("ps-durham", "ps-peel")), "SIDES_NOT_SIGNATORIES");
  EXPECT_EQ(Received(kWorker), sent);
  EXPECT_EQ(Received(kOtherMember), received);
  // If the suspicion were removed or changed, the referral would be left without a protocol.
  const auto allowed = Send(kWorker, Suspecting("ps-york", "ps-durham"));
  ASSERT_OK(allowed);
  Referral changed = *allowed;
  changed.set_staff_suspect(false);
  EXPECT_EQ(Correct(kWorker, changed, "staff_suspect"), "MASK_INVALID");
  changed.set_implicated_agency("cas-durham");
  EXPECT_EQ(Correct(kWorker, changed, "implicated_agency"), "MASK_INVALID");
  changed.set_implicated_agency("ps-atlantis");
  EXPECT_EQ(Correct(kWorker, changed, "implicated_agency"), "AGENCY_UNKNOWN");
  EXPECT_EQ(SeenReferral(kOtherMember, allowed->name()).implicated_agency(), "ps-york");
}

TEST_F(FieldReferrals, AfterARedirectTheFirstSenderHasNoHandInTheInvestigation) {
  const auto sent = Send(kWorker, Letter(York()));
  ASSERT_OK(sent);
  Referral onward = Redirected(kSupervisor, *sent, "ps-durham");
  ASSERT_EQ(MoveReferral<AcknowledgeReferralRequest>(kOtherMember, "AcknowledgeReferral", &onward), "");
  ASSERT_EQ(Screen(kOtherSupervisor, &onward, REFERRAL_STATE_JOINT), "");
  EXPECT_EQ(SeenReferral(kWorker, onward.name()).state(), REFERRAL_STATE_JOINT) << "it follows";

  const std::string investigations = "protocols.v1.JointInvestigationService/";
  CreateJointInvestigationRequest begin;
  begin.set_parent("agencies/cas-york");
  begin.mutable_joint_investigation()->set_referral(onward.name());
  EXPECT_EQ(
      Refusal<JointInvestigation>(kSocietySupervisor, investigations + "CreateJointInvestigation", begin),
      "NOT_SENDER_OR_RECEIVER");
  begin.set_parent("agencies/ps-durham");
  const auto joint =
      Must<JointInvestigation>(kOtherSupervisor, investigations + "CreateJointInvestigation", begin);
  const auto tries = [&](const std::string& verb, auto request) {
    JointInvestigation theirs = joint;
    return Move(kSocietySupervisor, investigations + verb, &theirs, request);
  };
  PlanJointInvestigationRequest plan;
  plan.add_order(JOINT_STEP_KIND_SAFETY_PLAN);
  EXPECT_EQ(tries("PlanJointInvestigation", plan), "NOT_FOUND");
  RecordJointInvestigationDecisionRequest decide;
  decide.mutable_decision()->set_text("we decide");
  decide.mutable_decision()->set_reason("because");
  EXPECT_EQ(tries("RecordJointInvestigationDecision", decide), "NOT_FOUND");
  JoinJointInvestigationRequest join;
  join.set_actor("worker");
  EXPECT_EQ(tries("JoinJointInvestigation", join), "NOT_FOUND");
  RecordJointInvestigationStepRequest step;
  step.mutable_step()->set_kind(JOINT_STEP_KIND_SAFETY_PLAN);
  EXPECT_EQ(tries("RecordJointInvestigationStep", step), "NOT_FOUND");
  ConcludeJointInvestigationRequest conclude;
  conclude.set_outcome(INVESTIGATION_OUTCOME_NOT_SUBSTANTIATED);
  EXPECT_EQ(tries("ConcludeJointInvestigation", conclude), "NOT_FOUND");
  GetJointInvestigationRequest get;
  get.set_name(joint.name());
  EXPECT_EQ(Refusal<JointInvestigation>(kWorker, investigations + "GetJointInvestigation", get), "NOT_FOUND");
  EXPECT_EQ(Must<JointInvestigation>(kOtherMember, investigations + "GetJointInvestigation", get)
                .ShortDebugString(),
            joint.ShortDebugString());

  // The referral itself does not show the suspicion, and neither does a dispute about it.
  const std::string before = SeenReferral(kOtherMember, onward.name()).ShortDebugString();
  Referral followed = SeenReferral(kWorker, onward.name());
  FlagReferralRequest flag;
  flag.mutable_flag()->set_text("ours?");
  EXPECT_EQ(MoveReferral(kWorker, "FlagReferral", &followed, flag), "NOT_SENDER_OR_RECEIVER");
  EXPECT_EQ(Screen(kSocietySupervisor, &followed, REFERRAL_STATE_NO_FURTHER_ACTION), "NOT_THE_RECEIVER");
  RevokeReferralRequest revoke;
  revoke.set_reason("never mind");
  EXPECT_EQ(MoveReferral(kWorker, "RevokeReferral", &followed, revoke), "NOT_THE_SENDER");
  CreateDisputeRequest quarrel;
  quarrel.set_parent("agencies/cas-york");
  quarrel.mutable_dispute()->set_about(onward.name());
  quarrel.mutable_dispute()->set_with_agency("ps-durham");
  quarrel.mutable_dispute()->set_issue("who interviews");
  EXPECT_EQ(Refusal<Dispute>(kSocietySupervisor, "protocols.v1.DisputeService/CreateDispute", quarrel),
            "OTHER_SIDE");
  EXPECT_EQ(SeenReferral(kOtherMember, onward.name()).ShortDebugString(), before);
}

TEST_F(FieldReferrals, AFirstNationsChildIsScreenedInNoWayBeforeTheCommunityIsTold) {
  CreateReferralRequest letter = Letter(York());
  letter.mutable_referral()->set_indigenous_identity(INDIGENOUS_IDENTITY_FIRST_NATIONS);
  Referral referral = Acknowledged(letter);
  for (const auto outcome : {REFERRAL_STATE_POLICE_LEAD, REFERRAL_STATE_CAS_LEAD, REFERRAL_STATE_JOINT,
                             REFERRAL_STATE_CONSULT_ONLY, REFERRAL_STATE_NO_FURTHER_ACTION}) {
    EXPECT_EQ(Screen(kSupervisor, &referral, outcome), "COMMUNITY_NOTICE_REQUIRED") << outcome;
  }
  // The sender states another identity afterwards.
  Referral changed = referral;
  changed.set_indigenous_identity(INDIGENOUS_IDENTITY_NO);
  EXPECT_EQ(Correct(kWorker, changed, "indigenous_identity"), "");
  referral = SeenReferral(kSupervisor, referral.name());
  EXPECT_EQ(Screen(kSupervisor, &referral, REFERRAL_STATE_POLICE_LEAD), "COMMUNITY_NOTICE_REQUIRED");
  // The referral is redirected to another service. The duty goes with it, whatever its new sender says.
  Referral onward = Redirected(kSupervisor, referral, "ps-durham");
  ASSERT_EQ(MoveReferral<AcknowledgeReferralRequest>(kOtherMember, "AcknowledgeReferral", &onward), "");
  onward.set_indigenous_identity(INDIGENOUS_IDENTITY_NO);
  Correct(kMember, onward, "indigenous_identity");
  onward = SeenReferral(kOtherSupervisor, onward.name());
  EXPECT_EQ(Screen(kOtherSupervisor, &onward, REFERRAL_STATE_POLICE_LEAD), "COMMUNITY_NOTICE_REQUIRED");
  EXPECT_EQ(SeenReferral(kSocietySupervisor, onward.name()).state(), REFERRAL_STATE_ACKNOWLEDGED);

  // The child was screened as another one, and the identity was learned afterwards. The duty begins before
  // the end, and cannot be undone.
  Referral later = Acknowledged(Letter(York()));
  ASSERT_EQ(Screen(kSupervisor, &later, REFERRAL_STATE_POLICE_LEAD), "");
  changed = later;
  changed.set_indigenous_identity(INDIGENOUS_IDENTITY_FIRST_NATIONS);
  ASSERT_EQ(Correct(kWorker, changed, "indigenous_identity"), "");
  changed.set_indigenous_identity(INDIGENOUS_IDENTITY_NO);
  EXPECT_EQ(Correct(kWorker, changed, "indigenous_identity"), "IDENTITY_STANDS");
  later = SeenReferral(kSupervisor, later.name());
  CloseReferralRequest close;
  close.set_investigation_outcome(INVESTIGATION_OUTCOME_SUSPECTED);
  EXPECT_EQ(MoveReferral(kSupervisor, "CloseReferral", &later, close), "COMMUNITY_NOTICE_REQUIRED");
  EXPECT_EQ(SeenReferral(kWorker, later.name()).state(), REFERRAL_STATE_POLICE_LEAD);
}

TEST_F(FieldReferrals, TheCallBeforeAnImmediateReferralIsNeitherTakenBackNorMadeUp) {
  CreateReferralRequest letter = Letter(York());
  letter.mutable_referral()->set_urgency(URGENCY_IMMEDIATE);
  EXPECT_EQ(Refused(letter), "PHONE_CONTACT_REQUIRED");
  const auto at = [](absl::Time time, Referral* referral) {
    *referral->mutable_phone_contact_at() = ToProto(time);
  };
  at(absl::Now() + absl::Hours(1), letter.mutable_referral());
  EXPECT_EQ(Refused(letter), "PHONE_CONTACT_IN_FUTURE");
  letter.mutable_referral()->set_event_date(Days(-1));
  at(absl::Now() - absl::Minutes(1), letter.mutable_referral());
  const auto sent = Send(kWorker, letter);
  ASSERT_OK(sent);
  const std::string before = SeenReferral(kMember, sent->name()).ShortDebugString();
  Referral changed = *sent;
  changed.clear_phone_contact_at();
  EXPECT_EQ(Correct(kWorker, changed, "phone_contact_at"), "PHONE_CONTACT_REQUIRED");
  at(absl::Now() + absl::Hours(24), &changed);
  EXPECT_EQ(Correct(kWorker, changed, "phone_contact_at"), "PHONE_CONTACT_IN_FUTURE");
  // The step comes after the referral that followed it, and before the one that it was about.
  at(FromProto(sent->create_time()) + absl::Milliseconds(1), &changed);
  EXPECT_EQ(Correct(kWorker, changed, "phone_contact_at"), "PHONE_CONTACT_IN_FUTURE");
  at(absl::Now() - absl::Hours(72), &changed);
  EXPECT_EQ(Correct(kWorker, changed, "phone_contact_at"), "PHONE_CONTACT_BEFORE_EVENT");
  EXPECT_EQ(SeenReferral(kMember, sent->name()).ShortDebugString(), before);

  // This referral becomes immediate without a telephone call.
  const auto calm = Send(kWorker, Letter(York()));
  ASSERT_OK(calm);
  changed = *calm;
  changed.set_urgency(URGENCY_IMMEDIATE);
  EXPECT_EQ(Correct(kWorker, changed, "urgency"), "PHONE_CONTACT_REQUIRED");
  EXPECT_EQ(SeenReferral(kMember, calm->name()).urgency(), URGENCY_H12);
}

}  // namespace
}  // namespace accord::e2e
