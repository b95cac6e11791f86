// These tests show who brings a record to its end, who is told, what ends with it, and what nobody opens.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class Sealing : public ProtocolsFixture {
 protected:
  absl::StatusOr<v1::Referral> Record(const Caller& caller, const std::string& name, const std::string& from,
                                      v1::YouthDisposition disposition = v1::YOUTH_DISPOSITION_ACQUITTAL) {
    v1::RecordReferralYouthRecordRequest request;
    request.set_name(name);
    request.set_etag(ReadReferral(name, member_).etag());
    request.mutable_record()->set_disposition(disposition);
    request.mutable_record()->set_counted_from(from);
    return Call<v1::Referral>(caller, request);
  }
  std::vector<std::string> Tombstones(const Caller& caller) {
    std::vector<std::string> names;
    const auto list = Must(Call<v1::ListTombstonesResponse>(Officer(caller), v1::ListTombstonesRequest()));
    for (const auto& stone : list.tombstones()) names.push_back(stone.resource());
    return names;
  }
  int Alerts(const Caller& caller, v1::PrivacyAlertKind kind) {
    const auto list =
        Must(Call<v1::ListPrivacyAlertsResponse>(Officer(caller), v1::ListPrivacyAlertsRequest()));
    return static_cast<int>(std::count_if(list.privacy_alerts().begin(), list.privacy_alerts().end(),
                                          [&](const auto& alert) { return alert.kind() == kind; }));
  }
  absl::StatusOr<v1::LegalHold> Hold(const Caller& caller, const std::string& name) {
    v1::PlaceLegalHoldRequest request;
    request.set_resource(name);
    request.set_reason("a court order");
    return Call<v1::LegalHold>(Officer(caller), request);
  }
  absl::StatusOr<v1::LegalHold> Lift(const Caller& caller, const std::string& name) {
    v1::LiftLegalHoldRequest request;
    request.set_resource(name);
    return Call<v1::LegalHold>(Officer(caller), request);
  }
  // This is the name of a report from the police to the society.
  std::string Duty() {
    return Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_12_15, "2026-11-20"))).name();
  }
  // This gives the name of the access that these two open.
  std::string Break(const Caller& member, const Caller& supervisor, const std::string& name) {
    v1::RequestEmergencyAccessRequest request;
    request.set_parent("agencies/" + member.agency);
    request.mutable_emergency_access()->set_resource(name);
    request.mutable_emergency_access()->set_danger(v1::DANGER_IMMINENT_DANGER_TO_LIFE);
    request.mutable_emergency_access()->set_reason("the child was seen in a grey van");
    const auto access = Must(Call<v1::EmergencyAccess>(member, request));
    v1::ApproveEmergencyAccessRequest approve;
    approve.set_name(access.name());
    approve.set_etag(access.etag());
    const auto granted = Must(Call<v1::EmergencyAccess>(supervisor, approve));
    EXPECT_EQ(granted.state(), v1::EMERGENCY_ACCESS_STATE_GRANTED);
    return access.name();
  }
  // This gives every body that is stored under a name, now and before.
  std::string Stored(const std::string& name) {
    const auto rows = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.Query<std::string>(
          "select body from revision where name = :p1 union all select body from resource where name = :p2",
          name, name);
    });
    std::string all;
    for (const auto& [body] : *rows) {
      if (body != "{}") all += body;
    }
    return all;
  }
  const v1::Protocol protocol_ = InForce();
  const Caller durham_member_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  const Caller durham_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
};

TEST_F(Sealing, ASenderAloneMakesNoReportDisappear) {
  const std::string duty = Duty();
  EXPECT_THAT(Record(police_supervisor_, duty, "2026-12-01"), RefusedBy(rules::kCountedFromInFuture));
  EXPECT_THAT(Record(police_supervisor_, duty, "9999-01-01"), RefusedBy(rules::kCountedFromInFuture));
  const auto proposed = Record(police_supervisor_, duty, "2001-01-01");
  ASSERT_OK(proposed);
  EXPECT_FALSE(proposed->has_youth_record());
  // A repetition by the same person is still one person's word.
  ASSERT_OK(Record(police_supervisor_, duty, "2001-01-01"));
  // An end that comes the day after tomorrow is no different.
  ASSERT_OK(Record(police_supervisor_, duty, "2026-09-25"));
  SweepOn("2026-11-30");
  EXPECT_OK(Get(duty, worker_));
  const v1::Referral seen = ReadReferral(duty, worker_);
  EXPECT_EQ(seen.state(), v1::REFERRAL_STATE_SUBMITTED);
  EXPECT_EQ(seen.proposed_youth_records_size(), 1) << "the receiver reads what was said";
  EXPECT_GT(seen.escalations_size(), 0) << "the clocks run on";
}

