// These tests show what receiver and sender do with a referral, and what time does.
#include "absl/strings/str_cat.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ReferralWork : public ProtocolsFixture {
 protected:
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  v1::Referral Reported(v1::AgeBand band = v1::AGE_BAND_12_15, const std::string& day = "2026-11-20") {
    return Must(Call<v1::Referral>(member_, Report(protocol_, band, day)));
  }
  template <class Req>
  absl::StatusOr<v1::Referral> Do(const Caller& caller, const v1::Referral& referral, Req request = Req()) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::RedirectReferralResponse> Redirect(const v1::Referral& referral, const std::string& to) {
    return ProtocolsFixture::Redirect(police_supervisor_, referral, to);
  }
  absl::StatusOr<v1::Referral> Screen(const Caller& caller, const v1::Referral& referral,
                                      v1::ReferralState to) {
    v1::ScreenReferralRequest request;
    request.set_outcome(to);
    return Do(caller, referral, request);
  }
  const v1::Protocol protocol_ = InForce();
};

TEST_F(ReferralWork, AReceiverDeclinesAndASenderTakesBackButADutyToReportStands) {
  EXPECT_EQ(Must(Do<v1::RejectReferralRequest>(police_supervisor_, Sent())).state(),
            v1::REFERRAL_STATE_REJECTED);
  EXPECT_EQ(Must(Do<v1::RevokeReferralRequest>(worker_, Sent())).state(), v1::REFERRAL_STATE_REVOKED);
  EXPECT_THAT(Do<v1::RevokeReferralRequest>(member_, Sent()), RefusedBy(rules::kNotTheSender));
  const v1::Referral duty = Reported();
  EXPECT_THAT(Do<v1::RevokeReferralRequest>(member_, duty), RefusedBy(rules::kDutyToReportStands));
  EXPECT_THAT(Do<v1::RejectReferralRequest>(society_supervisor_, duty),
              RefusedBy(rules::kDutyToReportStands));
  EXPECT_EQ(ReadReferral(duty.name(), member_).state(), v1::REFERRAL_STATE_SUBMITTED);
}

TEST_F(ReferralWork, DoneTwiceSaysWhoWasFirstAsFarAsTheCallerMaySee) {
  const v1::Referral sent = Sent();
  const auto acknowledge = [&](const Caller& caller) {
    return std::string(Do<v1::AcknowledgeReferralRequest>(caller, sent).status().message());
  };
  EXPECT_EQ(acknowledge(member_), "");
  EXPECT_THAT(acknowledge(police_supervisor_),
              ::testing::StartsWith(absl::StrCat("Not possible in the state acknowledged. It was done by ",
                                                 member_.actor, " of your agency on 20")));
  Must(Do<v1::RejectReferralRequest>(police_supervisor_, ReadReferral(sent.name(), member_)));
  const absl::Status late = Do<v1::RevokeReferralRequest>(worker_, sent).status();
  EXPECT_THAT(late, RefusedBy(rules::kStateNotPermitted));
  EXPECT_THAT(std::string(late.message()),
              ::testing::HasSubstr("The record was brought to this state by ps-york on 20"));
  EXPECT_THAT(std::string(late.message()), ::testing::Not(::testing::HasSubstr(police_supervisor_.actor)));
}

TEST_F(ReferralWork, IsSentOnInOneStepAndTheFirstSenderFollowsIt) {
  const v1::Referral sent = Sent();
  EXPECT_THAT(Redirect(sent, "cas-york"), RefusedBy(rules::kRedirectToSender));
  EXPECT_THAT(Redirect(sent, "ps-york"), RefusedBy(rules::kRedirectToSelf));
  EXPECT_THAT(Redirect(sent, "ps-atlantis"), RefusedBy(rules::kReceiverUnknown));
  const auto sent_on = Redirect(sent, "ps-durham");
  ASSERT_OK(sent_on);
  EXPECT_EQ(sent_on->referral().state(), v1::REFERRAL_STATE_REDIRECTED);
  EXPECT_EQ(sent_on->referral().redirected_to(), sent_on->onward().name());
  EXPECT_EQ(sent_on->onward().state(), v1::REFERRAL_STATE_SUBMITTED);
  const Caller durham = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  EXPECT_EQ(ReadReferral(sent_on->onward().name(), durham).redirected_from(), sent.name());
  EXPECT_EQ(UnreadReferral(sent.name(), durham), "NOT_FOUND");
  EXPECT_EQ(ReadReferral(sent_on->onward().name(), worker_).to_agency(), "ps-durham");
}

