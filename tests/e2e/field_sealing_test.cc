// These tests try through the gateway to make a report of a child in need of protection disappear, and to
// read it without permission.
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

using ::testing::Contains;
using ::testing::Not;

class FieldSealing : public Field {
 protected:
  std::string Record(const Person& who, const std::string& name, YouthDisposition disposition,
                     const std::string& from) {
    Referral referral = SeenReferral(who, name);
    RecordReferralYouthRecordRequest request;
    request.mutable_record()->set_disposition(disposition);
    request.mutable_record()->set_counted_from(from);
    return MoveReferral(who, "RecordReferralYouthRecord", &referral, request);
  }
  std::string Acquitted(const Person& who, const std::string& name) {
    return Record(who, name, YOUTH_DISPOSITION_ACQUITTAL, "2001-01-01");
  }
  std::string Hold(const Person& officer, const std::string& name) {
    PlaceLegalHoldRequest request;
    request.set_resource(name);
    request.set_reason("a court order");
    return Refusal<LegalHold>(officer, "protocols.v1.RetentionService/PlaceLegalHold", request);
  }
  std::string Duty() {
    const auto sent = Send(kMember, Report(York()));
    EXPECT_OK(sent);
    return sent.value_or(Referral()).name();
  }
  bool Gone(const Person& who, const std::string& name) {
    GetReferralRequest request;
    request.set_name(name);
    return Refusal<Referral>(who, "protocols.v1.ReferralService/GetReferral", request) == "NOT_FOUND";
  }
  // Two people of the agency open a record in an emergency. The answer is the same whether or not
  // they succeed.
  void Break(const std::string& agency, const std::string& name) {
    const std::string purpose = agency.starts_with("cas-") ? "child_protection" : "criminal_investigation";
    const Person first{agency, agency.starts_with("cas-") ? "worker" : "member", purpose};
    RequestEmergencyAccessRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_emergency_access()->set_resource(name);
    request.mutable_emergency_access()->set_danger(DANGER_IMMINENT_DANGER_TO_LIFE);
    request.mutable_emergency_access()->set_reason("the child was seen in a grey van");
    EmergencyAccess access =
        Must<EmergencyAccess>(first, "protocols.v1.EmergencyAccessService/RequestEmergencyAccess", request);
    EXPECT_EQ(Move<ApproveEmergencyAccessRequest>(
                  {agency, "supervisor", purpose},
                  "protocols.v1.EmergencyAccessService/ApproveEmergencyAccess", &access),
              "");
    EXPECT_EQ(access.state(), EMERGENCY_ACCESS_STATE_GRANTED);
  }
  Referral Suspected(const std::string& implicated, const std::string& to) {
    CreateReferralRequest letter = Letter(York());
    letter.mutable_referral()->set_staff_suspect(true);
    letter.mutable_referral()->set_implicated_agency(implicated);
    letter.mutable_referral()->set_to_agency(to);
    const auto sent = Send(kWorker, letter);
    EXPECT_OK(sent);
    return sent.value_or(Referral());
  }
};