TEST_F(Sealing, TheOtherPartyOrASecondPersonSaysTheSameAndBothAreTold) {
  Caller chief = chief_;
  chief.purpose = annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION;
  for (const Caller& second : {society_supervisor_, chief}) {
    const std::string duty = Duty();
    ASSERT_OK(Record(police_supervisor_, duty, "2001-01-01"));
    const auto other = Record(second, duty, "2001-01-02");
    ASSERT_OK(other);
    EXPECT_FALSE(other->has_youth_record()) << "not the same";
    EXPECT_EQ(other->proposed_youth_records_size(), 2) << "nobody's word is overwritten";
    const auto agreed = Record(second, duty, "2001-01-01");
    ASSERT_OK(agreed);
    EXPECT_EQ(agreed->youth_record().recorded_by(), police_supervisor_.actor);
    EXPECT_EQ(agreed->youth_record().confirmed_by(), second.actor);
    SweepAll();
    EXPECT_TRUE(absl::IsNotFound(Get(duty, worker_).status()));
    for (const Caller& party : {worker_, member_}) {
      EXPECT_THAT(Tombstones(party), ::testing::Contains(duty));
      EXPECT_GT(Alerts(party, v1::PRIVACY_ALERT_KIND_RECORD_ENDED), 0);
    }
  }
}

TEST_F(Sealing, AnyChangeOfAnEndTakesTwoPeople) {
  const std::string duty = Duty();
  ASSERT_TRUE(Record(police_supervisor_, duty, "2026-11-20", v1::YOUTH_DISPOSITION_STAY)->has_youth_record());
  EXPECT_EQ(Record(police_supervisor_, duty, "2026-11-20")->youth_record().access_ends_on(), "2027-11-21");
  EXPECT_THAT(Record(society_supervisor_, duty, "2026-11-20", v1::YOUTH_DISPOSITION_STAY),
              RefusedBy(rules::kAlreadyRecorded));
  EXPECT_EQ(Record(society_supervisor_, duty, "2026-11-20")->youth_record().access_ends_on(), "2027-01-21");
}

TEST_F(Sealing, TheOfficesCountDoesNotFallWhenARecordIsSealed) {
  const Caller office = {"co-pahtco",
                         annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                         "console",
                         "o1",
                         {annotations::v1::ROLE_OFFICE_STAFF},
                         annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE};
  std::vector<std::string> names;
  for (int i = 0; i < 6; ++i) names.push_back(Duty());
  const auto count = [&] {
    const auto counts = Must(Call<v1::CountReferralsResponse>(office, v1::CountReferralsRequest()));
    int64_t duties = 0;
    for (const auto& cell : counts.counts()) {
      if (cell.label() == "kind/duty_to_report") duties = cell.count();
    }
    return duties;
  };
  SweepOn("2026-12-01");
  const int64_t before = count();
  EXPECT_EQ(before, 6);
  ASSERT_OK(Record(police_supervisor_, names[0], "2001-01-01"));
  ASSERT_OK(Record(society_supervisor_, names[0], "2001-01-01"));
  SweepAll();
  ASSERT_TRUE(absl::IsNotFound(Get(names[0], worker_).status()));
  SweepOn("2027-01-01");
  EXPECT_EQ(count(), before);
}

TEST_F(Sealing, AnyPartyHoldsForItselfAndNobodyElseLiftsIt) {
  const std::string duty = Duty();
  ASSERT_OK(Record(police_supervisor_, duty, "2001-01-01"));
  ASSERT_OK(Hold(worker_, duty)) << "the receiver";
  ASSERT_OK(Hold(member_, duty)) << "and the sender";
  EXPECT_THAT(Hold(worker_, duty), RefusedBy(rules::kAlreadyHeld));
  EXPECT_TRUE(absl::IsNotFound(Hold(durham_member_, duty).status()));
  ASSERT_OK(Record(society_supervisor_, duty, "2001-01-01"));
  SweepAll();
  EXPECT_OK(Get(duty, worker_));
  ASSERT_OK(Lift(member_, duty));
  EXPECT_TRUE(absl::IsNotFound(Lift(member_, duty).status())) << "it holds no more";
  SweepOn("2026-11-25");
  EXPECT_OK(Get(duty, worker_)) << "the receiver still holds";
  ASSERT_OK(Lift(worker_, duty));
  SweepOn("2026-11-27");
  EXPECT_TRUE(absl::IsNotFound(Get(duty, worker_).status()));
}

