// Two people of the office put a rule set into force after a dry run, and every process applies it.
#include "common/host/law/law_keeper.h"

#include <gmock/gmock.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/prosecution/v1/rules.pb.h"
#include "common/base/error.h"
#include "common/base/law.h"
#include "common/host/law/governed_by.h"
#include "common/host/status.h"
#include "common/host/upkeep/sweeper.h"
#include "common/storage/records/schedule.h"
#include "common/testing/callers.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"

namespace accord::host {
namespace {

using accord::testing::Must;
using accord::testing::RefusedBy;
using prosecution::v1::RuleSet;
using storage::Transaction;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr int kLookBatch = 4;

// This gives a rule set of which this test's service reads two numbers.
std::string LawText(int alert_days, int small_cell = 3) {
  return absl::StrCat("# The reason stands in a comment.\nsmall_cell: ", small_cell,
                      "\nalert_days: ", alert_days,
                      "\ncurrency { checked_to: \"2026-06-17\" against: \"the statutes\" }\n");
}

RuleSet Delivered() {
  RuleSet set;
  set.set_small_cell(3);
  set.add_alert_days(30);
  set.mutable_currency()->set_checked_to("2026-06-17");
  set.mutable_currency()->set_against("the statutes");
  return set;
}

// The state of one process; two of these are two replicas.
struct LawProcess {
  explicit LawProcess(accord::testing::InProcess* in_process)
      : law(Delivered()),
        keeper({.package = "accord.prosecution.v1",
                .database = &in_process->database(),
                .tokens = &in_process->page_tokens(),
                .judged = {Things()}},
               std::make_unique<GovernedBy<RuleSet, RuleSet>>(
                   &law, [this](RuleSet set) { return Made(std::move(set)); },
                   [](const RuleSet& set) -> const RuleSet& { return set; },
                   std::set<std::string>{"small_cell"})) {}

  JudgedKind Things() {
    const auto facts = [this](Transaction&, const std::string& name, absl::Time) -> absl::StatusOr<LawFacts> {
      if (name == "unreadable") return absl::DataLossError("it has no key");
      LawFacts of_thing;
      if (name == "closed") return of_thing;
      of_thing["alert"] = absl::StrCat(law.now().alert_days(0));
      of_thing["same"] = "by every law";
      return of_thing;
    };
    return {"thing", facts, true};
  }
  absl::StatusOr<RuleSet> Made(RuleSet set) const {
    if (set.alert_days_size() == 1 && !old_build) return set;
    return absl::InvalidArgumentError("alert_days are missing");
  }

