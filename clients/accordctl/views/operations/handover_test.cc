#include "clients/accordctl/views/operations/handover.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/training/v1/offering_service.pb.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace c = prosecution::v1;

const Handover kToSergeant{"ps-york", "member", "sergeant"};

p::Referral Assigned(const std::string& assignee, p::ReferralState state = p::REFERRAL_STATE_JOINT) {
  p::Referral referral;
  referral.set_name("agencies/cas-york/referrals/01a");
  referral.set_to_agency("ps-york");
  referral.set_assignee(assignee);
  referral.set_state(state);
  referral.set_etag("v3");
  return referral;
}

p::JointInvestigation Joint() {
  p::JointInvestigation joint;
  joint.set_name("agencies/ps-york/jointInvestigations/02b");
  joint.set_state(p::JOINT_INVESTIGATION_STATE_OPEN);
  joint.set_etag("v2");
  auto* member = joint.add_team();
  member->set_agency("ps-york");
  member->set_actor("member");
  return joint;
}

c::Case WithCrown(const std::string& until) {
  c::Case of;
  of.set_name("agencies/ps-york/cases/03c");
  of.set_etag("v1");
  auto* assignment = of.add_assignments();
  assignment->set_agency("ps-york");
  assignment->set_crown("member");
  assignment->set_mode(c::ASSIGNMENT_MODE_CO_COUNSEL);
  assignment->set_to(until);
  return of;
}

template <class Record>
std::vector<OpenWork> Of(const Record& record, const Handover& handover = kToSergeant) {
  std::vector<OpenWork> work;
  AddOpenWork(handover, record, &work);
  return work;
}

// This is the call that a line makes, as its method reads it.
template <class Req>
Req RequestOf(const OpenWork& work) {
  const Command* command = FindCommand(work.verb, work.noun);
  Req request;
  EXPECT_NE(command, nullptr) << work.verb << " " << work.noun;
  if (command == nullptr) return request;
  EXPECT_EQ(command->request(), Req::descriptor());
  EXPECT_TRUE(FromJson(work.request, &request).ok()) << DumpJson(work.request);
  return request;
}

TEST(Handover, AReferralIsAssignedToWhoTakesItOver) {
  const auto work = Of(Assigned("member"));
  ASSERT_EQ(work.size(), 1u);
  EXPECT_EQ(work[0].state, "joint");
  const auto request = RequestOf<p::AssignReferralRequest>(work[0]);
  EXPECT_EQ(request.name(), "agencies/cas-york/referrals/01a");
  EXPECT_EQ(request.etag(), "v3");
  EXPECT_EQ(request.assignee(), "sergeant");
  const auto back = Of(Assigned("member"), {"ps-york", "member", ""});
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(RequestOf<p::AssignReferralRequest>(back[0]).assignee(), "") << "the supervisors have it again";
}

TEST(Handover, AnInspectorsReferralIsAssignedToWhoTakesItOver) {
  p::InspectorReferral referral;
  referral.set_name("agencies/svc-training/inspectorReferrals/05e");
  referral.set_to_agency("ps-york");
  referral.set_assignee("member");
  referral.set_state(p::INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED);
  referral.set_etag("v4");
  const auto work = Of(referral);
  ASSERT_EQ(work.size(), 1u);
  EXPECT_EQ(work[0].state, "acknowledged");
  const auto request = RequestOf<p::AssignInspectorReferralRequest>(work[0]);
  EXPECT_EQ(request.name(), referral.name());
  EXPECT_EQ(request.etag(), "v4");
  EXPECT_EQ(request.assignee(), "sergeant");
  EXPECT_THAT(Of(referral, {"cas-york", "member", "worker"}), ::testing::IsEmpty());
  EXPECT_THAT(Of(referral, {"ps-york", "constable", "sergeant"}), ::testing::IsEmpty());
  referral.set_state(p::INSPECTOR_REFERRAL_STATE_CLOSED);
  EXPECT_THAT(Of(referral), ::testing::IsEmpty());
}

