// These tests show on the real processes that a change gets its record even if a process dies between the
// two, without anybody asking, and that the log's own records cause no further ones.
#include <signal.h>

#include <algorithm>
#include <thread>

#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

const std::string kAuditService = "/accord.audit.v1.AuditService/";

class Duties : public ACase {
 protected:
  Duties() : society_(EnrolSociety()), police_(EnrolPolice()) {}
  // This gives the records by which the owner learns what this request changed.
  std::vector<audit::v1::AuditRecord> Told(const std::string& request_id) {
    std::vector<audit::v1::AuditRecord> told;
    audit::v1::ListEntriesRequest list;
    list.set_page_size(1000);
    do {
      const auto page = society_.Call<audit::v1::ListEntriesResponse>(kAuditService + "ListEntries",
                                                                      "privacy", "privacy_review", list);
      if (!page.ok()) return {};
      for (const auto& entry : page->entries()) {
        const auto& record = entry.record();
        const bool owned = std::any_of(record.resources().begin(), record.resources().end(),
                                       [](const auto& each) { return each.owner() == "cas-york"; });
        if (record.request_id() == request_id && owned) told.push_back(record);
      }
      list.set_page_token(page->next_page_token());
    } while (!list.page_token().empty());
    return told;
  }
  int64_t Size() {
    const auto checkpoint = society_.Call<audit::v1::Checkpoint>(
        kAuditService + "GetCheckpoint", "privacy", "privacy_review", audit::v1::GetCheckpointRequest());
    return checkpoint.ok() ? checkpoint->tree_size() : -1;
  }
  // This asks the log to compare whatever is there, however young, and says whether the log holds all of it.
  bool NothingIsOwed() {
    audit::v1::RecoverRecordsRequest request;
    request.set_request_id(RequestId());
    request.set_older_than_seconds(0);
    const auto found = stack_.Console().Call<audit::v1::RecoverRecordsResponse>(
        kAuditService + "RecoverRecords", "admin", "administration", request);
    return found.ok() && !found->more() && found->recovered().empty();
  }
  // This says how much the log grows in this time, without the entry of the question itself.
  int64_t GrowthIn(absl::Duration time) {
    const int64_t before = Size();
    const absl::Time until = absl::Now() + time;
    EXPECT_TRUE(Eventually([&] { return absl::Now() >= until; }, 2 * time));
    return Size() - before - 1;
  }
  AgencyClient society_, police_;
};

TEST_F(Duties, WhatAGatewayAndALogThatDiedDidNotRecordIsToldWithoutAnybodyAsking) {
  const Protocol protocol = Agree(society_, police_);
  const CreateReferralRequest letter = Letter(protocol);
  SendWhileTheLogStandsStill(society_, letter);
  // The change is made, and its record is in the gateway's memory and in what was sent to the log.
  stack_.Kill("gateway");
  stack_.Kill("audit");
  stack_.Launch("audit");
  stack_.Launch("gateway");
  stack_.AwaitGateway();
  ASSERT_TRUE(Eventually([&] { return !Told(letter.request_id()).empty(); }, absl::Minutes(1)));
  const auto told = Told(letter.request_id());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].phase(), audit::v1::PHASE_RECOVERED);
  EXPECT_FALSE(told[0].unproven()) << "the gateway signed who asked for it";
  EXPECT_EQ(told[0].agency(), "cas-york");
  EXPECT_EQ(told[0].actor(), "worker");
  EXPECT_EQ(told[0].purpose(), annotations::v1::PURPOSE_CHILD_PROTECTION);
  EXPECT_EQ(told[0].method(), kReferrals + "CreateReferral");
  EXPECT_EQ(told[0].service(), "protocols");
}

TEST_F(Duties, TheLogGoesOnUnderARenewedCertificate) {
  const auto asks = [&] {
    audit::v1::RecoverRecordsRequest request;
    request.set_request_id(RequestId());
    return stack_.Console()
        .Call<audit::v1::RecoverRecordsResponse>(kAuditService + "RecoverRecords", "admin", "administration",
                                                 request)
        .ok();
  };
  const auto active = [&] {
    registry::v1::ListCertificatesRequest list;
    list.set_parent("agencies/sv-audit/systems/audit");
    std::vector<std::string> names;
    const auto page = Must(stack_.Console().Call<registry::v1::ListCertificatesResponse>(
        "/accord.registry.v1.RegistryService/ListCertificates", "admin", "administration", list));
    for (const auto& each : page.certificates()) {
      if (each.state() == registry::v1::CERTIFICATE_STATE_ACTIVE) names.push_back(each.name());
    }
    return names;
  };
  ASSERT_TRUE(Eventually(asks, absl::Minutes(1)));
  const auto before = active();
  ASSERT_EQ(before.size(), 1u);
  stack_.GiveIdentity("audit", stack_.pki().Agency("sv-audit", "audit"));
  stack_.KillAndRestart("registry");
  const auto after = active();
  ASSERT_EQ(after.size(), 1u);
  EXPECT_NE(after, before);
  EXPECT_TRUE(Eventually(asks, absl::Minutes(1)));
}

TEST_F(Duties, ALogThatCollectsFromAnIdleSystemDoesNotGrow) {
  Agree(society_, police_);
  // The log itself records, a little later, what the registry made of its configuration at the first start.
  ASSERT_TRUE(Eventually([&] { return NothingIsOwed(); }, absl::Seconds(60)));
  // A log whose own records caused further ones would grow in every such span.
  EXPECT_TRUE(Eventually([&] { return GrowthIn(absl::Seconds(6)) == 0; }, absl::Minutes(1)));
}

}  // namespace
}  // namespace accord::e2e