TEST_F(ReferralWork, AnImplicatedAgencyReadsNothingButByItsDirector) {
  v1::CreateReferralRequest letter = Report(protocol_, v1::AGE_BAND_12_15, "2026-11-20");
  letter.mutable_referral()->set_staff_suspect(true);
  EXPECT_THAT(Call<v1::Referral>(member_, letter), RefusedBy(rules::kImplicatedAgency));
  letter.mutable_referral()->set_implicated_agency("cas-york");
  EXPECT_THAT(Call<v1::Referral>(member_, letter), RefusedBy(rules::kReceiverIsImplicated));
  letter.mutable_referral()->set_to_agency("cas-durham");
  const v1::Referral outside = Must(Call<v1::Referral>(member_, letter));
  EXPECT_EQ(ReadReferral(outside.name(), Society(annotations::v1::ROLE_CAS_WORKER, "cas-durham")).name(),
            outside.name());
  EXPECT_EQ(UnreadReferral(outside.name(), worker_), "NOT_FOUND");
  // The police suspect one of their own: their members are shut out, and their chief is not.
  letter.mutable_referral()->set_implicated_agency("ps-york");
  letter.clear_request_id();
  const v1::Referral own = Must(Call<v1::Referral>(member_, letter));
  EXPECT_EQ(UnreadReferral(own.name(), member_), "NOT_FOUND");
  Caller chief = chief_;
  chief.purpose = annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION;
  EXPECT_EQ(ReadReferral(own.name(), chief).name(), own.name());
}

TEST_F(ReferralWork, AnIndigenousChildsCommunityIsToldBeforeServicesBegin) {
  v1::CreateReferralRequest report = Report(protocol_, v1::AGE_BAND_12_15, "2026-11-20");
  report.mutable_referral()->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_FIRST_NATIONS);
  v1::Referral r = Must(Call<v1::Referral>(member_, report));
  r = Must(Do<v1::AcknowledgeReferralRequest>(worker_, r));
  EXPECT_THAT(Screen(society_supervisor_, r, v1::REFERRAL_STATE_CAS_LEAD),
              RefusedBy(rules::kCommunityNoticeRequired));
  v1::RecordReferralCommunityNoticeRequest notice;
  notice.mutable_notice()->set_status(v1::COMMUNITY_NOTICE_STATUS_DEFERRED);
  EXPECT_THAT(Do(worker_, r, notice), RefusedBy(rules::kReasonRequired));
  notice.mutable_notice()->set_reason("The community is reached tomorrow.");
  r = Must(Do(worker_, r, notice));
  EXPECT_OK(Screen(society_supervisor_, r, v1::REFERRAL_STATE_CAS_LEAD));
}

TEST_F(ReferralWork, AClockThatNobodyAnswersEscalatesOnceALevel) {
  const v1::Referral sent = Sent();  // The urgency is H12, to be acknowledged within 2 hours.
  const auto levels = [&] {
    std::vector<int> found;
    const v1::Referral now = ReadReferral(sent.name(), member_);
    for (const auto& each : now.escalations()) {
      if (each.clock() == v1::REFERRAL_CLOCK_ACKNOWLEDGE) found.push_back(each.level());
    }
    return found;
  };
  in_process_.clock().Advance(absl::Minutes(119));
  SweepAll();
  EXPECT_THAT(levels(), ::testing::IsEmpty());
  in_process_.clock().Advance(absl::Minutes(2));
  SweepAll();
  SweepAll();
  EXPECT_THAT(levels(), ::testing::ElementsAre(1));
  v1::ListReferralsRequest escalated;
  escalated.set_escalated(true);
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, escalated)).referrals_size(), 1);
  in_process_.clock().Advance(absl::Hours(2));
  SweepAll();
  EXPECT_THAT(levels(), ::testing::ElementsAre(1, 2));
  v1::Referral r = ReadReferral(sent.name(), member_);
  ASSERT_OK(Do<v1::AcknowledgeReferralRequest>(member_, r));
  in_process_.clock().Advance(absl::Hours(4));
  SweepAll();
  EXPECT_THAT(levels(), ::testing::ElementsAre(1, 2));
}