  // The process cannot apply any law but the one that it was delivered with.
  bool old_build = false;
  LawInForce<RuleSet> law;
  LawKeeper keeper;
};

class LawKeeping : public ::testing::Test {
 protected:
  LawKeeping() : in_process_(storage::CoreMigrations()), one_(&in_process_), other_(&in_process_) {
    one_.keeper.Register(&in_process_.handlers());
    RegisterStatus("prosecution", storage::CoreMigrations(), in_process_.clock().Now(),
                   &in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }
  std::string RequestId() { return absl::StrCat("request-", ++requests_); }
  absl::StatusOr<v1::LawChange> Propose(const std::string& text, const std::string& actor = "staff") {
    v1::ProposeLawChangeRequest request;
    request.set_rule_set(text);
    request.set_reason("An amendment came into force.");
    request.set_request_id(RequestId());
    return in_process_.Call<v1::LawChange>(testing::OfficeStaff(actor), request);
  }
  v1::LawChange Read(const std::string& name) {
    v1::GetLawChangeRequest request;
    request.set_name(name);
    return Must(in_process_.Call<v1::LawChange>(testing::OfficeStaff("staff"), request));
  }
  template <class Request>
  absl::StatusOr<v1::LawChange> Decide(const v1::LawChange& change, const std::string& actor) {
    Request request;
    request.set_name(change.name());
    request.set_etag(change.etag());
    request.set_request_id(RequestId());
    return in_process_.Call<v1::LawChange>(testing::OfficeStaff(actor), request);
  }
  absl::StatusOr<v1::LawChange> Approve(const v1::LawChange& change, const std::string& actor = "director") {
    return Decide<v1::ApproveLawChangeRequest>(change, actor);
  }
  void Try() { EXPECT_OK(one_.keeper.TryProposals(in_process_.clock().Now())); }
  // This gives the change in force: one person proposed it, it was tried, and another one approved it.
  v1::LawChange Enacted(const std::string& text) {
    const v1::LawChange proposed = Must(Propose(text));
    Try();
    return Must(Approve(Read(proposed.name())));
  }
  void StoreThing(const std::string& name) {
    storage::Resources things("thing", &in_process_.page_tokens());
    EXPECT_OK(in_process_.database().Transact([&](Transaction& tx) {
      v1::LawChange thing;
      thing.set_name(name);
      return things.Insert(tx, &thing, {"platform", "test", RequestId(), in_process_.clock().Now()},
                           {"co-pahtco", "", {"co-pahtco"}, {}});
    }));
  }
  int Scheduled() {
    const auto due = Must(in_process_.database().Read(
        [&](Transaction& tx) { return storage::DueAt(tx, "thing", in_process_.clock().Now(), 1000); }));
    return static_cast<int>(due.size());
  }
  v1::ServiceStatus Status() {
    Caller admin = testing::OfficeStaff("admin");
    admin.roles = {annotations::v1::ROLE_PLATFORM_ADMIN};
    admin.purpose = annotations::v1::PURPOSE_ADMINISTRATION;
    return Must(in_process_.Call<v1::ServiceStatus>(admin, v1::GetServiceStatusRequest()));
  }

  accord::testing::InProcess in_process_;
  // The handlers belong to the first process; both use the same database.
  LawProcess one_, other_;
  int requests_ = 0;
};

TEST_F(LawKeeping, IsPutInForceByTwoPeopleAfterADryRunAndEveryReplicaGoesByIt) {
  const v1::LawChange proposed = Must(Propose(LawText(60)));
  EXPECT_EQ(proposed.state(), v1::LAW_CHANGE_STATE_PROPOSED);
  EXPECT_EQ(proposed.rule_set(), LawText(60)) << "with its comments";
  EXPECT_EQ(proposed.currency().checked_to(), "2026-06-17");
  EXPECT_THAT(Approve(proposed), RefusedBy(rules::kLawNotTried));
  Try();
  const v1::LawChange tried = Read(proposed.name());
  ASSERT_TRUE(tried.has_trial());
  EXPECT_EQ(tried.trial().against(), RuleSetDigest(Delivered()));
  EXPECT_THAT(Approve(proposed), RefusedBy(rules::kEtagMismatch)) << "nobody saw its dry run";
  EXPECT_THAT(Approve(tried, "staff"), RefusedBy(rules::kSamePerson));
  EXPECT_EQ(one_.law.now().alert_days(0), 30);

  const v1::LawChange enacted = Must(Approve(tried));
  EXPECT_EQ(enacted.state(), v1::LAW_CHANGE_STATE_IN_FORCE);
  EXPECT_EQ(enacted.proposed_by(), "staff");
  EXPECT_EQ(enacted.approved_by(), "director");
  EXPECT_TRUE(enacted.has_in_force_time());
  for (LawProcess* replica : {&one_, &other_}) {
    ASSERT_OK(replica->keeper.Look());
    EXPECT_EQ(replica->law.now().alert_days(0), 60);
    EXPECT_EQ(RuleSetDigest(replica->law.now()), enacted.digest());
  }
  EXPECT_EQ(Status().law_change(), enacted.name());
  EXPECT_EQ(Status().law_digest(), enacted.digest());
  EXPECT_EQ(Status().law_delivered(), RuleSetDigest(Delivered()));
}

TEST_F(LawKeeping, IsRefusedWhereNobodyCouldGoByIt) {
  EXPECT_THAT(Propose("no_such_field: 1\n"), RefusedBy(rules::kLawNotSound));
  EXPECT_THAT(std::string(Propose("small_cell: 3\nno_such_field: 1\n").status().message()),
              HasSubstr("line 2"))
      << "it says where, and not what stands there";
  EXPECT_THAT(Propose("small_cell: 3 alert_days: 60\n"), RefusedBy(rules::kLawNotSound)) << "no currency";
  EXPECT_THAT(Propose(LawText(60) + "offences { section: \"1\" title: \"An offence\" }\n"),
              RefusedBy(rules::kLawNotSound))
      << "a row without a source";
  EXPECT_THAT(Propose(LawText(60) + "alert_days: 90\n"), RefusedBy(rules::kLawNotSound))
      << "what the service refuses at its start";
  EXPECT_THAT(Propose(LawText(30)), RefusedBy(rules::kLawUnchanged));
  EXPECT_THAT(Propose(LawText(60, 1)), RefusedBy(rules::kLawSettingFixed))
      << "the office does not see to it what is hidden from the office";
}

TEST_F(LawKeeping, OfAReleaseWithOtherSettingsTheStatusTells) {
  Enacted(LawText(60));
  ASSERT_OK(one_.keeper.Look());
  EXPECT_FALSE(Status().law_settings_differ());
  // A release with another value of the setting put it into force.
  RuleSet set = Delivered();
  set.set_small_cell(7);
  one_.law.Take(set);
  EXPECT_TRUE(Status().law_settings_differ());
}

TEST_F(LawKeeping, TakesThePlaceOfWhatWasInForceAndADryRunBesideThatStandsNoMore) {
  const v1::LawChange first = Enacted(LawText(60));
  ASSERT_OK(one_.keeper.Look());
  const v1::LawChange second = Must(Propose(LawText(90))), third = Must(Propose(LawText(120)));
  Try();
  const v1::LawChange tried = Read(third.name());
  ASSERT_OK(Approve(Read(second.name())));
  EXPECT_EQ(Read(first.name()).state(), v1::LAW_CHANGE_STATE_REPLACED);
  EXPECT_THAT(Approve(tried), RefusedBy(rules::kLawNotTried));
  // A process that does not apply the second rule set yet cannot compare the third with it.
  Try();
  EXPECT_EQ(Read(third.name()).trial().against(), first.digest());
  ASSERT_OK(one_.keeper.Look());
  Try();
  EXPECT_EQ(Read(third.name()).trial().against(), second.digest());
  EXPECT_OK(Approve(Read(third.name())));
}

TEST_F(LawKeeping, ThatIsProposedCanBeTakenBackAndThatIsInForceOnlyReplaced) {
  const v1::LawChange proposed = Must(Propose(LawText(60)));
  const v1::LawChange withdrawn = Must(Decide<v1::WithdrawLawChangeRequest>(proposed, "staff"));
  EXPECT_EQ(withdrawn.state(), v1::LAW_CHANGE_STATE_WITHDRAWN);
  EXPECT_THAT(Approve(withdrawn), RefusedBy(rules::kStateNotPermitted));
  Try();
  EXPECT_FALSE(Read(proposed.name()).has_trial());
  const v1::LawChange enacted = Enacted(LawText(60));
  EXPECT_THAT(Decide<v1::WithdrawLawChangeRequest>(enacted, "staff"), RefusedBy(rules::kStateNotPermitted));
  v1::ListLawChangesRequest list;
  const auto page = Must(in_process_.Call<v1::ListLawChangesResponse>(testing::OfficeStaff("staff"), list));
  std::vector<std::string> listed;
  for (const v1::LawChange& change : page.law_changes()) {
    listed.push_back(change.name());
    EXPECT_EQ(change.rule_set(), "") << "a list is short";
  }
  EXPECT_THAT(listed, UnorderedElementsAre(proposed.name(), enacted.name()));
}

TEST_F(LawKeeping, ADryRunTellsNobodyOfFewRecordsAndOfNone) {
  for (const char* name : {"a", "b", "closed"}) StoreThing(name);
  const v1::LawChange few = Must(Propose(LawText(60)));
  Try();
  EXPECT_THAT(Read(few.name()).trial().effects(), IsEmpty());
  for (const char* name : {"c", "d", "e", "f", "g", "unreadable"}) StoreThing(name);
  const v1::LawChange more = Must(Propose(LawText(90)));
  Try();
  const v1::LawTrial trial = Read(more.name()).trial();
  ASSERT_THAT(trial.effects(), SizeIs(1)) << "what comes out the same is not told";
  EXPECT_EQ(trial.effects(0).kind(), "thing");
  EXPECT_EQ(trial.effects(0).what(), "alert");
  EXPECT_EQ(trial.effects(0).at_least(), 6) << "of seven, in threes";
  EXPECT_EQ(trial.unreadable_at_least(), 0);
  EXPECT_EQ(one_.law.now().alert_days(0), 30) << "and nothing has changed";
}

TEST_F(LawKeeping, BetweenTwoDaysIsComparedByTheRowsThatBeginAndEnd) {
  for (int i = 0; i < 3; ++i) StoreThing(absl::StrCat("a", i));
  v1::CompareLawRequest request;
  request.set_from("2026-01-01");
  request.set_to("2025-01-01");
  EXPECT_THAT(in_process_.Call<v1::CompareLawResponse>(testing::OfficeStaff("staff"), request),
              RefusedBy(rules::kDatesOutOfOrder));
  request.set_to("2027-01-01");
  const auto same = Must(in_process_.Call<v1::CompareLawResponse>(testing::OfficeStaff("staff"), request));
  EXPECT_THAT(same.trial().effects(), IsEmpty());
  EXPECT_EQ(same.trial().against(), RuleSetDigest(Delivered()));
}

TEST_F(LawKeeping, WhatItMadeDueIsLookedAtAnewOnceByThoseWhoGoByIt) {
  for (int i = 0; i < 2 * kLookBatch + 1; ++i) StoreThing(absl::StrCat("a", i));
  const auto look = [&](LawProcess& replica) {
    return Must(in_process_.database().Transact(
        [&](Transaction& tx) { return replica.keeper.LookAnew(tx, in_process_.clock().Now(), kLookBatch); }));
  };
  EXPECT_EQ(look(one_), 0) << "nothing was put in force";
  Enacted(LawText(60));
  EXPECT_EQ(look(one_), 0) << "it does not go by it yet";
  ASSERT_OK(one_.keeper.Look());
  ASSERT_OK(other_.keeper.Look());
  EXPECT_EQ(look(one_), kLookBatch);
  EXPECT_EQ(Scheduled(), kLookBatch);
  // Another process continues where the first one stopped.
  EXPECT_EQ(look(other_), kLookBatch);
  EXPECT_EQ(look(one_), 1);
  EXPECT_EQ(Scheduled(), 2 * kLookBatch + 1);
  EXPECT_EQ(look(one_), 0);
  EXPECT_EQ(look(other_), 0);
}

TEST_F(LawKeeping, AProcessThatCannotGoByItSweepsNothing) {
  Enacted(LawText(60));
  other_.old_build = true;
  EXPECT_THAT(other_.keeper.Look(), RefusedBy(rules::kLawNotTaken));
  EXPECT_EQ(other_.law.now().alert_days(0), 30);
  int passes = 0;
  const auto pass = [&](Transaction& tx, const std::string& name, absl::Time) {
    ++passes;
    return storage::Schedule(tx, "thing", name, std::nullopt);
  };
  EXPECT_OK(in_process_.database().Transact(
      [&](Transaction& tx) { return storage::Schedule(tx, "thing", "a", in_process_.clock().Now()); }));
  Sweeper old(&in_process_.database(), &in_process_.clock(), {{"thing", pass}});
  old.GoBy([&] { return other_.keeper.TakeForPass(); });
  EXPECT_THAT(old.Sweep(), RefusedBy(rules::kLawNotTaken));
  EXPECT_EQ(passes, 0);
  // The process takes no lease, so that another one makes the pass.
  Sweeper newer(&in_process_.database(), &in_process_.clock(), {{"thing", pass}});
  newer.GoBy([&] { return one_.keeper.TakeForPass(); });
  EXPECT_EQ(Must(newer.Sweep()), 1);
  EXPECT_EQ(passes, 1);
}

TEST_F(LawKeeping, EveryReplicaSaysWhatItGoesByUntilItGivesNoSign) {
  const absl::Time begun = in_process_.clock().Now();
  ASSERT_OK(one_.keeper.ReportReplica(begun));
  ASSERT_OK(other_.keeper.ReportReplica(begun));
  EXPECT_THAT(Status().law_replicas(), SizeIs(2));
  Enacted(LawText(60));
  ASSERT_OK(one_.keeper.Look());
  in_process_.clock().Set(begun + absl::Seconds(50));
  ASSERT_OK(one_.keeper.ReportReplica(in_process_.clock().Now()));
  std::vector<std::string> digests;
  const v1::ServiceStatus beside = Status();
  for (const auto& replica : beside.law_replicas()) digests.push_back(replica.digest());
  EXPECT_THAT(digests, UnorderedElementsAre(RuleSetDigest(one_.law.now()), RuleSetDigest(Delivered())));
  in_process_.clock().Set(begun + absl::Seconds(70));
  const v1::ServiceStatus later = Status();
  ASSERT_THAT(later.law_replicas(), SizeIs(1)) << "the other one has ended";
  EXPECT_EQ(later.law_replicas(0).digest(), later.law_digest());
}

TEST_F(LawKeeping, IsForTheOfficeAlone) {
  Caller crown = testing::OfficeStaff("crown");
  crown.kind = annotations::v1::AGENCY_KIND_CROWN;
  EXPECT_THAT(in_process_.Call<v1::ListLawChangesResponse>(crown, v1::ListLawChangesRequest()),
              RefusedBy(rules::kAgencyKindNotPermitted));
  v1::GetLawChangeRequest absent;
  absent.set_name("agencies/co-pahtco/lawChanges/none");
  EXPECT_THAT(in_process_.Call<v1::LawChange>(testing::OfficeStaff("staff"), absent),
              RefusedBy(rules::kNotFound));
}

}  // namespace
}  // namespace accord::host
