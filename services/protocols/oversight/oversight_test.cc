// These tests show break-glass, the end of access to youth records, and what privacy officers read.
#include "services/protocols/testing/oversight_fixture.h"

namespace accord::protocols {
namespace {

TEST_F(Oversight, BreakGlassNeedsTwoPeopleOfDifferentGradeAndLastsFourHours) {
  const v1::Referral referral = Sent();
  const auto access = Ask(durham_member_, referral.name());
  ASSERT_OK(access);
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), durham_member_).status())) << "asking opens nothing";
  EXPECT_THAT(Approve(durham_member_, *access), RefusedBy(rules::kTwoPeople));
  Caller colleague = durham_member_;
  colleague.actor = "another";
  EXPECT_THAT(Approve(colleague, *access), RefusedBy(rules::kTwoPeople)) << "the same grade";
  EXPECT_TRUE(absl::IsNotFound(Approve(police_supervisor_, *access).status())) << "another agency";
  const auto granted = Approve(durham_supervisor_, *access);
  ASSERT_OK(granted);
  EXPECT_THAT(Approve(durham_supervisor_, *granted), RefusedBy(rules::kStateNotPermitted));
  EXPECT_EQ(Get(referral.name(), durham_member_)->reporter_belief(), "what I saw");
  EXPECT_EQ(
      Must(Call<v1::ListReferralsResponse>(durham_member_, v1::ListReferralsRequest())).referrals_size(), 0)
      << "one record, not a list";
  EXPECT_TRUE(absl::IsNotFound(
      Get(referral.name(), Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-toronto")).status()));
  in_process_.clock().Advance(absl::Hours(4));
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), durham_member_).status()));
}

TEST_F(Oversight, WhatNobodyAgreedToInItsTimeIsAskedAgain) {
  const v1::Referral referral = Sent();
  const auto first = Ask(durham_member_, referral.name()), second = Ask(durham_member_, referral.name());
  ASSERT_TRUE(first.ok() && second.ok());
  in_process_.clock().Advance(absl::Hours(4) - absl::Minutes(1));
  EXPECT_OK(Approve(durham_supervisor_, *first));
  in_process_.clock().Advance(absl::Minutes(1));
  EXPECT_THAT(Approve(durham_supervisor_, *second), RefusedBy(rules::kRequestLapsed));
}

TEST_F(Oversight, BreakGlassTellsTheOwnerAndTheOfficersAtOnce) {
  const v1::Referral referral = Sent();
  ASSERT_OK(Approve(durham_supervisor_, Must(Ask(durham_member_, referral.name()))));
  for (const Caller& caller : {Officer(worker_), Officer(durham_member_)}) {
    const auto alerts = Must(Call<v1::ListPrivacyAlertsResponse>(caller, v1::ListPrivacyAlertsRequest()));
    ASSERT_EQ(alerts.privacy_alerts_size(), 1);
    EXPECT_EQ(alerts.privacy_alerts(0).kind(), v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS);
    EXPECT_EQ(alerts.privacy_alerts(0).by_agency(), "ps-durham");
    EXPECT_EQ(alerts.privacy_alerts(0).resource(), referral.name());
  }
}

TEST_F(Oversight, BreakGlassOpensNothingToThoseWhoMayNotAskForIt) {
  const v1::Referral referral = Sent();
  ASSERT_OK(Approve(durham_supervisor_, Must(Ask(durham_member_, referral.name()))));
  EXPECT_OK(Get(referral.name(), durham_member_));
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), Officer(durham_member_)).status()));
}

TEST_F(Oversight, BreakGlassDoesNotTellWhetherARecordExists) {
  const auto access = Ask(durham_member_, "agencies/cas-york/referrals/never-was");
  ASSERT_OK(access);
  ASSERT_OK(Approve(durham_supervisor_, *access));
  EXPECT_TRUE(absl::IsNotFound(Get("agencies/cas-york/referrals/never-was", durham_member_).status()));
  for (const Caller& caller : {Officer(worker_), Officer(durham_member_)}) {
    EXPECT_EQ(Must(Call<v1::ListPrivacyAlertsResponse>(caller, v1::ListPrivacyAlertsRequest()))
                  .privacy_alerts_size(),
              0)
        << "nobody is told of a record that is not there";
  }
  EXPECT_THAT(Ask(durham_member_, "a/b"), RefusedBy(rules::kFieldInvalid))
      << "which is no referral's by its form";
}

