// The log settles by itself what a gateway did not record.
#include "services/audit/reconcile/collector.h"

#include "absl/time/clock.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/testing/eventually.h"
#include "services/audit/log/audit_index.h"
#include "services/audit/testing/fake_service.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
  // This gives what the owner reads of a resource.
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
                         TheGateway().proofs(), absl::Seconds(5)};
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

TEST_P(Collecting, APageThatTellsNothingIsSettledAndTheLogGoesOn) {
  const auto settled = reconciler_.Settle(kService, {});
  ASSERT_OK(settled);
  EXPECT_EQ(*settled, 0);
  fake_.Change("meanwhile", Name(1));
  const auto collector = Start(absl::ZeroDuration());
  EXPECT_TRUE(IsTold(Name(1)));
}

TEST_P(Collecting, WhatAGatewayRecordsInTimeIsToldOnce) {
  v1::AuditRecord record = Record(1, "ps-york", "cas-york");
  record.set_method("/accord.protocols.v1.ReferralService/CreateReferral");
  record.set_decision(v1::DECISION_ALLOW);
  record.add_revisions(RevisionDigest(kService, Name(1), 1));
  fake_.Change("recorded", Name(1));
  ASSERT_OK(sequencer_->Append({record}));
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
  record.set_method("/accord.protocols.v1.ReferralService/AcknowledgeReferral");
  record.mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
  record.set_decision(v1::DECISION_ALLOW);
  record.add_revisions(RevisionDigest(kService, Name(1), 1));
  // The gateway sends the record, and sends it once more because the answer was lost.
  ASSERT_OK(sequencer_->Append({record}));
  ASSERT_OK(sequencer_->Append({record}));
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_RECOVERED));
  std::vector<v1::Phase> own;
  for (const auto& entry : All("ps-york", v1::ListEntriesRequest())) own.push_back(entry.record().phase());
  EXPECT_THAT(own, ElementsAre(v1::PHASE_RECOVERED, v1::PHASE_COMPLETE));
}

TEST_P(Collecting, WhatACallChangedBesideWhatItsCallerSeesIsForItsOwnerAlone) {
  const auto beside = [](int n) {
    v1::AuditRecord record = Record(n, "ps-york", "cas-york");
    record.set_method("/accord.protocols.v1.ReferralService/AcknowledgeReferral");
    record.mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
    record.add_revisions(RevisionDigest(kService, Name(n), 1));
    record.set_part(1);
    record.set_owner_only(true);
    return record;
  };
  ASSERT_OK(sequencer_->Append({beside(1)}));
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_COMPLETE));
  v1::ListEntriesRequest of_the_resource;
  of_the_resource.set_resource(Name(1));
  EXPECT_THAT(All("ps-york", of_the_resource), IsEmpty());
  EXPECT_THAT(All("ps-york", v1::ListEntriesRequest()), IsEmpty());
  const auto collector = Start(absl::ZeroDuration());
  fake_.Change("late", Name(2));
  EXPECT_TRUE(IsTold(Name(2)));
  ASSERT_OK(sequencer_->Append({beside(2)}));
  EXPECT_THAT(Records(Name(2)), ElementsAre(v1::PHASE_RECOVERED)) << "told once";
}

TEST_P(Collecting, WhatItRecoversOfWhatTheCallerDoesNotSeeIsForItsOwnerAlone) {
  fake_.Change("one call", Name(1));
  fake_.Change("one call", Name(2));
  fake_.HideNewest();
  const auto collector = Start(absl::ZeroDuration());
  EXPECT_TRUE(IsTold(Name(2)));
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_RECOVERED));
  EXPECT_THAT(Records(Name(2)), ElementsAre(v1::PHASE_RECOVERED));
  const auto own = All("ps-york", v1::ListEntriesRequest());
  ASSERT_EQ(own.size(), 1u);
  ASSERT_EQ(own[0].record().resources_size(), 1);
  EXPECT_EQ(own[0].record().resources(0).name(), Name(1));
}

