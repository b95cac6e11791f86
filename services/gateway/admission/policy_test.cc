#include "services/gateway/admission/policy.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"
#include "services/gateway/admission/quota.h"
#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/frame_meter.h"
#include "services/gateway/http2/grpc_headers.h"
#include "services/gateway/observe/record_split.h"

namespace accord::gateway {
namespace {

const absl::CivilDay kDayOfTheTable(2026, 11, 23);

registry::v1::PolicyUpdate Whole() {
  registry::v1::PolicyUpdate update;
  update.set_reset(true);
  auto* agency = update.add_agencies();
  agency->set_agency("cas-york");
  agency->set_valid_from("2026-01-01");
  agency->set_valid_to("2027-01-01");
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

std::string RuleOfCertificate(const PolicyTable& table, const char* agency = "cas-york",
                              absl::CivilDay day = kDayOfTheTable) {
  return testing::RuleOrError(table.CheckCertificate({agency, "cms"}, "f", day));
}

TEST(PolicyTable, NamesTheRuleThatKeepsACertificateOut) {
  auto table = PolicyTable::Apply(PolicyTable(), Whole());
  EXPECT_EQ(RuleOfCertificate(*table), "");
  EXPECT_EQ(RuleOfCertificate(*table, "opp"), "CERTIFICATE_NOT_REGISTERED");
  // The agency is admitted from its first day to the day on which it is over.
  EXPECT_EQ(RuleOfCertificate(*table, "cas-york", absl::CivilDay(2025, 12, 31)), "AGENCY_NOT_VALID");
  EXPECT_EQ(RuleOfCertificate(*table, "cas-york", absl::CivilDay(2026, 1, 1)), "");
  EXPECT_EQ(RuleOfCertificate(*table, "cas-york", absl::CivilDay(2026, 12, 31)), "");
  EXPECT_EQ(RuleOfCertificate(*table, "cas-york", absl::CivilDay(2027, 1, 1)), "AGENCY_NOT_VALID");
  registry::v1::PolicyUpdate change;
  *change.add_certificates() = Whole().certificates(0);
  change.mutable_certificates(0)->set_active(false);
  EXPECT_EQ(RuleOfCertificate(*PolicyTable::Apply(*table, change)), "CERTIFICATE_REVOKED");
  change.Clear();
  *change.add_systems() = Whole().systems(0);
  change.mutable_systems(0)->set_active(false);
  EXPECT_EQ(RuleOfCertificate(*PolicyTable::Apply(*table, change)), "SYSTEM_SUSPENDED");
}

TEST(Policy, IsStaleUntilTheRegistryIsHeard) {
  Policy policy;
  EXPECT_FALSE(policy.Fresh(Millis(5000)));
  EXPECT_EQ(policy.Take({}), Policy::News::kNone);
  EXPECT_TRUE(policy.Fresh(Millis(5000)));
}

TEST(Policy, IsStaleWhileTheRegistryHoldsAnother) {
  Policy policy;
  registry::v1::PolicyUpdate update = Whole();
  update.set_version(7);
  update.set_digest(PolicyTable::Apply(PolicyTable(), update)->digest());
  EXPECT_EQ(policy.Take(update), Policy::News::kChanged);
  EXPECT_TRUE(policy.Fresh(Millis(5000)));
  // A change was lost on the way: the next heartbeat gives it away.
  registry::v1::PolicyUpdate heartbeat;
  heartbeat.set_version(8);
  heartbeat.set_digest(std::string(32, 'x'));
  EXPECT_EQ(policy.Take(heartbeat), Policy::News::kDiverged);
  EXPECT_FALSE(policy.Fresh(Millis(5000)));
  heartbeat.clear_digest();
  policy.Take(heartbeat);
  EXPECT_FALSE(policy.Fresh(Millis(5000))) << "no news heals it";
  EXPECT_EQ(policy.Take(update), Policy::News::kChanged);
  EXPECT_TRUE(policy.Fresh(Millis(5000)));
}

TEST(Policy, IsStaleWhileTheRegistryKnowsOfAChangeAndTellsNone) {
  Policy policy(Millis(0));
  registry::v1::PolicyUpdate update = Whole();
  update.set_version(7);
  update.set_newest_version(8);
  policy.Take(update);
  const auto fresh = [&] { return policy.Fresh(Millis(5000)); };
  EXPECT_TRUE(testing::Eventually([&] { return !fresh(); }));
  update.Clear();
  update.set_version(8);
  update.set_newest_version(8);
  policy.Take(update);
  EXPECT_TRUE(fresh());
  // One that goes on telling is not stuck, however much it has to tell.
  Policy patient(Millis(60'000));
  for (int version = 1; version < 5; ++version) {
    update.set_version(version);
    update.set_newest_version(version + 1);
    patient.Take(update);
    EXPECT_TRUE(patient.Fresh(Millis(5000)));
  }
}

TEST(PolicyTable, AChangeLeavesTheTableBeforeItAlone) {
  const auto before = PolicyTable::Apply(PolicyTable(), Whole());
  registry::v1::PolicyUpdate change;
  *change.add_certificates() = Whole().certificates(0);
  change.mutable_certificates(0)->set_active(false);
  const auto after = PolicyTable::Apply(*before, change);
  EXPECT_EQ(RuleOfCertificate(*before), "");
  EXPECT_EQ(RuleOfCertificate(*after), "CERTIFICATE_REVOKED");
  EXPECT_NE(before->digest(), after->digest());
  change.mutable_certificates(0)->set_active(true);
  EXPECT_EQ(PolicyTable::Apply(*after, change)->digest(), before->digest());
}

TEST(Quota, RefusesAboveBurstAndOpenCalls) {
  const auto now = std::chrono::steady_clock::now();
  Quota quota({.calls_per_second = 1, .burst = 2, .open_calls = 1});
  const auto first = quota.Enter("a", now);
  ASSERT_OK(first);
  EXPECT_EQ(RuleOf(quota.Enter("a", now).status()), "QUOTA_OPEN_CALLS");
  EXPECT_OK(quota.Enter("b", now));
  quota.Leave(*first);
  EXPECT_OK(quota.Enter("a", now));
  quota.Leave(*first);
  EXPECT_EQ(RuleOf(quota.Enter("a", now).status()), "QUOTA_CALLS");
  EXPECT_OK(quota.Enter("a", now + std::chrono::seconds(1)));
}

TEST(Quota, WhoGoesOnCallingIsReadAtThePaceOfItsQuota) {
  auto now = std::chrono::steady_clock::now();
  Quota quota({.calls_per_second = 100, .burst = 1, .open_calls = 10});
  ASSERT_OK(quota.Enter("a", now));
  Millis rest(0);
  int refused = 0;
  for (; rest.count() == 0 && refused < 1000; ++refused)
    EXPECT_EQ(RuleOf(quota.Enter("a", now, 1, &rest).status()), "QUOTA_CALLS");
  EXPECT_EQ(refused, 101) << "as many as a second's calls are refused at once";
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(RuleOf(quota.Enter("a", now, 1, &rest).status()), "QUOTA_CALLS");
  EXPECT_EQ(rest, Millis(1000)) << "at the most";
  rest = Millis(0);
  EXPECT_OK(quota.Enter("b", now, 1, &rest));
  EXPECT_EQ(rest.count(), 0);
}

TEST(Quota, RecordsBeyondTheFirstOfACallAreWaitedFor) {
  const auto now = std::chrono::steady_clock::now();
  Quota quota({.calls_per_second = 10, .burst = 5, .open_calls = 100});
  const auto call = quota.Enter("a", now);
  ASSERT_OK(call);
  quota.Charge(*call, 50);
  EXPECT_EQ(RuleOf(quota.Enter("a", now + std::chrono::seconds(4)).status()), "QUOTA_CALLS");
  EXPECT_OK(quota.Enter("b", now));
  EXPECT_OK(quota.Enter("a", now + std::chrono::seconds(6)));
}

TEST(SplitRecord, NamesOneOwnersResourcesAndTheRegistrysAgenciesTogether) {
  std::vector<caller::v1::TouchedResource> touched;
  const auto add = [&](const std::string& name, const std::string& owner) {
    auto& resource = touched.emplace_back();
    resource.set_name(name);
    resource.set_owner(owner);
  };
  for (int i = 0; i < 200; ++i) add("agencies/a" + std::to_string(i), "a" + std::to_string(i));
  EXPECT_EQ(SplitRecord({}, touched, {}).size(), 1u);
  add("agencies/a1/referrals/r", "a1");
  add("agencies/a2/referrals/r", "a2");
  const auto parts = SplitRecord({}, touched, std::vector<std::string>(1500, std::string(16, 'r')));
  ASSERT_EQ(parts.size(), 3u);
  for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_EQ(parts[i].part(), static_cast<int>(i));
  EXPECT_EQ(parts[1].resources(0).owner(), "a1");
  EXPECT_EQ(parts[2].resources(0).owner(), "a2");
  EXPECT_EQ(parts[0].revisions_size() + parts[1].revisions_size(), 1500);
}

TEST(SplitRecord, TellsAnOwnerOfAChangeThatTheAnswerDoesNotShow) {
  std::vector<caller::v1::TouchedResource> touched(1);
  touched[0].set_name("agencies/ps-york/jointInvestigations/j");
  touched[0].set_owner("ps-york");
  std::vector<std::string> revisions = {std::string(16, 'j')};
  std::vector<caller::v1::ChangedResource> changed;
  const auto change = [&](const std::string& owner, char digest, bool hidden) {
    auto& each = changed.emplace_back();
    each.mutable_resource()->set_name("agencies/" + owner + "/referrals/" + digest);
    each.mutable_resource()->set_owner(owner);
    each.set_revision(std::string(16, digest));
    each.set_hidden(hidden);
    revisions.push_back(each.revision());
  };
  change("cas-york", 'r', false);
  change("cas-peel", 'h', true);
  change("ps-york", 'p', false);
  const auto parts = SplitRecord({}, touched, revisions, changed);
  ASSERT_EQ(parts.size(), 3u);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ(parts[i].part(), static_cast<int>(i));
    EXPECT_EQ(parts[i].owner_only(), i == 2);
  }
  EXPECT_EQ(parts[0].resources_size(), 2) << "what the answer shows, and another of the same owner";
  EXPECT_EQ(parts[0].revisions_size(), 2);
  ASSERT_EQ(parts[1].resources_size(), 1);
  EXPECT_EQ(parts[1].resources(0).owner(), "cas-york");
  EXPECT_EQ(parts[1].revisions(0), std::string(16, 'r'));
  ASSERT_EQ(parts[2].resources_size(), 1);
  EXPECT_EQ(parts[2].resources(0).owner(), "cas-peel");
  EXPECT_EQ(parts[2].revisions(0), std::string(16, 'h'));
}

TEST(Wire, ParsesTimeouts) {
  EXPECT_EQ(ParseGrpcTimeout("1S"), Millis(1000));
  EXPECT_EQ(ParseGrpcTimeout("1n"), Millis(1));
  EXPECT_EQ(ParseGrpcTimeout("0m"), Millis(0));
  for (const char* bad : {"", "S", "1", "-1S", "123456789S", "1x"})
    EXPECT_FALSE(ParseGrpcTimeout(bad)) << bad;
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

TEST(AgencyIdentity, SaysWhetherItIsOfTraining) {
  const auto real = AgencyIdentityOf({"spiffe://accord.example/agency/opp/system/niche"});
  const auto training = AgencyIdentityOf({"spiffe://training.accord.example/agency/opp/system/niche"});
  ASSERT_TRUE(real && training);
  EXPECT_FALSE(real->training);
  EXPECT_TRUE(training->training);
  EXPECT_EQ(training->agency, "opp");
  EXPECT_FALSE(AgencyIdentityOf({"spiffe://other.accord.example/agency/opp/system/niche"}));
}

}  // namespace
}  // namespace accord::gateway
