#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class CountsAndFilters : public UnderAProtocol {};

TEST_F(CountsAndFilters, TheOfficeCountsWithoutSeeingAndSmallCellsAreHidden) {
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

TEST_F(CountsAndFilters, AKeptFilterIsItsActorsOwn) {
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

}  // namespace
}  // namespace accord::protocols