TEST_F(Oversight, AYouthRecordIsSealedOnTheDayItsAccessEndsAndOverridesEveryRole) {
  const v1::Referral referral = Sent();
  v1::RecordReferralYouthRecordRequest request;
  request.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
  request.mutable_record()->set_counted_from("2026-11-23");
  const auto recorded = Do(police_supervisor_, referral, request);
  ASSERT_OK(recorded);
  EXPECT_EQ(recorded->youth_record().access_ends_on(), "2027-01-24");
  // The youth was found guilty after all, and two people evaluate the end anew.
  request.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_SUMMARY_CONVICTION);
  const auto proposed = Must(Do(police_supervisor_, *recorded, request));
  EXPECT_EQ(proposed.youth_record().access_ends_on(), "2027-01-24");
  request.clear_request_id();
  const auto changed = Do(society_supervisor_, proposed, request);
  ASSERT_OK(changed);
  EXPECT_EQ(changed->youth_record().access_ends_on(), "2029-11-24");
  SweepOn("2029-11-23");
  EXPECT_OK(Get(referral.name(), worker_));
  ASSERT_OK(Approve(durham_supervisor_, Must(Ask(durham_member_, referral.name()))));
  SweepOn("2029-11-24");
  for (const Caller& caller : {worker_, director_, police_supervisor_}) {
    Caller now = caller;
    if (now.agency == "cas-york") now.purpose = annotations::v1::PURPOSE_CHILD_PROTECTION;
    EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), now).status()));
  }
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), durham_member_).status())) << "break-glass neither";
  EXPECT_EQ(Tombstones(), 2) << "the record's, and that of the access which opened it";
}

TEST_F(Oversight, ARepeatedRequestSaysOfASealedRecordWhatGetSays) {
  auto letter = Letter(protocol_);
  letter.set_request_id("the-same-request");
  const v1::Referral first = Must(Call<v1::Referral>(worker_, letter));
  v1::RecordReferralYouthRecordRequest request;
  request.set_name(first.name());
  request.set_etag(first.etag());
  request.set_request_id("the-record-of-it");
  request.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
  request.mutable_record()->set_counted_from("2026-11-23");
  const auto record = [&] { return Call<v1::Referral>(police_supervisor_, request); };
  ASSERT_OK(record());
  const auto again = Call<v1::Referral>(worker_, letter);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), Get(first.name(), worker_)->SerializeAsString()) << "as it is now";
  SweepOn("2027-01-24");
  const absl::Status get = Get(first.name(), worker_).status();
  ASSERT_TRUE(absl::IsNotFound(get));
  EXPECT_EQ(Call<v1::Referral>(worker_, letter).status(), get);
  EXPECT_EQ(record().status(), get);
  const auto kept = in_process_.database().Read([&](storage::Transaction& tx) {
    return tx.Query<std::string>(
        "select response from idempotency where request_id in ('the-same-request', 'the-record-of-it')");
  });
  ASSERT_EQ(kept->size(), 2u) << "the requests stay known";
  for (const auto& [response] : *kept) EXPECT_EQ(response, "");
}