TEST_P(Collecting, TwoCallsThatBothSayTheyMadeAChangeTellItOnce) {
  v1::AuditRecord first = Record(1, "ps-york", "cas-york"), second = first;
  for (auto* record : {&first, &second}) {
    record->mutable_resources(0)->set_touch(caller::v1::TOUCH_CHANGED);
    record->add_revisions(RevisionDigest(kService, Name(1), 1));
  }
  second.set_call_id("call-2");
  ASSERT_OK(sequencer_->Append({first, second}));
  EXPECT_EQ(Records(Name(1)).size(), 1u);
  EXPECT_EQ(All("ps-york", v1::ListEntriesRequest()).size(), 2u) << "each call has its record";
}

TEST_P(Collecting, GivesTheGatewayItsTime) {
  const auto collector = Start(absl::Hours(1));
  fake_.Change("young", Name(1));
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.watches() == 1; }));
  EXPECT_THAT(Records(Name(1)), IsEmpty());
}

TEST_P(Collecting, WhatAServiceSaysThatSomebodyElseDidIsRecordedAsItsOwn) {
  fake_.ForgetProofs();
  const auto collector = Start(absl::ZeroDuration());
  fake_.Change("framed", Name(1));
  EXPECT_TRUE(IsTold(Name(1)));
  v1::ListEntriesRequest list;
  list.set_disclosures_only(true);
  const auto told = All("cas-york", list);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].record().unproven());
  EXPECT_EQ(told[0].record().service(), kService);
  EXPECT_EQ(told[0].record().agency(), "");
  EXPECT_EQ(told[0].record().actor(), "");
  EXPECT_THAT(All("ps-york", v1::ListEntriesRequest()), IsEmpty());
  EXPECT_TRUE(accord::testing::Eventually([&] { return *reconciler_.unproven() == 1; }));
}

TEST_P(Collecting, ACallWhoseRecordTellsWhatItChangedChangedNothingElse) {
  // This is the record of the call, as its gateway wrote it.
  v1::AuditRecord record = Record(1, "ps-york", "cas-york");
  record.set_call_id("call-of-acknowledge");
  record.set_method("/accord.protocols.v1.ReferralService/AcknowledgeReferral");
  record.set_decision(v1::DECISION_ALLOW);
  record.add_revisions(RevisionDigest(kService, Name(1), 1));
  ASSERT_OK(sequencer_->Append({record}));
  fake_.Change("acknowledge", Name(1));
  fake_.Change("acknowledge", Name(2));
  const auto collector = Start(absl::ZeroDuration());
  EXPECT_TRUE(IsTold(Name(2)));
  EXPECT_THAT(Records(Name(1)), ElementsAre(v1::PHASE_COMPLETE));
  EXPECT_TRUE(accord::testing::Eventually([&] { return *reconciler_.unproven() == 1; }));
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

TEST_P(Collecting, AServiceThatCameBackWithoutAChangeIsFollowedFromItsBeginning) {
  for (int n = 1; n <= 3; ++n) fake_.Change(absl::StrCat("request-", n), Name(n));
  ASSERT_OK(reconciler_.CatchUp(kService, absl::InfiniteFuture()));
  fake_.LoseEverything();
  const auto collector = Start(absl::ZeroDuration());
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.watches() == 1; }));
  fake_.Change("anew", Name(4));
  EXPECT_TRUE(IsTold(Name(4)));
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

TEST(CollectorPause, GrowsWithFailuresThatFollowOnEachOtherAlone) {
  const Collector::Options options;
  const absl::Duration brief = absl::Milliseconds(10);
  absl::Duration pause;
  for (const int seconds : {1, 2, 4, 8, 8}) {
    pause = options.PauseAfterFailure(pause, brief);
    EXPECT_EQ(pause, absl::Seconds(seconds));
  }
  EXPECT_EQ(options.PauseAfterFailure(pause, absl::Minutes(10)), absl::Seconds(1));
}

}  // namespace
}  // namespace accord::audit
