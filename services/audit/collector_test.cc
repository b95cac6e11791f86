// The log settles by itself what a gateway did not record.
#include "services/audit/collector.h"

#include <mutex>

#include "absl/time/clock.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "services/audit/audit_index.h"
#include "services/audit/fixture.h"

namespace accord::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kService[] = "protocols";

// A service whose changes are followed through the door.
class FakeService {
 public:
  void Change(const std::string& request_id, const std::string& name) {
    std::lock_guard lock(mutex_);
    host::v1::RevisionKey key;
    key.set_sequence(static_cast<int64_t>(keys_.size()) + 1);
    *key.mutable_time() = ToProto(absl::Now());
    key.set_agency("ps-york");
    key.set_actor("member");
    key.set_request_id(request_id);
    key.set_name(name);
    key.set_version(1);
    keys_.push_back(key);
  }
  host::v1::ListRevisionKeysResponse After(const std::string& service, int64_t position) {
    std::lock_guard lock(mutex_);
    host::v1::ListRevisionKeysResponse page;
    for (const auto& key : keys_) {
      if (service == kService && key.sequence() > position) *page.add_revisions() = key;
    }
    return page;
  }
  absl::Status Watch(const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                     const std::function<void(host::v1::ListRevisionKeysResponse)>& message,
                     const std::function<bool()>& go_on) {
    if (service == kService) ++watches_;
    int64_t position = request.after_sequence();
    while (go_on()) {
      auto page = After(service, position);
      if (page.revisions_size() == 0) {
        absl::SleepFor(absl::Milliseconds(1));
        continue;
      }
      position = page.revisions().rbegin()->sequence();
      message(std::move(page));
      if (breaks_.exchange(false)) return absl::UnavailableError("cut");
    }
    return absl::CancelledError();
  }
  void Break() { breaks_ = true; }
  int watches() const { return watches_; }

 private:
  std::mutex mutex_;
  std::vector<host::v1::RevisionKey> keys_;
  std::atomic<bool> breaks_{false};
  std::atomic<int> watches_{0};
};

class Collecting : public ALog {
 protected:
  std::unique_ptr<Collector> Start(absl::Duration grace) {
    auto collector = std::make_unique<Collector>(
        &in_process_.database(), &reconciler_,
        [this](const auto& service, const auto& request, const auto& message, const auto& go_on) {
          return fake_.Watch(service, request, message, go_on);
        },
        Collector::Options{.grace = grace, .lease = absl::Seconds(30), .pause = absl::Milliseconds(10)});
    collector->Start();
    return collector;
  }
  // What the owner reads of a resource.
  std::vector<v1::Phase> Records(const std::string& name) {
    v1::ListEntriesRequest list;
    list.set_disclosures_only(true);
    list.set_resource(name);
    std::vector<v1::Phase> phases;
    for (const auto& entry : All("cas-york", list)) phases.push_back(entry.record().phase());
    return phases;
  }
  bool IsTold(const std::string& name) {
    return accord::testing::Eventually([&] { return !Records(name).empty(); });
  }
  static std::string Name(int n) { return absl::StrCat("agencies/cas-york/referrals/r", n); }

  FakeService fake_;
  Reconciler reconciler_{&in_process_.database(), sequencer_,
                         [this](const auto& service, const host::v1::ListRevisionKeysRequest& request)
                             -> absl::StatusOr<host::v1::ListRevisionKeysResponse> {
                           return fake_.After(service, request.after_sequence());
                         },
                         absl::Seconds(5)};
};

INSTANTIATE_TEST_SUITE_P(Databases, Collecting, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Collecting, AChangeWithoutARecordIsToldToItsOwner) {
  fake_.Change("before", Name(1));
  const auto collector = Start(absl::ZeroDuration());
  EXPECT_TRUE(IsTold(Name(1)));
  fake_.Change("meanwhile", Name(2));
  EXPECT_TRUE(IsTold(Name(2)));
  EXPECT_THAT(Records(Name(2)), ElementsAre(v1::PHASE_RECOVERED));
}

TEST_P(Collecting, WhatAGatewayRecordsInTimeIsToldOnce) {
  v1::AuditRecord record = Record(1, "ps-york", "cas-york");
  record.set_method("/accord.protocols.v1.ReferralService/CreateReferral");
  record.set_decision(v1::DECISION_ALLOW);
  record.add_revisions(RevisionDigest(kService, Name(1), 1));
  fake_.Change("recorded", Name(1));
  ASSERT_TRUE(sequencer_->Append({record}).ok());
  const auto collector = Start(absl::ZeroDuration());
  fake_.Change("lost", Name(2));
  EXPECT_TRUE(IsTold(Name(2)));
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_COMPLETE));
}

TEST_P(Collecting, WhatAGatewayRecordsTooLateIsToldOnceAndItsCallIsKept) {
  const auto collector = Start(absl::ZeroDuration());
  fake_.Change("late", Name(1));
  EXPECT_TRUE(IsTold(Name(1)));
  v1::AuditRecord record = Record(1, "ps-york", "cas-york");
  record.mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
  record.set_decision(v1::DECISION_ALLOW);
  record.add_revisions(RevisionDigest(kService, Name(1), 1));
  // As its gateway sends it, and once more because the answer was lost.
  ASSERT_TRUE(sequencer_->Append({record}).ok());
  ASSERT_TRUE(sequencer_->Append({record}).ok());
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_RECOVERED));
  std::vector<v1::Phase> own;
  for (const auto& entry : All("ps-york", v1::ListEntriesRequest())) own.push_back(entry.record().phase());
  EXPECT_THAT(own, ElementsAre(v1::PHASE_RECOVERED, v1::PHASE_COMPLETE));
}

TEST_P(Collecting, TwoCallsThatBothSayTheyMadeAChangeTellItOnce) {
  v1::AuditRecord first = Record(1, "ps-york", "cas-york"), second = first;
  for (auto* record : {&first, &second}) {
    record->mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
    record->add_revisions(RevisionDigest(kService, Name(1), 1));
  }
  second.set_call_id("call-2");
  ASSERT_TRUE(sequencer_->Append({first, second}).ok());
  EXPECT_EQ(Records(Name(1)).size(), 1u);
  EXPECT_EQ(All("ps-york", v1::ListEntriesRequest()).size(), 2u) << "each call has its record";
}

TEST_P(Collecting, GivesTheGatewayItsTime) {
  const auto collector = Start(absl::Hours(1));
  fake_.Change("young", Name(1));
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.watches() == 1; }));
  EXPECT_THAT(Records(Name(1)), IsEmpty());
}

TEST_P(Collecting, GoesOnAfterItsStreamBroke) {
  const auto collector = Start(absl::ZeroDuration());
  fake_.Break();
  for (int n = 1; n <= 5; ++n) {
    fake_.Change(absl::StrCat("request-", n), Name(n));
    EXPECT_TRUE(IsTold(Name(n)));
  }
  EXPECT_GE(fake_.watches(), 2);
  for (int n = 1; n <= 5; ++n) EXPECT_EQ(Records(Name(n)).size(), 1u);
}

TEST_P(Collecting, OneReplicaFollowsAtATime) {
  const auto first = Start(absl::ZeroDuration());
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.watches() == 1; }));
  const auto second = Start(absl::ZeroDuration());
  fake_.Change("request", Name(1));
  EXPECT_TRUE(IsTold(Name(1)));
  EXPECT_EQ(fake_.watches(), 1);
  EXPECT_EQ(Records(Name(1)).size(), 1u);
}

}  // namespace
}  // namespace accord::audit