TEST_F(FieldSealing, ASenderAloneMakesNoDutyToReportDisappearAndBothSidesHearOfAnEnd) {
  const std::string duty = Duty(), held = Duty(), ended = Duty();
  const auto counted = [&] {
    CountReferralsRequest request;
    return Must<CountReferralsResponse>(kSocietySupervisor, "protocols.v1.ReferralService/CountReferrals",
                                        request)
        .ShortDebugString();
  };
  const std::string before = counted();
  // The sender states alone that the matter has ended: on a past day, then tomorrow, and once more by the
  // same person.
  EXPECT_EQ(Acquitted(kSupervisor, duty), "");
  EXPECT_EQ(Acquitted(kSupervisor, duty), "");
  EXPECT_EQ(Record(kSupervisor, duty, YOUTH_DISPOSITION_REPRIMAND, Days(-58)), "");
  for (const std::string& future : {Days(1), std::string("9999-01-01")}) {
    EXPECT_EQ(Record(kSupervisor, duty, YOUTH_DISPOSITION_ACQUITTAL, future), "COUNTED_FROM_IN_FUTURE");
    EXPECT_EQ(Record(kSocietySupervisor, duty, YOUTH_DISPOSITION_STAY, future), "COUNTED_FROM_IN_FUTURE");
  }
  // The receiver reads the statement, and the deadlines continue.
  Referral seen = SeenReferral(kWorker, duty);
  EXPECT_EQ(seen.state(), REFERRAL_STATE_SUBMITTED);
  EXPECT_FALSE(seen.has_youth_record());
  ASSERT_EQ(seen.proposed_youth_records_size(), 1);
  EXPECT_EQ(seen.proposed_youth_records(0).recorded_by_agency(), "ps-york");
  EXPECT_TRUE(seen.has_acknowledge_due());
  EXPECT_EQ(counted(), before);

  // Two people, one of each side, end one record. A hold by either side keeps another.
  EXPECT_EQ(Hold(kSocietyOfficer, held), "");
  EXPECT_EQ(Hold(kOtherOfficer, held), "NOT_FOUND");
  for (const std::string& name : {held, ended}) {
    EXPECT_EQ(Acquitted(kSupervisor, name), "");
    EXPECT_EQ(Acquitted(kSocietySupervisor, name), "");
  }
  ASSERT_TRUE(Eventually([&] { return Gone(kWorker, ended); }, absl::Minutes(1)));
  for (const Person& officer : {kSocietyOfficer, kOfficer}) {
    EXPECT_THAT(Tombstones(officer), Contains(ended)) << officer.agency;
    EXPECT_EQ(Alerts(officer, PRIVACY_ALERT_KIND_RECORD_ENDED, ended), 1) << officer.agency;
    EXPECT_THAT(Tombstones(officer), Not(Contains(duty))) << officer.agency;
    EXPECT_EQ(Alerts(officer, PRIVACY_ALERT_KIND_RECORD_ENDED, duty), 0) << officer.agency;
  }
  EXPECT_EQ(Alerts(kOtherOfficer, PRIVACY_ALERT_KIND_RECORD_ENDED, ended), 0);
  EXPECT_EQ(SeenReferral(kWorker, duty).ShortDebugString(), seen.ShortDebugString());
  EXPECT_EQ(SeenReferral(kWorker, held).name(), held);
}

