// Gateway and collector both record a change; whichever comes first, and wherever either dies, the owner
// reads it once.
#include <thread>

#include "common/access/names.h"
#include "common/testing/eventually.h"
#include "services/audit/log/told_changes.h"
#include "services/audit/reconcile/collector.h"
#include "services/audit/testing/fake_service.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::ElementsAre;

class Settling : public ALog {
 protected:
  static std::string Name(const std::string& of) { return absl::StrCat("agencies/cas-york/referrals/", of); }
  // This gives the record of the call that made this change, as its gateway writes it.
  v1::AuditRecord Call(const std::string& request_id) {
    v1::AuditRecord record;
    record.set_call_id(absl::StrCat("call-of-", request_id));
    record.set_agency("ps-york");
    record.set_actor("member");
    record.set_phase(v1::PHASE_COMPLETE);
    record.set_decision(v1::DECISION_ALLOW);
    record.set_method("/accord.protocols.v1.SomeService/ChangeSomething");
    record.set_request_id(request_id);
    auto* resource = record.add_resources();
    resource->set_name(Name(request_id));
    resource->set_owner("cas-york");
    resource->set_touch(caller::v1::TOUCH_CHANGED);
    record.add_revisions(RevisionDigest(kService, Name(request_id), 1));
    return record;
  }
  // This gives the record of a call to another service, which tells of this service's change before it
  // is made.
  v1::AuditRecord Forged(const std::string& request_id) {
    v1::AuditRecord record = Call(request_id);
    record.set_call_id(absl::StrCat("forged-", request_id));
    record.set_method("/accord.training.v1.SomeService/ChangeSomething");
    record.clear_resources();
    return record;
  }
  void GatewayRecords(const std::string& request_id) { ASSERT_OK(sequencer_->Append({Call(request_id)})); }
  // This gives what the owner reads of a change.
  std::vector<v1::Phase> Owner(const std::string& request_id) {
    v1::ListEntriesRequest list;
    list.set_disclosures_only(true);
    list.set_resource(Name(request_id));
    std::vector<v1::Phase> phases;
    for (const auto& entry : All("cas-york", list)) phases.push_back(entry.record().phase());
    return phases;
  }
  // Records of calls that the caller's own agency reads.
  int Calls(const std::string& request_id) {
    int count = 0;
    for (const auto& entry : All("ps-york", {})) {
      count += entry.record().phase() == v1::PHASE_COMPLETE && entry.record().request_id() == request_id;
    }
    return count;
  }
  // This gives a collector that has just started: it knows what the database holds.
  std::unique_ptr<Reconciler> Anew() {
    return std::make_unique<Reconciler>(
        &in_process_.database(), sequencer_,
        [this](const auto& service, const host::v1::ListRevisionKeysRequest& request)
            -> absl::StatusOr<host::v1::ListRevisionKeysResponse> {
          return fake_.After(service, request.after_sequence());
        },
        TheGateway().proofs(), absl::Seconds(5));
  }
  std::unique_ptr<Collector> Collect(Reconciler* reconciler, absl::Duration grace) {
    auto collector = std::make_unique<Collector>(
        &in_process_.database(), reconciler,
        [this](const auto& service, const auto& request, const auto& message, const auto& go_on) {
          return fake_.Watch(service, request, message, go_on);
        },
        Collector::Options{.grace = grace, .lease = absl::Seconds(1), .pause = absl::Milliseconds(10)});
    collector->Start();
    return collector;
  }
  // The collector cannot store how far it came.
  void BreakPositions() { Sql("alter table reconciled rename to reconciled_away"); }
  void MendPositions() { Sql("alter table reconciled_away rename to reconciled"); }

  FakeService fake_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Settling, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Settling, AGatewayMayBeLateByOneToFiveSeconds) {
  const auto reconciler = Anew();
  const auto collector = Collect(reconciler.get(), Collector::Options().grace);
  const auto id = [](int seconds) { return absl::StrCat("late-", seconds); };
  const absl::Time start = absl::Now();
  for (int seconds = 1; seconds <= 5; ++seconds) fake_.Change(id(seconds), Name(id(seconds)));
  std::vector<std::thread> gateways;
  for (int seconds = 1; seconds <= 5; ++seconds) {
    gateways.emplace_back([&, seconds] {
      const absl::Time at = start + absl::Seconds(seconds);
      EXPECT_TRUE(accord::testing::Eventually([&] { return absl::Now() >= at; }));
      GatewayRecords(id(seconds));
    });
  }
  for (auto& gateway : gateways) gateway.join();
  EXPECT_THAT(Owner(id(1)), ElementsAre(v1::PHASE_COMPLETE)) << "the gateway came first";
  EXPECT_THAT(Owner(id(5)), ElementsAre(v1::PHASE_RECOVERED)) << "the collector came first";
  for (int seconds = 1; seconds <= 5; ++seconds) {
    EXPECT_EQ(Owner(id(seconds)).size(), 1u) << seconds;
    EXPECT_EQ(Calls(id(seconds)), 1) << seconds;
  }
}

