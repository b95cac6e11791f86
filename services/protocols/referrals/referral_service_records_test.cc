#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class ReferralRecords : public UnderAProtocol {};

TEST_F(ReferralRecords, ABirthDateIsHeldAgainstTheAgeBandAndNotKept) {
  v1::CreateReferralRequest letter = Letter(protocol_);  // The person is 12 to 15 on 2026-11-20.
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

// After an outage, what was done by telephone is entered later, and the clock goes by when it happened.
TEST_F(ReferralRecords, WhatIsEnteredLaterKeepsWhenItHappenedAndWhenItWasEntered) {
  const v1::Referral sent = Sent();
  const absl::Time submitted = in_process_.clock().Now();
  in_process_.clock().Advance(absl::Hours(5));
  v1::AcknowledgeReferralRequest request;
  *request.mutable_happened_at() = ToProto(submitted + absl::Minutes(10));
  const v1::Referral referral = Must(Do(member_, sent, request));
  EXPECT_EQ(FromProto(referral.acknowledged_at()), submitted + absl::Minutes(10));
  EXPECT_LT(FromProto(referral.acknowledged_at()), FromProto(referral.acknowledge_due()));
  ASSERT_EQ(referral.late_entries_size(), 1);
  const v1::LateEntry& entry = referral.late_entries(0);
  EXPECT_EQ(entry.act(), v1::REFERRAL_ACT_ACKNOWLEDGE);
  EXPECT_EQ(FromProto(entry.happened_at()), submitted + absl::Minutes(10));
  EXPECT_EQ(FromProto(entry.entered_at()), submitted + absl::Hours(5));
  EXPECT_EQ(entry.entered_by(), member_.actor);
  const v1::Referral responded = Must(Do<v1::Referral, v1::RecordReferralResponseRequest>(member_, referral));
  EXPECT_EQ(responded.late_entries_size(), 1) << "what happens now is no late entry";
  EXPECT_EQ(FromProto(responded.responded_at()), in_process_.clock().Now());
}

TEST_F(ReferralRecords, NothingHappensInTheFutureNorBeforeWhatItFollows) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  const absl::Time called = in_process_.clock().Now() - absl::Minutes(30);
  *letter.mutable_referral()->mutable_phone_contact_at() = ToProto(called);
  letter.mutable_referral()->set_event_date(FormatDay(OntarioDay(called)));
  const v1::Referral sent = Must(Call<v1::Referral>(worker_, letter));
  const auto acknowledge = [&](absl::Time at) {
    v1::AcknowledgeReferralRequest request;
    *request.mutable_happened_at() = ToProto(at);
    return Do(member_, sent, request);
  };
  EXPECT_THAT(acknowledge(in_process_.clock().Now() + absl::Seconds(1)), RefusedBy(rules::kHappenedInFuture));
  EXPECT_THAT(acknowledge(called - absl::Seconds(1)), RefusedBy(rules::kHappenedTooEarly));
  EXPECT_EQ(ReadReferral(sent.name(), member_).late_entries_size(), 0);
  const auto acknowledged = acknowledge(called);
  ASSERT_OK(acknowledged) << "it was acknowledged on the telephone, before it was entered";
  const auto screen = [&](absl::Time at) {
    v1::ScreenReferralRequest request;
    request.set_outcome(v1::REFERRAL_STATE_CONSULT_ONLY);
    request.set_reason("because");
    *request.mutable_happened_at() = ToProto(at);
    return Do(police_supervisor_, *acknowledged, request);
  };
  EXPECT_THAT(screen(called - absl::Seconds(1)), RefusedBy(rules::kHappenedTooEarly));
  EXPECT_OK(screen(called));
}

TEST_F(ReferralRecords, AnAgreementWithAYouthHasDatesAndIsRenewed) {
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
  EXPECT_EQ(record("2017-12-31", "2019-12-30"), "AGREEMENT_NOT_IN_FORCE");
  EXPECT_EQ(record("2018-01-01", "2018-01-01"), "DATES_CONTRADICT") << "by the law of that day there is one";
  EXPECT_EQ(record("2026-12-01", "2026-12-01"), "DATES_CONTRADICT");
  EXPECT_EQ(record("2026-12-01", "2027-05-31"), "");
  EXPECT_EQ(record("2026-12-01", "2027-05-30"), "RENEWAL");
  EXPECT_EQ(record("2026-12-01", "2027-11-30"), "");
  EXPECT_EQ(referral.voluntary_agreement().renewed_from(0), "2027-05-31");
}

}  // namespace
}  // namespace accord::protocols
