#include "services/gateway/policy.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/gateway/event_loop.h"
#include "services/gateway/quota.h"
#include "services/gateway/wire.h"

namespace accord::gateway {
namespace {

const absl::CivilDay kToday(2026, 11, 23);

registry::v1::PolicyUpdate Whole() {
  registry::v1::PolicyUpdate update;
  update.set_reset(true);
  auto* agency = update.add_agencies();
  agency->set_agency("cas-york");
  agency->set_valid_from("2026-01-01");
  agency->set_valid_to("2026-12-31");
  auto* system = update.add_systems();
  system->set_agency("cas-york");
  system->set_system("cms");
  system->set_active(true);
  auto* certificate = update.add_certificates();
  certificate->set_fingerprint("f");
  certificate->set_agency("cas-york");
  certificate->set_system("cms");
  certificate->set_active(true);
  return update;
}

std::string Rule(const PolicyTable& table, const char* agency = "cas-york", absl::CivilDay day = kToday) {
  return RuleOf(table.CheckCertificate({agency, "cms"}, "f", day));
}

TEST(PolicyTable, NamesTheRuleThatClosesTheDoor) {
  auto table = PolicyTable::Apply(PolicyTable(), Whole());
  EXPECT_EQ(Rule(*table), "");
  EXPECT_EQ(Rule(*table, "opp"), "CERTIFICATE_NOT_REGISTERED");
  EXPECT_EQ(Rule(*table, "cas-york", absl::CivilDay(2027, 1, 1)), "AGENCY_NOT_VALID");
  registry::v1::PolicyUpdate change;
  *change.add_certificates() = Whole().certificates(0);
  change.mutable_certificates(0)->set_active(false);
  EXPECT_EQ(Rule(*PolicyTable::Apply(*table, change)), "CERTIFICATE_REVOKED");
  change.Clear();
  *change.add_systems() = Whole().systems(0);
  change.mutable_systems(0)->set_active(false);
  EXPECT_EQ(Rule(*PolicyTable::Apply(*table, change)), "SYSTEM_SUSPENDED");
}

TEST(Policy, IsStaleUntilTheRegistryIsHeard) {
  Policy policy;
  EXPECT_FALSE(policy.Fresh(Millis(5000)));
  EXPECT_FALSE(policy.Take({}));
  EXPECT_TRUE(policy.Fresh(Millis(5000)));
}

TEST(Quota, RefusesAboveBurstAndOpenCalls) {
  const auto now = std::chrono::steady_clock::now();
  Quota quota({.calls_per_second = 1, .burst = 2, .open_calls = 1});
  const auto first = quota.Enter("a", now);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(RuleOf(quota.Enter("a", now).status()), "QUOTA_OPEN_CALLS");
  EXPECT_TRUE(quota.Enter("b", now).ok());
  quota.Leave(*first);
  EXPECT_TRUE(quota.Enter("a", now).ok());
  quota.Leave(*first);
  EXPECT_EQ(RuleOf(quota.Enter("a", now).status()), "QUOTA_CALLS");
  EXPECT_TRUE(quota.Enter("a", now + std::chrono::seconds(1)).ok());
}

TEST(Wire, ParsesTimeouts) {
  EXPECT_EQ(ParseTimeout("1S"), Millis(1000));
  EXPECT_EQ(ParseTimeout("1n"), Millis(1));
  EXPECT_EQ(ParseTimeout("0m"), Millis(0));
  for (const char* bad : {"", "S", "1", "-1S", "123456789S", "1x"}) EXPECT_FALSE(ParseTimeout(bad)) << bad;
}

TEST(Wire, MetersMessagesAcrossChunks) {
  FrameMeter meter(4, true);
  EXPECT_EQ(meter.Take(std::string_view("\0\0\0", 3)), FrameMeter::Fault::kNone);
  EXPECT_EQ(meter.Take(std::string_view("\0\4abcd\0\0\0\0", 10)), FrameMeter::Fault::kNone);
  EXPECT_EQ(meter.Take(std::string_view("\5", 1)), FrameMeter::Fault::kTooLarge);
  FrameMeter single(4, false);
  EXPECT_EQ(single.Take(std::string_view("\0\0\0\0\1a", 6)), FrameMeter::Fault::kNone);
  EXPECT_EQ(single.Take(std::string_view("\0", 1)), FrameMeter::Fault::kSurplus);
  FrameMeter compressed(4, true);
  EXPECT_EQ(compressed.Take(std::string_view("\1", 1)), FrameMeter::Fault::kCompressed);
}

TEST(AgencyIdentity, NeedsExactlyOneUri) {
  const std::string uri = "spiffe://accord.example/agency/opp/system/niche";
  EXPECT_TRUE(AgencyIdentityOf({uri}));
  EXPECT_FALSE(AgencyIdentityOf({uri, uri}));
  EXPECT_FALSE(AgencyIdentityOf({"spiffe://accord.internal/service/gateway"}));
  EXPECT_FALSE(AgencyIdentityOf({uri + "/more"}));
}

}  // namespace
}  // namespace accord::gateway