TEST_F(Oversight, TheYouthRecordTableIsWhatTheActSays) {
  const std::vector<std::pair<v1::YouthDisposition, std::string>> expected = {
      {v1::YOUTH_DISPOSITION_EXTRAJUDICIAL_SANCTION, "2022-03-01"},
      {v1::YOUTH_DISPOSITION_ACQUITTAL, "2020-04-30"},
      {v1::YOUTH_DISPOSITION_DISMISSAL, "2020-04-30"},
      {v1::YOUTH_DISPOSITION_WITHDRAWAL, "2020-04-30"},
      {v1::YOUTH_DISPOSITION_REPRIMAND, "2020-04-30"},
      {v1::YOUTH_DISPOSITION_STAY, "2021-03-01"},
      {v1::YOUTH_DISPOSITION_ABSOLUTE_DISCHARGE, "2021-03-01"},
      {v1::YOUTH_DISPOSITION_CONDITIONAL_DISCHARGE, "2023-03-01"},
      {v1::YOUTH_DISPOSITION_SUMMARY_CONVICTION, "2023-03-01"},
      {v1::YOUTH_DISPOSITION_INDICTABLE_CONVICTION, "2025-03-01"},
      {v1::YOUTH_DISPOSITION_ACQUITTAL_APPEALED, "2020-05-30"},
      {v1::YOUTH_DISPOSITION_ORDER_S14_OR_S20, "2020-08-30"}};
  const ReferenceData reference_data = RealReferenceData();
  EXPECT_EQ(expected.size(), static_cast<std::size_t>(v1::YouthDisposition_MAX));
  for (const auto& [disposition, day] : expected) {
    EXPECT_EQ(FormatDay(*reference_data.rules.YouthAccessEnd(disposition, *ParseDay("2020-02-29"))), day);
  }
}

TEST_F(Oversight, WithoutARuleNothingIsPurged) {
  const v1::Referral sent = Sent();
  v1::RejectReferralRequest request;
  request.set_reason("no");
  ASSERT_OK(Do(police_supervisor_, sent, request));
  SweepOn("2099-01-01");
  EXPECT_OK(Get(sent.name(), worker_));
}

TEST_F(Oversight, APrivacyOfficerReadsStructureAndIsToldWhatIsMasked) {
  const v1::Referral sent = Sent();
  v1::GetReferralRequest get;
  get.set_name(sent.name());
  const auto reply = in_process_.ReplyTo(Officer(worker_), get);
  ASSERT_OK(reply);
  EXPECT_THAT(reply->masked, ::testing::ElementsAre("indigenous_identity", "next_due", "next_due_what",
                                                    "reporter_belief", "subject_ref"));
  v1::Referral seen;
  ASSERT_TRUE(seen.ParseFromString(reply->response));
  EXPECT_EQ(seen.state(), v1::REFERRAL_STATE_SUBMITTED);
  EXPECT_EQ(seen.reporter_belief() + seen.subject_ref(), "");
  EXPECT_EQ(seen.indigenous_identity(), 0);
  // Nothing else that tells of the youth is shown either.
  v1::CreateReferralRequest more = Letter(protocol_);
  more.mutable_referral()->add_indicators("hotel_keys");
  more.mutable_referral()->set_ground_code("sexual_exploitation");
  more.mutable_referral()->set_existing_order(true);
  const v1::Referral told = Must(Call<v1::Referral>(worker_, more));
  v1::RecordReferralYouthRecordRequest record;
  record.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_STAY);
  record.mutable_record()->set_counted_from("2026-11-20");
  ASSERT_OK(Do(police_supervisor_, told, record));
  v1::GetReferralRequest get_told;
  get_told.set_name(told.name());
  EXPECT_THAT(
      in_process_.ReplyTo(Officer(worker_), get_told)->masked,
      ::testing::IsSupersetOf({"indicators", "ground_code", "existing_order", "youth_record.disposition",
                               "youth_record.counted_from", "youth_record.access_ends_on"}));
  // Whoever works on the referral sees all of it.
  EXPECT_TRUE(in_process_.ReplyTo(member_, get)->masked.empty());
}

TEST_F(Oversight, ASubjectIsFoundByItsSealedReferenceExactly) {
  Sent();
  v1::CreateReferralRequest other = Letter(protocol_);
  other.mutable_referral()->set_subject_ref("subject-10");
  ASSERT_OK(Call<v1::Referral>(worker_, other));
  v1::ListReferralsRequest list;
  list.set_subject_ref("subject-10");
  const auto found = Must(Call<v1::ListReferralsResponse>(member_, list));
  ASSERT_EQ(found.referrals_size(), 1);
  EXPECT_EQ(found.referrals(0).subject_ref(), "subject-10");
  list.set_subject_ref("subject");
  EXPECT_EQ(Must(Call<v1::ListReferralsResponse>(member_, list)).referrals_size(), 0);
}

}  // namespace
}  // namespace accord::protocols
