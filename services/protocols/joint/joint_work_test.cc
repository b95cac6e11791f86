// Joint investigations, disputes, inspectors' observations, counts, kept filters and alerts.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
using annotations::v1::AGENCY_KIND_PLATFORM_SERVICE;

class JointWork : public ProtocolsFixture {
 protected:
  template <class Res, class Req>
  absl::StatusOr<Res> Do(const Caller& caller, const Res& on, Req request = Req()) {
    request.set_name(on.name());
    request.set_etag(on.etag());
    return Call<Res>(caller, request);
  }
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  v1::Referral JointReferral() {
    v1::Referral r = Must(Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, Sent()));
    v1::ScreenReferralRequest screen;
    screen.set_outcome(v1::REFERRAL_STATE_JOINT);
    screen.set_reason("both mandates");
    return Must(Do(police_supervisor_, r, screen));
  }
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
  static Caller Office(Role role, annotations::v1::Purpose purpose) {
    return {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "console", "o1", {role}, purpose};
  }
  v1::CreateDisputeRequest Quarrel(const std::string& about) {
    v1::CreateDisputeRequest request;
    request.set_parent("agencies/cas-york");
    request.mutable_dispute()->set_about(about);
    request.mutable_dispute()->set_with_agency("ps-york");
    request.mutable_dispute()->set_issue("who interviews");
    return request;
  }
  const v1::Protocol protocol_ = InForce();
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

TEST_F(JointWork, ADisputeClimbsByItselfAndEndsWhenItsRaiserIsContent) {
  const v1::Referral referral = Sent();
  v1::CreateDisputeRequest request = Quarrel(referral.name());
  request.mutable_dispute()->set_with_agency("ps-durham");
  EXPECT_THAT(Call<v1::Dispute>(society_supervisor_, request), RefusedBy(rules::kOtherSide));
  v1::Dispute dispute = Must(Call<v1::Dispute>(society_supervisor_, Quarrel(referral.name())));
  // Monday 2026-11-23: two business days end on Wednesday, five more on the next Thursday.
  EXPECT_EQ(FromProto(dispute.levels(0).due()), EndOfDay(*ParseDay("2026-11-25")));
  const auto read = [&] {
    v1::GetDisputeRequest get;
    get.set_name(dispute.name());
    return Must(Call<v1::Dispute>(police_supervisor_, get));
  };
  SweepOn("2026-11-25");
  EXPECT_EQ(read().levels_size(), 1);
  SweepOn("2026-11-26");
  dispute = read();
  ASSERT_EQ(dispute.levels_size(), 2);
  EXPECT_TRUE(dispute.levels(0).lapsed());
  EXPECT_EQ(FromProto(dispute.levels(1).due()), EndOfDay(*ParseDay("2026-12-03")));
  v1::EscalateDisputeRequest escalate;
  escalate.set_reason("urgent");
  dispute = Must(Do(police_supervisor_, dispute, escalate));
  ASSERT_EQ(dispute.levels_size(), 3);
  EXPECT_EQ(dispute.levels(2).reason(), "urgent");
  EXPECT_EQ(dispute.levels(2).agency() + "/" + dispute.levels(2).actor(),
            "ps-york/" + police_supervisor_.actor);
  EXPECT_EQ(dispute.levels(1).reason() + dispute.levels(1).agency(), "") << "time led there";
  EXPECT_THAT(Do(police_supervisor_, dispute, escalate), RefusedBy(rules::kLastLevel));
  SweepOn("2026-12-31");
  dispute = read();
  EXPECT_TRUE(dispute.levels(2).lapsed());
  EXPECT_EQ(dispute.state(), v1::DISPUTE_STATE_OPEN);
  v1::ResolveDisputeRequest resolve;
  resolve.set_resolution("the society's interviewer, in the child's school");
  EXPECT_THAT(Do(police_supervisor_, dispute, resolve), RefusedBy(rules::kNotTheRaiser));
  EXPECT_EQ(Must(Do(society_supervisor_, dispute, resolve)).state(), v1::DISPUTE_STATE_RESOLVED);
}

TEST_F(JointWork, ADisputeNeverHoldsUpTheReferralItIsAbout) {
  const v1::Referral referral = Sent();
  ASSERT_OK(Call<v1::Dispute>(society_supervisor_, Quarrel(referral.name())));
  EXPECT_OK((Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, referral)));
}

