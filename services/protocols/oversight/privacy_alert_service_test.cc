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

}  // namespace
}  // namespace accord::protocols
