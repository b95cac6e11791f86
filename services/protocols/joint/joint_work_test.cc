#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class JointWork : public UnderAProtocol {
 protected:
  absl::StatusOr<v1::JointInvestigation> Begin(const Caller& caller, const v1::Referral& referral) {
    v1::CreateJointInvestigationRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_joint_investigation()->set_referral(referral.name());
    return Call<v1::JointInvestigation>(caller, request);
  }
  absl::StatusOr<v1::JointInvestigation> Step(const Caller& caller, const v1::JointInvestigation& joint,
                                              v1::JointStepKind kind) {
    v1::RecordJointInvestigationStepRequest request;
    request.mutable_step()->set_kind(kind);
    return Do(caller, joint, request);
  }
};

TEST_F(JointWork, OneInvestigationAReferralLedByWhoOpensIt) {
  EXPECT_THAT(Begin(society_supervisor_, Sent()), RefusedBy(rules::kReferralNotJoint));
  const v1::Referral referral = JointReferral();
  EXPECT_TRUE(absl::IsNotFound(
      Begin(Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham"), referral).status()));
  const auto joint = Begin(society_supervisor_, referral);
  ASSERT_OK(joint);
  EXPECT_EQ(ReadReferral(referral.name(), member_).joint_investigation(), joint->name());
  EXPECT_THAT(Begin(police_supervisor_, referral), RefusedBy(rules::kAlreadyOpened));
  EXPECT_THAT((Do<v1::JointInvestigation, v1::ConcludeJointInvestigationRequest>(
                  police_supervisor_, *joint,
                  [] {
                    v1::ConcludeJointInvestigationRequest request;
                    request.set_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
                    return request;
                  }())),
              RefusedBy(rules::kNotTheLead));
}

TEST_F(JointWork, TheReferralsOwnerIsToldThatItWasOpenedBeside) {
  const v1::Referral referral = JointReferral();
  v1::CreateJointInvestigationRequest request;
  request.set_parent("agencies/ps-york");
  request.mutable_joint_investigation()->set_referral(referral.name());
  request.set_request_id(RequestId());
  const auto reply = Must(in_process_.ReplyTo(police_supervisor_, request));
  ASSERT_EQ(reply.touched.changed_size(), 1);
  EXPECT_EQ(reply.touched.changed(0).resource().name(), referral.name());
  EXPECT_EQ(reply.touched.changed(0).resource().owner(), "cas-york");
  EXPECT_FALSE(reply.touched.changed(0).hidden()) << "the police see it too";
}

TEST_F(JointWork, AStepOutOfTheAgreedOrderIsADeviationAndNeverRefused) {
  v1::JointInvestigation joint = Must(Begin(police_supervisor_, JointReferral()));
  v1::PlanJointInvestigationRequest plan;
  plan.add_order(v1::JOINT_STEP_KIND_RECORDS_CHECK_CAS);
  plan.add_order(v1::JOINT_STEP_KIND_CHILD_INTERVIEW);
  plan.add_order(v1::JOINT_STEP_KIND_CAREGIVER_CONTACT);
  joint = Must(Do(society_supervisor_, joint, plan));
  EXPECT_EQ(joint.steps(0).kind(), v1::JOINT_STEP_KIND_PLANNING_MEETING);
  plan.add_order(v1::JOINT_STEP_KIND_CHILD_INTERVIEW);
  EXPECT_THAT(Do(society_supervisor_, joint, plan), RefusedBy(rules::kStepTwice));
  EXPECT_THAT(Step(member_, joint, v1::JOINT_STEP_KIND_RECORDS_CHECK_CAS),
              RefusedBy(rules::kStepNotOfAgency));
  EXPECT_THAT(Step(member_, joint, v1::JOINT_STEP_KIND_PLANNING_MEETING),
              RefusedBy(rules::kPlanningHasAnOrder));
  joint = Must(Step(worker_, joint, v1::JOINT_STEP_KIND_SAFETY_PLAN));
  joint = Must(Step(member_, joint, v1::JOINT_STEP_KIND_CHILD_INTERVIEW));
  joint = Must(Step(worker_, joint, v1::JOINT_STEP_KIND_RECORDS_CHECK_CAS));
  joint = Must(Step(member_, joint, v1::JOINT_STEP_KIND_CAREGIVER_CONTACT));
  std::vector<bool> deviations;
  for (const auto& step : joint.steps()) deviations.push_back(step.deviation());
  EXPECT_THAT(deviations, ::testing::ElementsAre(false, false, true, false, false));
}

TEST_F(JointWork, WhoeverLeavesTheTeamMakesRoomForAColleague) {
  v1::JointInvestigation joint = Must(Begin(police_supervisor_, JointReferral()));
  const auto join = [&](const Caller& caller, const std::string& actor) {
    v1::JoinJointInvestigationRequest request;
    request.set_actor(actor);
    joint = Must(Do(caller, joint, request));
  };
  const auto leave = [&](const Caller& caller, const std::string& actor, const std::string& successor) {
    v1::LeaveJointInvestigationRequest request;
    request.set_actor(actor);
    request.set_successor(successor);
    const auto left = Do(caller, joint, request);
    if (left.ok()) joint = *left;
    return testing::RuleOrError(left.status());
  };
  const auto team = [&] {
    std::vector<std::string> people;
    for (const auto& member : joint.team()) people.push_back(member.agency() + "/" + member.actor());
    return people;
  };
  join(society_supervisor_, "worker");
  join(police_supervisor_, "member");
  join(police_supervisor_, "constable");
  EXPECT_EQ(leave(police_supervisor_, "worker", ""), "MEMBER_ABSENT") << "of the other agency";
  EXPECT_EQ(leave(police_supervisor_, "member", "member"), "ALREADY_MEMBER");
  EXPECT_EQ(leave(police_supervisor_, "member", "sergeant"), "");
  EXPECT_THAT(team(), ::testing::ElementsAre("cas-york/worker", "ps-york/sergeant", "ps-york/constable"));
  EXPECT_EQ(leave(police_supervisor_, "member", "sergeant"), "MEMBER_ABSENT");
  EXPECT_EQ(leave(police_supervisor_, "sergeant", "constable"), "");
  EXPECT_THAT(team(), ::testing::ElementsAre("cas-york/worker", "ps-york/constable"))
      << "who is there already is there once";
  EXPECT_EQ(leave(society_supervisor_, "worker", ""), "");
  EXPECT_THAT(team(), ::testing::ElementsAre("ps-york/constable"));
}

TEST_F(JointWork, AReferralClosesWithWhatItsInvestigationFound) {
  v1::Referral referral = JointReferral();
  v1::JointInvestigation joint = Must(Begin(police_supervisor_, referral));
  referral = ReadReferral(referral.name(), member_);
  v1::CloseReferralRequest close;
  close.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_TRAFFICKING_CONFIRMED);
  const auto closing = [&] { return testing::RuleOrError(Do(police_supervisor_, referral, close).status()); };
  EXPECT_EQ(closing(), "JOINT_INVESTIGATION_OPEN");
  v1::ConcludeJointInvestigationRequest conclude;
  conclude.set_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  conclude.set_charges_laid(true);
  joint = Must(Do(police_supervisor_, joint, conclude));
  EXPECT_THAT(Step(member_, joint, v1::JOINT_STEP_KIND_DEBRIEF), RefusedBy(rules::kStateNotPermitted));
  EXPECT_EQ(closing(), "JOINT_INVESTIGATION_OPEN");
  close.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  EXPECT_EQ(closing(), "");
}

}  // namespace
}  // namespace accord::protocols