TEST_F(Sealing, TheClocksOfWhatIsHeldPastItsEndRunOn) {
  const std::string duty = Duty();
  ASSERT_OK(Hold(worker_, duty));
  ASSERT_OK(Record(police_supervisor_, duty, "2001-01-01"));
  ASSERT_OK(Record(society_supervisor_, duty, "2001-01-01"));
  SweepAll();
  const auto missed = [&] { return ReadReferral(duty, worker_).escalations_size(); };
  ASSERT_EQ(missed(), 0);
  in_process_.clock().Advance(absl::Hours(3));
  SweepAll();
  const int first = missed();
  EXPECT_GT(first, 0) << "nobody acknowledged it in two hours, and a day is too late to say so";
  SweepOn("2026-12-02");
  EXPECT_GT(missed(), first);
  ASSERT_OK(Lift(worker_, duty));
  SweepOn("2026-12-04");
  EXPECT_TRUE(absl::IsNotFound(Get(duty, worker_).status()));
}

TEST_F(Sealing, TheWholeFamilyEndsTogetherAndNothingOfItIsLeftToRead) {
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  v1::CreateDisputeRequest quarrel;
  quarrel.set_parent("agencies/cas-york");
  quarrel.mutable_dispute()->set_about(sent.name());
  quarrel.mutable_dispute()->set_with_agency("ps-york");
  quarrel.mutable_dispute()->set_issue("the child's interview");
  const std::string dispute = Must(Call<v1::Dispute>(society_supervisor_, quarrel)).name();
  v1::Referral onward = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward();
  v1::AcknowledgeReferralRequest acknowledge;
  acknowledge.set_name(onward.name());
  acknowledge.set_etag(onward.etag());
  onward = Must(Call<v1::Referral>(durham_member_, acknowledge));
  v1::ScreenReferralRequest screen;
  screen.set_name(onward.name());
  screen.set_etag(onward.etag());
  screen.set_reason("both");
  screen.set_outcome(v1::REFERRAL_STATE_JOINT);
  ASSERT_OK(Call<v1::Referral>(durham_supervisor_, screen));
  v1::CreateJointInvestigationRequest begin;
  begin.set_parent("agencies/ps-durham");
  begin.mutable_joint_investigation()->set_referral(onward.name());
  const std::string joint = Must(Call<v1::JointInvestigation>(durham_supervisor_, begin)).name();
  const std::string opened =
      Break(Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-toronto"),
            Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-toronto"), onward.name());
  const auto noted = [&](const Caller& caller, const std::string& about, v1::Readers readers) {
    v1::CreateNoteRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_note()->set_about(about);
    request.mutable_note()->set_readers(readers);
    request.mutable_note()->set_text("the child was seen in a grey van");
    return Must(Call<v1::Note>(caller, request)).name();
  };
  const std::string both = noted(worker_, sent.name(), v1::READERS_BOTH);
  const std::string own = noted(durham_member_, joint, v1::READERS_OWN_AGENCY);
  // The youth record is stored with the onward referral, and the first one ends with it.
  ASSERT_OK(Record(police_supervisor_, onward.name(), "2001-01-01"));
  ASSERT_OK(Record(durham_supervisor_, onward.name(), "2001-01-01"));
  SweepAll();
  for (const std::string& name : {sent.name(), onward.name(), joint, dispute, both, own}) {
    EXPECT_EQ(Stored(name), "") << name;
  }
  for (const Caller& caller : {worker_, member_, durham_member_}) {
    EXPECT_TRUE(absl::IsNotFound(Get(sent.name(), caller).status()));
    EXPECT_TRUE(absl::IsNotFound(Get(onward.name(), caller).status()));
  }
  v1::GetJointInvestigationRequest get_joint;
  get_joint.set_name(joint);
  EXPECT_TRUE(absl::IsNotFound(Call<v1::JointInvestigation>(durham_member_, get_joint).status()));
  v1::GetDisputeRequest get_dispute;
  get_dispute.set_name(dispute);
  EXPECT_TRUE(absl::IsNotFound(Call<v1::Dispute>(society_supervisor_, get_dispute).status()));
  EXPECT_EQ(
      Must(Call<v1::ListEmergencyAccessesResponse>(Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-toronto"),
                                                   v1::ListEmergencyAccessesRequest()))
          .emergency_accesses_size(),
      0);
  EXPECT_THAT(Tombstones(worker_),
              ::testing::UnorderedElementsAre(sent.name(), onward.name(), dispute, both));
  EXPECT_THAT(Tombstones(member_),
              ::testing::UnorderedElementsAre(sent.name(), onward.name(), joint, dispute, both, opened))
      << "and who reads why its record was opened hears that this has ended";
  EXPECT_THAT(Tombstones(durham_member_), ::testing::Contains(own));
}

TEST_F(Sealing, AHoldOfOneKeepsTheWholeFamily) {
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, Letter(protocol_)));
  const std::string onward = Must(Redirect(police_supervisor_, sent, "ps-durham")).onward().name();
  ASSERT_OK(Hold(worker_, sent.name()));
  ASSERT_OK(Record(police_supervisor_, onward, "2001-01-01"));
  ASSERT_OK(Record(durham_supervisor_, onward, "2001-01-01"));
  SweepAll();
  EXPECT_OK(Get(sent.name(), worker_));
  EXPECT_OK(Get(onward, durham_member_));
}

