// These tests show what follows break-glass access: the owner reads why it was asked for, privacy officers
// review it, and it may end early.
#include "services/protocols/testing/oversight_fixture.h"

namespace accord::protocols {
namespace {

class AfterTheEmergency : public Oversight {
 protected:
  v1::EmergencyAccess Opened(const v1::Referral& referral) {
    return Must(Approve(durham_supervisor_, Must(Ask(durham_member_, referral.name()))));
  }
  std::vector<v1::EmergencyAccess> Listed(const Caller& caller) {
    const auto page =
        Must(Call<v1::ListEmergencyAccessesResponse>(caller, v1::ListEmergencyAccessesRequest()));
    return {page.emergency_accesses().begin(), page.emergency_accesses().end()};
  }
  absl::StatusOr<v1::EmergencyAccess> End(const Caller& caller, const v1::EmergencyAccess& access) {
    return Do<v1::EmergencyAccess, v1::EndEmergencyAccessRequest>(caller, access);
  }
  absl::StatusOr<v1::EmergencyAccess> Review(const Caller& caller, const v1::EmergencyAccess& access,
                                             v1::EmergencyFinding finding) {
    v1::ReviewEmergencyAccessRequest request;
    request.set_finding(finding);
    request.set_note("The plate was enough.");
    return Do(caller, access, request);
  }
};

TEST_F(AfterTheEmergency, TheOwnerReadsWhyItsRecordWasOpened) {
  const v1::Referral referral = Sent();
  const auto asked = Must(Ask(durham_member_, referral.name()));
  EXPECT_EQ(Listed(worker_).size(), 0u) << "nothing is open yet";
  ASSERT_OK(Approve(durham_supervisor_, asked));
  for (const Caller& caller : {worker_, Officer(worker_), durham_member_}) {
    const auto seen = Listed(caller);
    ASSERT_EQ(seen.size(), 1u) << caller.agency;
    EXPECT_EQ(seen[0].danger(), v1::DANGER_IMMINENT_DANGER_TO_LIFE);
    EXPECT_EQ(seen[0].reason(), "a child in a car, this number plate");
  }
  EXPECT_EQ(Listed(police_supervisor_).size(), 0u) << "the receiver's record was not opened by its own name";
}

TEST_F(AfterTheEmergency, AnAccessIsGotByItsNameByThoseWhoListIt) {
  const auto asked = Must(Ask(durham_member_, Sent().name()));
  v1::GetEmergencyAccessRequest request;
  request.set_name(asked.name());
  EXPECT_THAT(Call<v1::EmergencyAccess>(worker_, request), RefusedBy(rules::kNotFound))
      << "it is not granted";
  ASSERT_OK(Approve(durham_supervisor_, asked));
  for (const Caller& caller : {worker_, Officer(worker_), durham_member_}) {
    EXPECT_EQ(Must(Call<v1::EmergencyAccess>(caller, request)).reason(), asked.reason()) << caller.agency;
  }
  EXPECT_THAT(Call<v1::EmergencyAccess>(police_supervisor_, request), RefusedBy(rules::kNotFound));
}

TEST_F(AfterTheEmergency, OfARecordThatIsNotThereNobodyElseHears) {
  const auto asked = Must(Ask(durham_member_, "agencies/cas-york/referrals/never-was"));
  const auto granted = Must(Approve(durham_supervisor_, asked));
  EXPECT_EQ(Listed(worker_).size(), 0u);
  EXPECT_OK(End(durham_member_, granted));
  EXPECT_EQ(Listed(worker_).size(), 0u);
}

TEST_F(AfterTheEmergency, ItEndsEarlyByTheAgencyThatOpenedItAndByNobodyElse) {
  const v1::Referral referral = Sent();
  const v1::EmergencyAccess access = Opened(referral);
  ASSERT_OK(Get(referral.name(), durham_member_));
  EXPECT_THAT(End(worker_, access), RefusedBy(rules::kNotTheOwner));
  EXPECT_THAT(End(Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-toronto"), access),
              RefusedBy(rules::kNotFound));
  in_process_.clock().Advance(absl::Hours(1));
  const auto ended = Must(End(durham_member_, access));
  EXPECT_EQ(ended.state(), v1::EMERGENCY_ACCESS_STATE_ENDED);
  EXPECT_EQ(FromProto(ended.expire_time()), in_process_.clock().Now());
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), durham_member_).status()));
  EXPECT_THAT(End(durham_member_, ended), RefusedBy(rules::kStateNotPermitted));
  EXPECT_EQ(Listed(worker_).size(), 1u) << "what happened stays to be read";
}