TEST_P(Settling, AGatewayThatDiesBeforeItsRecordLeavesItToTheCollector) {
  // Between commit and answer the caller does not know, and asks again: that call changes nothing.
  fake_.Change("before-answer", Name("before-answer"));
  v1::AuditRecord again = Call("before-answer");
  again.set_call_id("another-call");
  again.clear_resources();
  again.clear_revisions();
  ASSERT_OK(sequencer_->Append({again}));
  // Between answer and record nobody asks again.
  fake_.Change("before-record", Name("before-record"));
  // It died after its record was sent, and its successor does not know: nothing more to do.
  fake_.Change("recorded", Name("recorded"));
  GatewayRecords("recorded");
  ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
  EXPECT_THAT(Owner("before-answer"), ElementsAre(v1::PHASE_RECOVERED));
  EXPECT_THAT(Owner("before-record"), ElementsAre(v1::PHASE_RECOVERED));
  EXPECT_THAT(Owner("recorded"), ElementsAre(v1::PHASE_COMPLETE));
}

// Wherever the gateway's record comes among the collector's steps, and wherever the collector dies.
// Whoever took a service over knows how a change of another one is called before it is made.
TEST_P(Settling, WhatAnotherServiceToldBeforehandHidesNoChange) {
  ASSERT_OK(sequencer_->Append({Forged("answered"), Forged("left")}));
  fake_.Change("answered", Name("answered"));
  GatewayRecords("answered");
  fake_.Change("left", Name("left"));
  ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
  EXPECT_THAT(Owner("answered"), ElementsAre(v1::PHASE_COMPLETE));
  EXPECT_THAT(Owner("left"), ElementsAre(v1::PHASE_RECOVERED));
}

// A replica of the version before wrote the digest alone.
TEST_P(Settling, WhatTheVersionBeforeToldOfIsNotToldAgain) {
  fake_.Change("before", Name("before"));
  GatewayRecords("before");
  Sql("update revised set digest = :p1", Hex(RevisionDigest(kService, Name("before"), 1)));
  ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
  GatewayRecords("before");
  EXPECT_THAT(Owner("before"), ElementsAre(v1::PHASE_COMPLETE));
}

TEST_P(Settling, EveryOrderOfStepsAndEveryDeathLeavesOneRecord) {
  enum Step { kNever, kBeforeFetch, kAfterFetch, kAfterCompare, kAfterAppend, kAfterStore };
  for (const Step records : {kNever, kBeforeFetch, kAfterFetch, kAfterCompare, kAfterAppend, kAfterStore}) {
    for (const Step dies : {kNever, kAfterFetch, kAfterCompare, kAfterAppend, kAfterStore}) {
      const std::string id = absl::StrCat("steps-", static_cast<int>(records), "-", static_cast<int>(dies));
      const auto now = [&](Step step) {
        if (records == step) GatewayRecords(id);
        return dies == step;
      };
      const auto collect = [&] {
        now(kBeforeFetch);
        const auto position =
            in_process_.database().Read([](storage::Transaction& tx) { return ReadPosition(tx, kService); });
        ASSERT_OK(position);
        const auto changes = ChangesOf(fake_.After(kService, position->sequence));
        if (now(kAfterFetch)) return;
        const bool recorded = *in_process_.database().Read(
            [&](storage::Transaction& tx) { return IsRecorded(tx, kService, changes.back().key); });
        if (now(kAfterCompare)) return;
        if (!recorded) {
          const auto proof = TheGateway().proofs().Of(kService, changes.back());
          ASSERT_OK(sequencer_->Append(RecoveredRecordsOf(kService, {{changes.back().key, proof}})));
        }
        if (now(kAfterAppend)) return;
        ASSERT_OK(Anew()->Settle(kService, changes));
        now(kAfterStore);
      };
      fake_.Change(id, Name(id));
      collect();
      // The next replica does so, and the one after it.
      ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
      if (records != kNever && Calls(id) == 0) GatewayRecords(id);
      ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
      EXPECT_EQ(Owner(id).size(), 1u) << id;
      EXPECT_EQ(Calls(id), records == kNever ? 0 : 1) << id;
    }
  }
}

TEST_P(Settling, ACollectorThatDiesWithWhatItFetchedIsFollowedByOneThatFetchesAgain) {
  const auto reconciler = Anew();
  auto collector = Collect(reconciler.get(), absl::Hours(1));
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.watches() == 1; }));
  fake_.Change("fetched", Name("fetched"));
  ASSERT_TRUE(accord::testing::Eventually([&] { return fake_.pages() == 1; }));
  collector.reset();
  EXPECT_TRUE(Owner("fetched").empty());
  const auto successor = Anew();
  collector = Collect(successor.get(), absl::ZeroDuration());
  EXPECT_TRUE(accord::testing::Eventually([&] { return Owner("fetched").size() == 1; }));
  // It ends before the reconciler that it asks.
  collector.reset();
}

TEST_P(Settling, ACollectorThatCannotStoreItsPositionRecordsNothingTwice) {
  BreakPositions();
  fake_.Change("appended", Name("appended"));
  const auto changes = ChangesOf(fake_.After(kService, 0));
  EXPECT_THAT(Anew()->Settle(kService, changes).status(), RefusedBy("DATABASE_ERROR"));
  MendPositions();
  EXPECT_THAT(Owner("appended"), ElementsAre(v1::PHASE_RECOVERED));
  const int64_t size = Size();
  ASSERT_OK(Anew()->CatchUp(kService, absl::InfiniteFuture()));
  EXPECT_EQ(Size(), size);
}

}  // namespace
}  // namespace accord::audit