TEST_F(ReferralWork, APlaceOfSafetyAlarmsAfterTwelveHoursAndNeedsThePowerOfItsDay) {
  v1::Referral r = Reported(v1::AGE_BAND_16_17);
  v1::RecordReferralPlaceOfSafetyRequest brought;
  *brought.mutable_brought_at() = ToProto(absl::FromCivil(absl::CivilSecond(2021, 9, 30, 12), OntarioZone()));
  EXPECT_THAT(Do(worker_, r, brought), RefusedBy(rules::kPowerNotInForce));
  *brought.mutable_brought_at() = ToProto(absl::FromCivil(absl::CivilSecond(2022, 1, 1), OntarioZone()));
  EXPECT_THAT(Do(worker_, r, brought), RefusedBy(rules::kFieldInvalid)) << "a mistyped year starts no clock";
  *brought.mutable_brought_at() = ToProto(in_process_.clock().Now());
  EXPECT_THAT(Do(worker_, Reported(), brought), RefusedBy(rules::kAgeBand));
  r = Must(Do(worker_, r, brought));
  EXPECT_THAT(Do(worker_, r, brought), RefusedBy(rules::kAlreadyRecorded));
  in_process_.clock().Advance(absl::Hours(12) + absl::Seconds(1));
  SweepAll();
  int alarms = 0;
  const v1::Referral alarmed = ReadReferral(r.name(), worker_);
  for (const auto& each : alarmed.escalations()) {
    alarms += each.clock() == v1::REFERRAL_CLOCK_PLACE_OF_SAFETY;
  }
  EXPECT_EQ(alarms, 3);
}

TEST_F(ReferralWork, WhatIsGivenBackIsTheSupervisorsToAssign) {
  v1::Referral r = Sent();
  v1::AssignReferralRequest assign;
  EXPECT_THAT(Do(member_, r, assign), RefusedBy(rules::kNotTheAssignee)) << "it is nobody's";
  assign.set_assignee(member_.actor);
  r = Must(Do(member_, r, assign));
  assign.clear_assignee();
  r = Must(Do(member_, r, assign));
  EXPECT_EQ(r.assignee(), "");
  assign.set_assignee("the-night-shift");
  r = Must(Do(police_supervisor_, r, assign));
  EXPECT_EQ(r.assignee(), "the-night-shift");
  // A person who has left is not asked.
  assign.clear_assignee();
  EXPECT_EQ(Must(Do(police_supervisor_, r, assign)).assignee(), "");
}

TEST_F(ReferralWork, IsHandedOverFlaggedCorrectedAndItsHistoryStays) {
  v1::Referral r = Sent();
  v1::AssignReferralRequest assign;
  assign.set_assignee("somebody-else");
  EXPECT_THAT(Do(member_, r, assign), RefusedBy(rules::kNotTheAssignee));
  assign.set_assignee(member_.actor);
  r = Must(Do(member_, r, assign));
  v1::ListReferralsRequest mine;
  mine.set_assignee(member_.actor);
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, mine)).referrals_size(), 1);
  assign.set_assignee("the-night-shift");
  assign.clear_request_id();
  r = Must(Do(member_, r, assign));
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, mine)).referrals_size(), 0);
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("Call the school");
  flag.mutable_flag()->set_due_on("2026-11-25");
  r = Must(Do(member_, r, flag));
  v1::ClearReferralFlagRequest clear;
  clear.set_flag_id(r.flags(0).id());
  EXPECT_THAT(Do(worker_, r, clear), RefusedBy(rules::kFlagAbsent));
  r = Must(Do(member_, r, clear));
  v1::CorrectReferralRequest correct;
  *correct.mutable_referral() = r;
  correct.mutable_referral()->set_reporter_belief("It was a Tuesday.");
  correct.mutable_update_mask()->add_paths("reporter_belief");
  EXPECT_THAT(Call<v1::Referral>(member_, correct), RefusedBy(rules::kNotTheSender));
  r = Must(Call<v1::Referral>(worker_, correct));
  EXPECT_EQ(r.reporter_belief(), "It was a Tuesday.");
  EXPECT_EQ(r.assignee(), "the-night-shift");
  v1::ListReferralRevisionsRequest history;
  history.set_name(r.name());
  const auto revisions = Must(Call<v1::ListReferralRevisionsResponse>(worker_, history));
  ASSERT_EQ(revisions.revisions_size(), 6);
  EXPECT_EQ(revisions.revisions(0).referral().reporter_belief(), "what I saw");
  EXPECT_EQ(revisions.revisions(5).actor(), worker_.actor);
  EXPECT_THAT(Call<v1::ListReferralRevisionsResponse>(
                  Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham"), history),
              RefusedBy(rules::kNotFound));
}