TEST_F(Sealing, WhatWasSentOnEndsByWhatIsSaidWhereItWent) {
  const std::string sent = Must(Call<v1::Referral>(worker_, Letter(protocol_))).name();
  const auto stay = Record(police_supervisor_, sent, "2026-11-20", v1::YOUTH_DISPOSITION_STAY);
  ASSERT_OK(stay);
  v1::RedirectReferralRequest redirect;
  redirect.set_name(sent);
  redirect.set_etag(stay->etag());
  redirect.set_reason("theirs");
  redirect.set_to_agency("ps-durham");
  const std::string onward =
      Must(Call<v1::RedirectReferralResponse>(police_supervisor_, redirect)).onward().name();
  // The receiver of the first referral would not read in the onward one what ends its own record.
  for (const Caller& caller : {society_supervisor_, police_supervisor_}) {
    EXPECT_THAT(Record(caller, sent, "2001-01-01"), RefusedBy(rules::kSentOn));
  }
  // The youth was found guilty after all: the first record waits for the same day.
  const auto guilty = v1::YOUTH_DISPOSITION_SUMMARY_CONVICTION;
  ASSERT_OK(Record(police_supervisor_, onward, "2026-11-20", guilty));
  ASSERT_OK(Record(durham_supervisor_, onward, "2026-11-20", guilty));
  SweepOn("2027-12-01");
  EXPECT_OK(Get(sent, worker_));
  EXPECT_OK(Get(onward, durham_member_));
  SweepOn("2029-12-01");
  EXPECT_TRUE(absl::IsNotFound(Get(sent, worker_).status()));
  EXPECT_TRUE(absl::IsNotFound(Get(onward, durham_member_).status()));
}

TEST_F(Sealing, BreakGlassOpensNothingToTheAgencyWhoseStaffIsSuspected) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_staff_suspect(true);
  letter.mutable_referral()->set_implicated_agency("ps-durham");
  const std::string name = Must(Call<v1::Referral>(worker_, letter)).name();
  Break(durham_member_, durham_supervisor_, name);
  EXPECT_TRUE(absl::IsNotFound(Get(name, durham_member_).status()));
  EXPECT_EQ(Alerts(worker_, v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS), 0);
  EXPECT_EQ(Alerts(durham_member_, v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS), 0)
      << "nor tells that there is one";
}

TEST_F(Sealing, BreakGlassOnAReportOfTheSendersOwnStaffTellsTheReceiver) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_staff_suspect(true);
  letter.mutable_referral()->set_implicated_agency("cas-york");
  const std::string name = Must(Call<v1::Referral>(worker_, letter)).name();
  Break(worker_, society_supervisor_, name);
  EXPECT_TRUE(absl::IsNotFound(Get(name, worker_).status())) << "the sender itself";
  Break(durham_member_, durham_supervisor_, name);
  EXPECT_OK(Get(name, durham_member_));
  EXPECT_EQ(Alerts(member_, v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS), 1);
  EXPECT_EQ(Alerts(worker_, v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS), 0);
}

}  // namespace
}  // namespace accord::protocols