TEST_F(FieldSealing, WhatASealedRecordSaidIsToldByNothingThatWasMadeOfIt) {
  CreateReferralRequest letter = Letter(York());
  letter.set_request_id(FieldWorld::RequestId());
  const Referral sent = Must<Referral>(kWorker, "protocols.v1.ReferralService/CreateReferral", letter);
  CreateDisputeRequest quarrel;
  quarrel.set_parent("agencies/cas-york");
  quarrel.mutable_dispute()->set_about(sent.name());
  quarrel.mutable_dispute()->set_with_agency("ps-york");
  quarrel.mutable_dispute()->set_issue("who speaks to the child");
  const auto dispute =
      Must<Dispute>(kSocietySupervisor, "protocols.v1.DisputeService/CreateDispute", quarrel);
  RedirectReferralRequest redirect;
  redirect.set_name(sent.name());
  redirect.set_etag(sent.etag());
  redirect.set_reason("it is Durham's");
  redirect.set_to_agency("ps-durham");
  Referral onward =
      Must<RedirectReferralResponse>(kSupervisor, "protocols.v1.ReferralService/RedirectReferral", redirect)
          .onward();
  ASSERT_EQ(MoveReferral<AcknowledgeReferralRequest>(kOtherMember, "AcknowledgeReferral", &onward), "");
  ASSERT_EQ(Screen(kOtherSupervisor, &onward, REFERRAL_STATE_JOINT), "");
  CreateJointInvestigationRequest begin;
  begin.set_parent("agencies/ps-durham");
  begin.mutable_joint_investigation()->set_referral(onward.name());
  const std::string investigations = "protocols.v1.JointInvestigationService/";
  auto joint = Must<JointInvestigation>(kOtherSupervisor, investigations + "CreateJointInvestigation", begin);
  RecordJointInvestigationStepRequest step;
  step.mutable_step()->set_kind(JOINT_STEP_KIND_CHILD_INTERVIEW);
  step.mutable_step()->set_note("what the child said");
  ASSERT_EQ(Move(kOtherMember, investigations + "RecordJointInvestigationStep", &joint, step), "");

  ASSERT_EQ(Acquitted(kSupervisor, onward.name()), "");
  ASSERT_EQ(Acquitted(kOtherSupervisor, onward.name()), "");
  ASSERT_TRUE(Eventually([&] { return Gone(kOtherMember, onward.name()); }, absl::Minutes(1)));
  for (const Person& who : {kWorker, kMember, kOtherMember}) {
    EXPECT_TRUE(Gone(who, sent.name())) << who.agency;
    EXPECT_TRUE(Gone(who, onward.name())) << who.agency;
    ListReferralRevisionsRequest revisions;
    revisions.set_name(onward.name());
    EXPECT_EQ(Refusal<ListReferralRevisionsResponse>(
                  who, "protocols.v1.ReferralService/ListReferralRevisions", revisions),
              "NOT_FOUND");
  }
  GetJointInvestigationRequest get_joint;
  get_joint.set_name(joint.name());
  GetDisputeRequest get_dispute;
  get_dispute.set_name(dispute.name());
  for (const Person& who : {kOtherMember, kMember}) {
    EXPECT_EQ(Refusal<JointInvestigation>(who, investigations + "GetJointInvestigation", get_joint),
              "NOT_FOUND");
  }
  for (const Person& who : {kSocietySupervisor, kSupervisor}) {
    EXPECT_EQ(Refusal<Dispute>(who, "protocols.v1.DisputeService/GetDispute", get_dispute), "NOT_FOUND");
  }
  // A list does not show it, and neither does the stored answer to an earlier request.
  const auto disputes = Must<ListDisputesResponse>(kSupervisor, "protocols.v1.DisputeService/ListDisputes",
                                                   ListDisputesRequest());
  for (const auto& each : disputes.disputes()) EXPECT_NE(each.name(), dispute.name());
  const auto joints = Must<ListJointInvestigationsResponse>(
      kOtherMember, investigations + "ListJointInvestigations", ListJointInvestigationsRequest());
  for (const auto& each : joints.joint_investigations()) EXPECT_NE(each.name(), joint.name());
  EXPECT_EQ(Refusal<Referral>(kWorker, "protocols.v1.ReferralService/CreateReferral", letter), "NOT_FOUND");
  // Each party is told of what was its own.
  EXPECT_THAT(Tombstones(kSocietyOfficer), Contains(sent.name()));
  EXPECT_THAT(Tombstones(kSocietyOfficer), Contains(dispute.name()));
  for (const std::string& name : {sent.name(), onward.name(), joint.name(), dispute.name()}) {
    EXPECT_THAT(Tombstones(kOfficer), Contains(name));
  }
  EXPECT_THAT(Tombstones(kOtherOfficer), Contains(onward.name()));
  EXPECT_THAT(Tombstones(kOtherOfficer), Contains(joint.name()));
}

TEST_F(FieldSealing, BreakGlassOpensNothingToTheAgencyWhoseStaffIsSuspected) {
  // Neither the receiver nor the sender may open it, nor an agency that has nothing to do with it.
  const Referral durhams = Suspected("ps-durham", "ps-york");
  Break("ps-durham", durhams.name());
  EXPECT_TRUE(Gone(kOtherMember, durhams.name()));
  EXPECT_TRUE(Gone(kOtherSupervisor, durhams.name()));
  for (const Person& officer : {kSocietyOfficer, kOtherOfficer, kOfficer}) {
    EXPECT_EQ(Alerts(officer, PRIVACY_ALERT_KIND_EMERGENCY_ACCESS, durhams.name()), 0) << officer.agency;
  }
  const Referral own = Suspected("cas-york", "ps-durham");
  Break("cas-york", own.name());
  EXPECT_TRUE(Gone(kWorker, own.name()));
  EXPECT_TRUE(Gone(kSocietySupervisor, own.name()));
  EXPECT_EQ(SeenReferral(kOtherMember, own.name()).name(), own.name());
  // It opens to another agency, and the receiver is told of it, not the suspected agency.
  Break("ps-peel", own.name());
  EXPECT_EQ(SeenReferral({"ps-peel", "member", "criminal_investigation"}, own.name()).name(), own.name());
  EXPECT_EQ(Alerts(kOtherOfficer, PRIVACY_ALERT_KIND_EMERGENCY_ACCESS, own.name()), 1);
  EXPECT_EQ(Alerts(kSocietyOfficer, PRIVACY_ALERT_KIND_EMERGENCY_ACCESS, own.name()), 0);
}

}  // namespace
}  // namespace accord::e2e
