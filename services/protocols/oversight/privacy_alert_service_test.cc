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

TEST_F(PrivacyAlerts, AreAcknowledgedOnceByEachAgencyThatReadsThemAndStayInTheList) {
  for (int i = 0; i < 22; ++i) Sent();
  SweepAll();
  const Caller own = Officer(worker_);
  const Caller office =
      Office(annotations::v1::ROLE_PRIVACY_OFFICER, annotations::v1::PURPOSE_PRIVACY_REVIEW);
  const auto listed = [&](const Caller& caller) {
    auto list = Must(Call<v1::ListPrivacyAlertsResponse>(caller, v1::ListPrivacyAlertsRequest()));
    EXPECT_EQ(list.privacy_alerts_size(), 1);
    return list.privacy_alerts(0);
  };
  const auto acknowledge = [&](const Caller& caller, const v1::PrivacyAlert& alert) {
    return Do<v1::PrivacyAlert, v1::AcknowledgePrivacyAlertRequest>(caller, alert);
  };
  v1::PrivacyAlert alert = listed(own);
  EXPECT_THAT(acknowledge(Officer(member_), alert), RefusedBy(rules::kNotFound)) << "nobody told them";
  // What the office has read, the agency that it is about has yet to read.
  alert = Must(acknowledge(office, alert));
  EXPECT_THAT(acknowledge(office, alert), RefusedBy(rules::kAlreadyRecorded));
  alert = Must(acknowledge(own, alert));
  Caller colleague = own;
  colleague.actor = "another officer";
  EXPECT_THAT(acknowledge(colleague, alert), RefusedBy(rules::kAlreadyRecorded));
  ASSERT_EQ(alert.acknowledgements_size(), 2);
  EXPECT_EQ(alert.acknowledgements(0).agency(), office.agency);
  EXPECT_EQ(alert.acknowledgements(1).agency(), own.agency);
  EXPECT_EQ(alert.acknowledgements(1).acknowledged_by(), own.actor);
  EXPECT_EQ(FromProto(alert.acknowledgements(1).acknowledge_time()), in_process_.clock().Now());
  EXPECT_EQ(listed(own).SerializeAsString(), alert.SerializeAsString());
  EXPECT_EQ(listed(office).SerializeAsString(), alert.SerializeAsString());
}

}  // namespace
}  // namespace accord::protocols