TEST_F(AfterTheEmergency, TheEndOfOneLeavesOpenWhatAnotherOpened) {
  const v1::Referral referral = Sent();
  const v1::EmergencyAccess first = Opened(referral);
  in_process_.clock().Advance(absl::Hours(1));
  const v1::EmergencyAccess second = Opened(referral);
  ASSERT_OK(End(durham_member_, second));
  EXPECT_OK(Get(referral.name(), durham_member_));
  in_process_.clock().Advance(absl::Hours(3));
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), durham_member_).status())) << first.name();
}

TEST_F(AfterTheEmergency, ThePrivacyOfficersOfBothAgenciesRecordTheirReview) {
  const v1::Referral referral = Sent();
  const auto asked = Must(Ask(durham_member_, referral.name()));
  EXPECT_THAT(Review(Officer(durham_member_), asked, v1::EMERGENCY_FINDING_JUSTIFIED),
              RefusedBy(rules::kStateNotPermitted));
  v1::EmergencyAccess access = Must(Approve(durham_supervisor_, asked));
  EXPECT_THAT(Review(worker_, access, v1::EMERGENCY_FINDING_JUSTIFIED), RefusedBy(rules::kRoleNotPermitted));
  Caller stranger = Officer(worker_);
  stranger.agency = "cas-durham";
  EXPECT_THAT(Review(stranger, access, v1::EMERGENCY_FINDING_JUSTIFIED), RefusedBy(rules::kNotFound));
  access = Must(Review(Officer(worker_), access, v1::EMERGENCY_FINDING_NOT_JUSTIFIED));
  EXPECT_THAT(Review(Officer(worker_), access, v1::EMERGENCY_FINDING_JUSTIFIED),
              RefusedBy(rules::kAlreadyRecorded));
  access = Must(End(durham_member_, access));
  access = Must(Review(Officer(durham_member_), access, v1::EMERGENCY_FINDING_JUSTIFIED));
  ASSERT_EQ(access.reviews_size(), 2);
  EXPECT_EQ(access.reviews(0).agency(), "cas-york");
  EXPECT_EQ(access.reviews(0).finding(), v1::EMERGENCY_FINDING_NOT_JUSTIFIED);
  EXPECT_EQ(access.reviews(1).agency(), "ps-durham");
  EXPECT_EQ(access.reviews(1).note(), "The plate was enough.");
}

TEST_F(AfterTheEmergency, NobodyReviewsWhatHeOrSheHadAHandIn) {
  v1::EmergencyAccess access = Opened(Sent());
  // Those who asked and agreed are privacy officers too in this test.
  for (const Caller& hand : {durham_member_, durham_supervisor_}) {
    Caller officer = Officer(hand);
    officer.actor = hand.actor;
    EXPECT_THAT(Review(officer, access, v1::EMERGENCY_FINDING_JUSTIFIED),
                RefusedBy(rules::kReviewerInvolved));
  }
  const Caller ends = Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham");
  Caller acting = ends;
  acting.purpose = annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION;
  access = Must(End(acting, access));
  Caller officer = Officer(ends);
  officer.actor = ends.actor;
  EXPECT_THAT(Review(officer, access, v1::EMERGENCY_FINDING_JUSTIFIED), RefusedBy(rules::kReviewerInvolved));
  EXPECT_OK(Review(Officer(ends), access, v1::EMERGENCY_FINDING_JUSTIFIED));
}

// A record that opens so always belongs to a society or a police service, and so does whoever opens it.
TEST_F(AfterTheEmergency, OfOtherAgenciesThePrivacyOfficersReadNoReason) {
  const v1::EmergencyAccess access = Opened(Sent());
  for (const auto kind :
       {annotations::v1::AGENCY_KIND_COORDINATION_OFFICE, annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE,
        annotations::v1::AGENCY_KIND_CROWN, annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
        annotations::v1::AGENCY_KIND_MINISTRY}) {
    Caller officer = Officer(worker_);
    officer.kind = kind;
    EXPECT_THAT(Call<v1::ListEmergencyAccessesResponse>(officer, v1::ListEmergencyAccessesRequest()),
                RefusedBy(rules::kAgencyKindNotPermitted));
    EXPECT_THAT(Review(officer, access, v1::EMERGENCY_FINDING_JUSTIFIED),
                RefusedBy(rules::kAgencyKindNotPermitted));
  }
}

}  // namespace
}  // namespace accord::protocols
