#include "common/aggregates/office_counts.h"
#include "common/storage/records/counts.h"
#include "common/storage/testing/steps.h"
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

TEST_F(CountsAndFilters, AnAgencyCountsThoseThatWereSentWithinATime) {
  const auto asking = [](const std::string& from, const std::string& to) {
    v1::CountReferralsRequest request;
    request.set_from(from);
    request.set_to(to);
    return request;
  };
  const auto cell = [&](const Caller& caller, const v1::CountReferralsRequest& request,
                        const std::string& label) -> int64_t {
    const auto counts = Must(Call<v1::CountReferralsResponse>(caller, request));
    EXPECT_FALSE(counts.has_as_of());
    for (const auto& each : counts.counts()) {
      if (each.label() == label) return each.count();
    }
    ADD_FAILURE() << "no cell " << label;
    return -1;
  };
  // These are the last second of November, the first instant of December, and its noon.
  const absl::Time december = EndOfDay(absl::CivilDay(2026, 11, 30));
  in_process_.clock().Set(december - absl::Seconds(1));
  const v1::Referral of_november = Sent();
  in_process_.clock().Set(december);
  Sent();
  On("2026-12-01");
  Sent();
  const auto november = asking("2026-11-01", "2026-11-30"), both = asking("2026-11-30", "2026-12-01");
  for (const Caller& caller : {society_supervisor_, police_supervisor_}) {
    EXPECT_EQ(cell(caller, november, "state/submitted"), 1) << caller.agency;
    EXPECT_EQ(cell(caller, asking("2026-12-01", "2026-12-31"), "state/submitted"), 2) << caller.agency;
    EXPECT_EQ(cell(caller, both, "kind/joint_investigation"), 3) << caller.agency;
    EXPECT_EQ(cell(caller, asking("2026-12-02", "2026-12-31"), "kind/joint_investigation"), 0);
  }
  const Caller elsewhere = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
  EXPECT_EQ(cell(elsewhere, both, "kind/joint_investigation"), 0) << "of others' records";
  v1::RejectReferralRequest reject;
  reject.set_reason("another agency's");
  ASSERT_OK(Do(police_supervisor_, of_november, reject));
  EXPECT_EQ(cell(society_supervisor_, november, "state/rejected"), 1) << "as it stands now";
  EXPECT_EQ(cell(society_supervisor_, november, "state/submitted"), 0);
}

TEST_F(CountsAndFilters, ATimeThatIsCountedHasTwoDaysInOrderAndIsNoneOfTheOffices) {
  const auto refusal = [&](const Caller& caller, const std::string& from, const std::string& to) {
    v1::CountReferralsRequest request;
    request.set_from(from);
    request.set_to(to);
    return Rule(Call<v1::CountReferralsResponse>(caller, request));
  };
  EXPECT_EQ(refusal(society_supervisor_, "2026-01-01", "2026-12-31"), "");
  EXPECT_EQ(refusal(society_supervisor_, "2028-01-01", "2028-12-31"), "") << "a leap year";
  EXPECT_EQ(refusal(society_supervisor_, "2026-01-01", "2027-01-02"), "FIELD_INVALID");
  EXPECT_EQ(refusal(society_supervisor_, "2026-01-01", ""), "FIELD_INVALID");
  EXPECT_EQ(refusal(society_supervisor_, "", "2026-01-01"), "FIELD_INVALID");
  EXPECT_EQ(refusal(society_supervisor_, "2026-01-02", "2026-01-01"), "DATES_OUT_OF_ORDER");
  const Caller office =
      Office(annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  EXPECT_EQ(refusal(office, "", ""), "");
  EXPECT_EQ(refusal(office, "2026-11-01", "2026-11-30"), "FIELD_INVALID");
  EXPECT_EQ(refusal(office, "", "2026-11-30"), "FIELD_INVALID");
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

TEST(ProtocolMigrations, SayInFilesWhatKeepsCounts) {
  std::vector<storage::Migration> steps;
  storage::KeepCounts(104, "referral", {"tally"}, &steps);
  KeepOfficeCounts(106, kReferralCounts, &steps);
  storage::ExpectSteps(ProtocolMigrations(), steps);
}

}  // namespace
}  // namespace accord::protocols
