#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class PrivacyAlerts : public UnderAProtocol {};

TEST_F(PrivacyAlerts, ABurstOfReferralsIsReportedOnceAnHourToPrivacyOfficers) {
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

TEST_F(PrivacyAlerts, AreGotByTheirNameByThoseWhoListThem) {
  for (int i = 0; i < 22; ++i) Sent();
  SweepAll();
  const Caller own = Officer(worker_);
  const auto list = Must(Call<v1::ListPrivacyAlertsResponse>(own, v1::ListPrivacyAlertsRequest()));
  ASSERT_EQ(list.privacy_alerts_size(), 1);
  v1::GetPrivacyAlertRequest request;
  request.set_name(list.privacy_alerts(0).name());
  const Caller office =
      Office(annotations::v1::ROLE_PRIVACY_OFFICER, annotations::v1::PURPOSE_PRIVACY_REVIEW);
  for (const Caller& caller : {own, office}) {
    EXPECT_EQ(Must(Call<v1::PrivacyAlert>(caller, request)).SerializeAsString(),
              list.privacy_alerts(0).SerializeAsString())
        << caller.agency;
  }
  EXPECT_THAT(Call<v1::PrivacyAlert>(Officer(member_), request), RefusedBy(rules::kNotFound));
}

}  // namespace
}  // namespace accord::protocols
