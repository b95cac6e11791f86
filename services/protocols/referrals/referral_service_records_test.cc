#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class ReferralRecords : public UnderAProtocol {};

TEST_F(ReferralRecords, ABirthDateIsHeldAgainstTheAgeBandAndNotKept) {
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
  EXPECT_EQ(record("2026-12-01", "2026-12-01"), "DATES_CONTRADICT");
  EXPECT_EQ(record("2026-12-01", "2027-05-31"), "");
  EXPECT_EQ(record("2026-12-01", "2027-05-30"), "RENEWAL");
  EXPECT_EQ(record("2026-12-01", "2027-11-30"), "");
  EXPECT_EQ(referral.voluntary_agreement().renewed_from(0), "2027-05-31");
}

}  // namespace
}  // namespace accord::protocols