TEST_F(JointWork, AServiceSendsAnObservationUnderItsOwnIdentity) {
  const Caller training = {"svc-training",
                           AGENCY_KIND_PLATFORM_SERVICE,
                           "training",
                           "service",
                           {annotations::v1::ROLE_PLATFORM_SERVICE},
                           annotations::v1::PURPOSE_TRAINING};
  v1::CreateInspectorReferralRequest request;
  request.set_parent("agencies/svc-training");
  auto* observed = request.mutable_inspector_referral();
  observed->set_on_behalf_of("min-mol");
  observed->set_to_agency("ps-atlantis");
  observed->set_observed_on("2026-11-20");
  observed->set_sector("agriculture");
  observed->set_workplace("greenhouses on the second concession");
  observed->add_indicators("documents_withheld");
  observed->set_indicator_list_version("3");
  const auto send = [&] { return Call<v1::InspectorReferral>(training, request); };
  EXPECT_THAT(send(), RefusedBy(rules::kReceiverUnknown));
  observed->set_to_agency("ps-york");
  const v1::InspectorReferral sent = *send();
  observed->set_observed_on("2026-12-20");
  EXPECT_THAT(send(), RefusedBy(rules::kEventInFuture));
  EXPECT_THAT(Call<v1::InspectorReferral>(member_, request), RefusedBy(rules::kAgencyKindNotPermitted));
  SweepOn("2026-11-25");
  v1::GetInspectorReferralRequest get;
  get.set_name(sent.name());
  v1::InspectorReferral read = Must(Call<v1::InspectorReferral>(member_, get));
  EXPECT_TRUE(read.overdue());
  EXPECT_TRUE(absl::IsNotFound(Call<v1::InspectorReferral>(worker_, get).status()));
  read = Must(Do<v1::InspectorReferral, v1::AcknowledgeInspectorReferralRequest>(member_, read));
  v1::CloseInspectorReferralRequest close;
  close.set_outcome("visited");
  EXPECT_EQ(Must(Do(member_, read, close)).outcome(), "visited");
}

TEST_F(JointWork, TheOfficeCountsWithoutSeeingAndSmallCellsAreHidden) {
  const Caller office =
      Office(annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  const auto count = [&](const Caller& caller) {
    const auto counts = Call<v1::CountReferralsResponse>(caller, v1::CountReferralsRequest());
    EXPECT_OK(counts);
    return counts.value_or(v1::CountReferralsResponse());
  };
  v1::CreateReferralRequest consult = Letter(protocol_);
  consult.mutable_referral()->set_kind(v1::REFERRAL_KIND_CONSULTATION);
  for (int i = 0; i < 6; ++i) ASSERT_OK(Call<v1::Referral>(worker_, consult));
  SweepOn("2026-12-01");
  EXPECT_EQ(count(office).at_risk_consultations().count(), 6);
  EXPECT_EQ(count(office).trafficking_confirmed().count(), 0);
  const std::string before = count(office).SerializeAsString();
  Sent();
  SweepAll();
  EXPECT_EQ(count(office).SerializeAsString(), before) << "two answers around one person's step tell nothing";
  SweepOn("2027-01-01");
  EXPECT_TRUE(count(office).at_risk_consultations().suppressed());
  EXPECT_FALSE(count(office).at_risk_consultations().has_count());
  EXPECT_EQ(FromProto(count(office).as_of()), in_process_.clock().Now());
  EXPECT_EQ(count(society_supervisor_).at_risk_consultations().count(), 6);
  v1::ListReferralsRequest list;
  EXPECT_THAT(Call<v1::ListReferralsResponse>(office, list), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_F(JointWork, AKeptFilterIsItsActorsOwn) {
  v1::CreateReferralFilterRequest keep;
  keep.set_parent("agencies/ps-york");
  keep.mutable_referral_filter()->set_title("tonight");
  keep.mutable_referral_filter()->set_state(v1::REFERRAL_STATE_SUBMITTED);
  keep.mutable_referral_filter()->set_sent_to_us(true);
  const auto filter = Call<v1::ReferralFilter>(member_, keep);
  ASSERT_OK(filter);
  Sent();
  v1::ListReferralsRequest list;
  list.set_filter(filter->name());
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, list)).referrals_size(), 1);
  JointReferral();
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, list)).referrals_size(), 1);
  EXPECT_TRUE(absl::IsNotFound(Call<v1::ListReferralsResponse>(police_supervisor_, list).status()));
  ASSERT_OK((Do<v1::ReferralFilter, v1::DeleteReferralFilterRequest>(member_, *filter)));
  EXPECT_EQ(Must(Call<v1::ListReferralFiltersResponse>(member_, v1::ListReferralFiltersRequest()))
                .referral_filters_size(),
            0);
}