TEST_F(ReferralWork, EachVersionOfItsHistorySaysWhichFieldsItChangedFromWhatHoweverItIsPaged) {
  v1::Referral r = Sent();
  v1::AssignReferralRequest assign;
  assign.set_assignee(member_.actor);
  r = Must(Do(member_, r, assign));
  v1::CorrectReferralRequest correct;
  *correct.mutable_referral() = r;
  correct.mutable_referral()->set_reporter_belief("It was a Tuesday.");
  correct.mutable_update_mask()->add_paths("reporter_belief");
  r = Must(Call<v1::Referral>(worker_, correct));
  v1::ListReferralRevisionsRequest history;
  history.set_name(r.name());
  const auto whole = Must(Call<v1::ListReferralRevisionsResponse>(member_, history));
  ASSERT_EQ(whole.revisions_size(), 3);
  const auto change = [&](int version, const std::string& path) {
    host::v1::FieldChange found;
    for (const auto& each : whole.revisions(version).changes()) {
      if (each.path() == path) found = each;
    }
    return absl::StrCat(found.before(), " -> ", found.after());
  };
  EXPECT_EQ(whole.revisions(0).changes_size(), 0);
  EXPECT_EQ(change(1, "assignee"), absl::StrCat(" -> ", member_.actor));
  EXPECT_EQ(change(1, "reporter_belief"), " -> ");
  EXPECT_EQ(change(2, "reporter_belief"), "what I saw -> It was a Tuesday.");
  EXPECT_EQ(change(2, "assignee"), " -> ");
  history.set_page_size(1);
  for (const auto& version : whole.revisions()) {
    const auto page = Must(Call<v1::ListReferralRevisionsResponse>(member_, history));
    ASSERT_EQ(page.revisions_size(), 1);
    EXPECT_EQ(page.revisions(0).SerializeAsString(), version.SerializeAsString());
    history.set_page_token(page.next_page_token());
  }
}

TEST_F(ReferralWork, AServiceReferralNeedsTheYouthsConsent) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_kind(v1::REFERRAL_KIND_SERVICE_REFERRAL);
  EXPECT_THAT(Call<v1::Referral>(worker_, letter), RefusedBy(rules::kServiceKind));
  letter.mutable_referral()->set_service(v1::SERVICE_KIND_YOUTH_IN_TRANSITION_WORKER);
  EXPECT_THAT(Call<v1::Referral>(worker_, letter), RefusedBy(rules::kConsentRequired));
  letter.mutable_referral()->set_consent_given(true);
  EXPECT_OK(Call<v1::Referral>(worker_, letter));
}

TEST_F(ReferralWork, ManyThatCannotBeReadHoldUpNoClockOfOthers) {
  constexpr int kUnreadable = 250;
  // The sweep also does what else is due, such as the office's counts.
  SweepAll();
  const absl::Time now = in_process_.clock().Now();
  const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    for (int i = 0; i < kUnreadable; ++i) {
      const std::string name = absl::StrCat("agencies/cas-york/referrals/unreadable-", i);
      ACCORD_RETURN_IF_ERROR(
          tx.Exec(
                "insert into resource (kind, name, owner, state, version, create_us, update_us, body) values "
                "('referral', :p1, 'cas-york', '', 1, 1, 1, '=AAAA')",
                name)
              .status());
      ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "referral", name, now - absl::Hours(1)));
    }
    return absl::OkStatus();
  });
  ASSERT_OK(stored);
  const v1::Referral sent = Sent();
  in_process_.clock().Advance(absl::Hours(3));
  EXPECT_EQ(*services_.sweeper().Sweep() + *services_.sweeper().Sweep(), 1)
      << "two batches reach the readable one";
  EXPECT_GT(ReadReferral(sent.name(), member_).escalations_size(), 0);
  EXPECT_EQ(*services_.sweeper().Sweep(), 0) << "and the others are left in peace for a while";
}

TEST_F(ReferralWork, OfTwoSweepersOneHoldsTheLease) {
  SweepAll();
  Sent();
  in_process_.clock().Advance(absl::Hours(3));
  ProtocolsServices other(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                          RealReferenceData());
  EXPECT_EQ(*services_.sweeper().Sweep(), 1);
  Sent();
  in_process_.clock().Advance(absl::Seconds(10));
  EXPECT_EQ(*other.sweeper().Sweep(), 0);
  in_process_.clock().Advance(absl::Hours(3));
  EXPECT_EQ(*other.sweeper().Sweep(), 2);
}

}  // namespace
}  // namespace accord::protocols
