// Break-glass, the ends of records and what stands in their way, sealing and finding by a sealed value.
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class Oversight : public ProtocolsFixture {
 protected:
  using ProtocolsFixture::ProtocolsFixture;
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  template <class Res, class Req>
  absl::StatusOr<Res> Do(const Caller& caller, const Res& on, Req request = Req()) {
    request.set_name(on.name());
    request.set_etag(on.etag());
    return Call<Res>(caller, request);
  }
  absl::StatusOr<v1::EmergencyAccess> Ask(const Caller& caller, const std::string& resource) {
    v1::RequestEmergencyAccessRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_emergency_access()->set_resource(resource);
    request.mutable_emergency_access()->set_danger(v1::DANGER_IMMINENT_DANGER_TO_LIFE);
    request.mutable_emergency_access()->set_reason("a child in a car, this number plate");
    return Call<v1::EmergencyAccess>(caller, request);
  }
  absl::StatusOr<v1::EmergencyAccess> Approve(const Caller& caller, const v1::EmergencyAccess& access) {
    return Do<v1::EmergencyAccess, v1::ApproveEmergencyAccessRequest>(caller, access);
  }
  int Tombstones() {
    return Must(Call<v1::ListTombstonesResponse>(Officer(worker_), v1::ListTombstonesRequest()))
        .tombstones_size();
  }
  const v1::Protocol protocol_ = InForce();
  const Caller durham_member_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  const Caller durham_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
};

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
  // Found guilty after all: evaluated anew, on the word of two people.
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
  EXPECT_EQ(Tombstones(), 1);
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
      {v1::YOUTH_DISPOSITION_INDICTABLE_CONVICTION, "2025-03-01"}};
  const ReferenceData reference_data = RealReferenceData();
  EXPECT_EQ(expected.size(), static_cast<std::size_t>(v1::YouthDisposition_MAX));
  for (const auto& [disposition, day] : expected) {
    EXPECT_EQ(FormatDay(*reference_data.rules.YouthAccessEnd(disposition, *ParseDay("2020-02-29"))), day);
  }
}

// These tests use a rule that the real data lacks, because none is known.
class Retention : public Oversight {
 protected:
  static ReferenceData WithRule() {
    const std::string data = std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/protocols/data/";
    v1::RuleSet set;
    EXPECT_OK(ReadTextProto(data + "rules.textproto", &set));
    auto* rule = set.add_retention();
    rule->set_kind("referral");
    rule->set_months(12);
    rule->set_source("a test");
    ReferenceData reference_data = RealReferenceData();
    reference_data.rules = *Rules::From(std::move(set));
    return reference_data;
  }
  void Sweep(const std::string& day) {
    in_process_.clock().Set(EndOfDay(*ParseDay(day)) - absl::Hours(12));
    ProtocolsServices ruled(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                            WithRule());
    absl::StatusOr<int> swept = 1;
    for (int i = 0; i < 10 && swept.ok() && *swept > 0; ++i) swept = ruled.sweeper().Sweep();
    EXPECT_OK(swept.status());
  }
  // Rejected under the rule, so that its end is planned.
  v1::Referral Over() {
    const v1::Referral sent = Sent();
    v1::RejectReferralRequest request;
    request.set_reason("another agency's");
    const v1::Referral over = Must(Do(police_supervisor_, sent, request));
    Plan(over.name());
    return over;
  }
  void Plan(const std::string& name) {
    const absl::Status planned = in_process_.database().Transact([&](storage::Transaction& tx) {
      return tx
          .Exec(
              "insert into due (kind, name, at_us) values ('referral', :p1, 0) on conflict (kind, name) do "
              "nothing",
              name)
          .status();
    });
    EXPECT_OK(planned);
  }
};

TEST_F(Retention, APurgedRecordLeavesATombstoneAndNoContent) {
  const v1::Referral referral = Over();
  Sweep("2026-11-24");
  EXPECT_OK(Get(referral.name(), worker_));
  Sweep("2027-11-24");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
  EXPECT_EQ(Tombstones(), 1);
  const auto left = in_process_.database().Read([&](storage::Transaction& tx) {
    return tx.Query<std::string>(
        "select body from revision where name = :p1 union all select body from resource "
        "where name = :p2 union all select response from idempotency i where exists "
        "(select 1 from revision r where r.name = :p3 and r.request_id = i.request_id)",
        referral.name(), referral.name(), referral.name());
  });
  ASSERT_OK(left.status());
  for (const auto& [body] : *left) EXPECT_TRUE(body == "{}" || body.empty()) << body;
}

TEST_F(Retention, AReminderOnWhatIsOverDoesNotPutOffItsEnd) {
  const v1::Referral referral = Over();
  Sweep("2027-06-01");
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("not yet");
  const auto flagged = Do(worker_, referral, flag);
  ASSERT_OK(flagged);
  EXPECT_EQ(OntarioDay(FromProto(flagged->ended_at())), absl::CivilDay(2026, 11, 23));
  Plan(referral.name());
  Sweep("2027-11-24");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
}

TEST_F(Retention, ALegalHoldKeepsARecordUntilItIsLifted) {
  const v1::Referral referral = Over();
  v1::PlaceLegalHoldRequest place;
  place.set_resource(referral.name());
  place.set_reason("a court order");
  EXPECT_TRUE(absl::IsNotFound(Call<v1::LegalHold>(Officer(durham_member_), place).status()))
      << "of others' record";
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), place));
  EXPECT_THAT(Call<v1::LegalHold>(Officer(worker_), place), RefusedBy(rules::kAlreadyHeld));
  Sweep("2027-11-24");
  EXPECT_OK(Get(referral.name(), worker_));
  v1::LiftLegalHoldRequest lift;
  lift.set_resource(referral.name());
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), lift));
  Sweep("2027-11-26");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
}

TEST_F(Retention, AHoldIsAChangeThatTheLogComparesAndDoesNotTellOfWhat) {
  const v1::Referral referral = Over();
  v1::PlaceLegalHoldRequest place;
  place.set_resource(referral.name());
  place.set_reason("a court order");
  place.set_request_id(RequestId());
  const auto placed = in_process_.ReplyTo(Officer(worker_), place);
  ASSERT_OK(placed);
  v1::LiftLegalHoldRequest lift;
  lift.set_resource(referral.name());
  lift.set_request_id(RequestId());
  const auto lifted = in_process_.ReplyTo(Officer(worker_), lift);
  ASSERT_OK(lifted);
  ASSERT_EQ(placed->touched.changed_size(), 1);
  ASSERT_EQ(lifted->touched.changed_size(), 1);
  const auto& first = placed->touched.changed(0);
  const auto& second = lifted->touched.changed(0);
  EXPECT_EQ(first.resource().owner(), worker_.agency);
  EXPECT_THAT(first.resource().name(), ::testing::StartsWith("agencies/cas-york/legalHolds/"));
  EXPECT_EQ(second.resource().name(), first.resource().name());
  EXPECT_NE(second.revision(), first.revision());
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
  // Whose work it is sees all of it.
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