TEST_F(JointWork, ABurstOfReferralsIsReportedOnceAnHourToPrivacyOfficers) {
  const Caller own = Society(annotations::v1::ROLE_PRIVACY_OFFICER);
  const auto alerts = [&](Caller caller) {
    caller.purpose = annotations::v1::PURPOSE_PRIVACY_REVIEW;
    const auto list = Must(Call<v1::ListPrivacyAlertsResponse>(caller, v1::ListPrivacyAlertsRequest()));
    return list.privacy_alerts_size();
  };
  const auto send = [&](int count) {
    for (int i = 0; i < count; ++i) Sent();
    SweepAll();
  };
  send(19);
  EXPECT_EQ(alerts(own), 0);
  send(3);
  EXPECT_EQ(alerts(own), 1);
  send(2);
  EXPECT_EQ(alerts(own), 1);
  EXPECT_EQ(alerts(Office(annotations::v1::ROLE_PRIVACY_OFFICER, annotations::v1::PURPOSE_PRIVACY_REVIEW)),
            1);
  EXPECT_EQ(alerts(Police(annotations::v1::ROLE_PRIVACY_OFFICER)), 0);
}

TEST_F(JointWork, ABirthDateIsHeldAgainstTheAgeBandAndNotKept) {
  v1::CreateReferralRequest letter = Letter(protocol_);  // 12 to 15 on 2026-11-20
  const auto send = [&](const std::string& born) {
    letter.mutable_referral()->set_birth_date(born);
    return Call<v1::Referral>(worker_, letter);
  };
  EXPECT_THAT(send("2010-11-20"), RefusedBy(rules::kAgeBandContradictsBirthDate));
  EXPECT_THAT(send("2014-11-21"), RefusedBy(rules::kAgeBandContradictsBirthDate));
  EXPECT_THAT(send("2027-01-01"), RefusedBy(rules::kAgeBandContradictsBirthDate));
  EXPECT_OK(send("2014-11-20"));
  const auto sent = send("2010-11-21");
  ASSERT_OK(sent);
  EXPECT_EQ(sent->birth_date(), "");
  const v1::Referral read = ReadReferral(sent->name(), worker_);
  EXPECT_EQ(read.name(), sent->name());
  EXPECT_EQ(read.birth_date(), "");
}

TEST_F(JointWork, AnAgreementWithAYouthHasDatesAndIsRenewed) {
  v1::Referral referral =
      Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_16_17, "2026-11-20")));
  v1::RecordReferralVoluntaryAgreementRequest request;
  const auto record = [&](const std::string& from, const std::string& to) {
    request.mutable_agreement()->set_starts_on(from);
    request.mutable_agreement()->set_ends_on(to);
    auto result = Do(worker_, referral, request);
    if (result.ok()) referral = *result;
    return testing::RuleOrError(result.status());
  };
  EXPECT_EQ(record("2026-12-01", "2027-05-31"), "CONSENT_REQUIRED");
  request.set_consent_given(true);
  EXPECT_EQ(record("2017-12-01", "2027-05-31"), "AGREEMENT_NOT_IN_FORCE");
  EXPECT_EQ(record("2026-12-01", "2026-12-01"), "DATES_CONTRADICT");
  EXPECT_EQ(record("2026-12-01", "2027-05-31"), "");
  EXPECT_EQ(record("2026-12-01", "2027-05-30"), "RENEWAL");
  EXPECT_EQ(record("2026-12-01", "2027-11-30"), "");
  EXPECT_EQ(referral.voluntary_agreement().renewed_from(0), "2027-05-31");
}

TEST_F(JointWork, TheOfficeDraftsFromTheModelTextForALeadThatGoesOnWithIt) {
  const Caller office =
      Office(annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  v1::CreateProtocolRequest draft = Draft();
  EXPECT_THAT(Call<v1::Protocol>(office, draft), RefusedBy(rules::kOfficeDraftsFromTemplate));
  draft.mutable_protocol()->clear_sections();
  draft.set_from_template(true);
  const auto drafted = Call<v1::Protocol>(office, draft);
  ASSERT_OK(drafted);
  v1::Protocol p = Read(drafted->name(), director_);
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_DRAFT);
  // All but what is for the police alone.
  EXPECT_EQ(p.sections_size(), 20);
  EXPECT_EQ(Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p)).state(),
            v1::PROTOCOL_STATE_CONSULTATION);
}

TEST_F(JointWork, ContactsAreOfThePartiesReadingAndChangeWithoutVoidingSignatures) {
  v1::UpdateProtocolContactsRequest request;
  auto* contact = request.add_contacts();
  contact->set_kind(v1::CONTACT_KIND_AFTER_HOURS);
  contact->set_desk("duty inspector");
  contact->set_telephone("+1 905 555 0100");
  v1::Protocol p = Must(Do(chief_, protocol_, request));
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(p.text_digest(), protocol_.text_digest());
  EXPECT_TRUE(Read(p.name(), director_).parties(1).contacts(0).has_last_verified_at());
  const v1::Protocol seen = Read(p.name(), Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham"));
  EXPECT_EQ(seen.parties_size(), 2);
  EXPECT_EQ(seen.parties(1).contacts_size(), 0);
}

}  // namespace
}  // namespace accord::protocols