TEST(Handover, WhatHasEndedOrIsAnothersStaysAsItIs) {
  EXPECT_THAT(Of(Assigned("constable")), ::testing::IsEmpty());
  for (const auto state : {p::REFERRAL_STATE_CLOSED, p::REFERRAL_STATE_REDIRECTED, p::REFERRAL_STATE_REVOKED,
                           p::REFERRAL_STATE_REJECTED}) {
    EXPECT_THAT(Of(Assigned("member", state)), ::testing::IsEmpty()) << state;
  }
  // Somebody at the other agency has the same id.
  EXPECT_THAT(Of(Assigned("member"), {"cas-york", "member", "worker"}), ::testing::IsEmpty());
  p::JointInvestigation joint = Joint();
  EXPECT_THAT(Of(joint, {"cas-york", "member", "worker"}), ::testing::IsEmpty());
  joint.set_state(p::JOINT_INVESTIGATION_STATE_CONCLUDED);
  EXPECT_THAT(Of(joint), ::testing::IsEmpty());
  EXPECT_THAT(Of(WithCrown("2026-11-20")), ::testing::IsEmpty());
}

TEST(Handover, APlaceOnATeamGoesToTheSuccessor) {
  const auto work = Of(Joint());
  ASSERT_EQ(work.size(), 1u);
  const auto request = RequestOf<p::LeaveJointInvestigationRequest>(work[0]);
  EXPECT_EQ(request.actor(), "member");
  EXPECT_EQ(request.successor(), "sergeant");
}

TEST(Handover, ACrownsCaseGoesOnInItsMode) {
  const auto work = Of(WithCrown(""));
  ASSERT_EQ(work.size(), 1u);
  EXPECT_EQ(work[0].state, "co_counsel");
  const auto request = RequestOf<c::ReplaceCrownRequest>(work[0]);
  EXPECT_EQ(request.agency(), "ps-york");
  EXPECT_EQ(request.crown(), "member");
  EXPECT_EQ(request.successor(), "sergeant");
}

TEST(Handover, WhatIsStillToBeTaughtIsTaughtByTheSuccessor) {
  training::v1::Offering offering;
  offering.set_name("agencies/ps-york/courses/git/offerings/04d");
  offering.set_etag("v1");
  offering.add_instructors("member");
  offering.set_state(training::v1::OFFERING_STATE_CLOSED);
  const auto work = Of(offering);
  ASSERT_EQ(work.size(), 1u);
  const auto request = RequestOf<training::v1::ReplaceOfferingInstructorRequest>(work[0]);
  EXPECT_EQ(request.instructor(), "member");
  EXPECT_EQ(request.successor(), "sergeant");
  offering.set_state(training::v1::OFFERING_STATE_DELIVERED);
  EXPECT_THAT(Of(offering), ::testing::IsEmpty()) << "who taught it taught it";
  offering.set_state(training::v1::OFFERING_STATE_OPEN);
  EXPECT_THAT(Of(offering, {"pc-opc", "member", "sergeant"}), ::testing::IsEmpty());
}

TEST(Handover, TheSameOfTheSameVersionIsTheSameRequest) {
  const std::string name = "agencies/cas-york/referrals/01a";
  const std::string once = RequestIdOf(kToSergeant, name, "v3");
  EXPECT_EQ(RequestIdOf(kToSergeant, name, "v3"), once);
  EXPECT_LE(once.size(), 64u);
  EXPECT_EQ(once.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos);
  EXPECT_NE(RequestIdOf(kToSergeant, name, "v4"), once);
  EXPECT_NE(RequestIdOf({"ps-york", "member", ""}, name, "v3"), once);
  EXPECT_NE(RequestIdOf(kToSergeant, "agencies/cas-york/referrals/01b", "v3"), once);
}

}  // namespace
}  // namespace accord::ctl
