// This shows how many certificates an agency, and each system of it, may renew and have.
#include <string>
#include <utility>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "services/registry/enrolled.h"
#include "services/registry/testing/renewal_fixture.h"

namespace accord::registry {
namespace {

host::v1::RegistryConfig Few() {
  host::v1::RegistryConfig config;
  // A system has a quarter of each of these.
  config.set_max_certificates_of_agency(20);
  config.set_max_live_certificates_of_agency(16);
  config.set_max_renewals_of_agency(8);
  return config;
}

class FewRenewals : public Renewal {
 protected:
  FewRenewals() : Renewal(Few()) {}
};

TEST_F(FewRenewals, ArePossibleInADayAndTheRefusalSaysWhenToTryAgain) {
  ASSERT_OK(Renew());
  Later(absl::Hours(1));
  ASSERT_OK(Renew());
  const absl::Status refused = Renew().status();
  EXPECT_THAT(refused, RefusedBy(rules::kRenewalsTooMany));
  const auto told = refused.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  ASSERT_TRUE(told.has_value());
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(retry.ParseFromString(std::string(*told)));
  EXPECT_EQ(retry.retry_delay().seconds(), 23 * 3600);
  Later(absl::Hours(23) - absl::Seconds(1));
  EXPECT_THAT(Renew(), RefusedBy(rules::kRenewalsTooMany));
  Later(absl::Seconds(1));
  EXPECT_OK(Renew());
}

TEST_F(FewRenewals, ArePossibleWhileManyCertificatesAreInForce) {
  const v1::Certificate spare = Must(Issue(system_));
  ASSERT_OK(Issue(system_));
  ASSERT_OK(Issue(system_));
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificatesLiveTooMany));
  ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, spare)));
  EXPECT_OK(Renew());
}

// A stolen certificate renews for its own system only.
TEST_F(FewRenewals, OfOneSystemLeaveTheOthersTheirOwn) {
  const v1::Certificate other = Enrolled("shelter");
  Later(kDay);
  ASSERT_OK(Renew());
  ASSERT_OK(Renew());
  EXPECT_THAT(Renew(), RefusedBy(rules::kRenewalsTooMany));
  EXPECT_OK(RenewOf("shelter", other));
  ASSERT_OK(Issue(system_));
  Later(kDay);
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificatesLiveTooMany)) << "four of this system are in force";
  EXPECT_OK(RenewOf("shelter", other));
}

TEST_F(FewRenewals, OfAllSystemsAreBoundedTogether) {
  std::vector<std::pair<std::string, v1::Certificate>> systems;
  for (const char* id : {"one", "two", "three", "four", "five"}) systems.emplace_back(id, Enrolled(id));
  Later(kDay);
  for (int i = 0; i < 4; ++i) {
    ASSERT_OK(RenewOf(systems[i].first, systems[i].second));
    ASSERT_OK(RenewOf(systems[i].first, systems[i].second));
  }
  // 14 are in force.
  EXPECT_THAT(RenewOf("five", systems[4].second), RefusedBy(rules::kRenewalsTooMany));
  Later(kDay);
  ASSERT_OK(RenewOf("five", systems[4].second));
  ASSERT_OK(RenewOf("four", systems[3].second));
  EXPECT_THAT(RenewOf("five", systems[4].second), RefusedBy(rules::kCertificatesLiveTooMany));
}

TEST_F(FewRenewals, CountAmongAllCertificatesOfTheAgency) {
  const v1::System spare_system = OneMore("spare");
  for (int i = 0; i < 18; ++i) {
    const v1::Certificate spare = Must(Issue(spare_system));
    ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, spare)));
  }
  ASSERT_OK(Renew()) << "it is the twentieth";
  EXPECT_THAT(Renew(), RefusedBy(rules::kCertificatesTooMany));
}

// As of one that renews certificates of a day all day: what it had has ended or was revoked, and counts.
TEST_F(FewRenewals, OfOneSystemLeaveTheOthersTheirCertificates) {
  const v1::Certificate other = Enrolled("shelter");
  Later(kDay);
  for (int i = 0; i < 4; ++i) {
    const v1::Certificate renewed = Must(Renew());
    ASSERT_OK((Verb<v1::Certificate, v1::RevokeCertificateRequest>(society_, renewed)));
    Later(kDay);
  }
  const absl::Status refused = Renew().status();
  EXPECT_THAT(refused, RefusedBy(rules::kCertificatesTooMany)) << "it has had five of twenty";
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("The system has renewed"));
  EXPECT_OK(RenewOf("shelter", other));
  EXPECT_OK(Issue(system_)) << "the office decides by itself";
}

}  // namespace
}  // namespace accord::registry
