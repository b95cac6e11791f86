// These tests state a second time by whom, and in which state, each change of money is made.
#include "absl/strings/match.h"
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Walk;

class MoneyWalk : public testing::WalkFixture<StrategyFixture> {
 protected:
  MoneyWalk() {
    walk_.service = "accord.strategy.v1.MoneyService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"ministry", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"finance", {"min-mag", AGENCY_KIND_MINISTRY, "finance", ROLE_FINANCE_OFFICER}},
        {"recipient", {"vs-york", AGENCY_KIND_VICTIM_SERVICES, "manager", ROLE_VS_MANAGER}}};
  }
  std::string StoreAllocation(const std::string& state) {
    v1::Allocation allocation;
    allocation.set_name(absl::StrCat("agencies/co-pahtco/allocations/a", ++records_));
    allocation.set_envelope(envelope_.name());
    allocation.set_recipient("vs-york");
    allocation.set_amount_cents(100);
    allocation.set_state(As<v1::AllocationState>(v1::AllocationState_descriptor(), state));
    return Store("allocation", allocation, {"co-pahtco", state, {"co-pahtco", "min-mag", "vs-york"}, {}});
  }
  std::string StoreContribution(const std::string& state) {
    v1::Contribution contribution;
    contribution.set_name(absl::StrCat("agencies/co-pahtco/contributions/c", ++records_));
    contribution.set_fund("cbsf");
    contribution.set_state(As<v1::ContributionState>(v1::ContributionState_descriptor(), state));
    return Store("contribution", contribution, PublicPlacement(contribution.name(), state));
  }

  // A reversal needs a payment that exists.
  std::string StorePayment(const std::string& state) {
    const std::string reversed = absl::StrContains(state, "reversal") ? StorePayment("paid") : "";
    v1::Payment payment;
    payment.set_name(absl::StrCat("agencies/co-pahtco/payments/p", ++records_));
    payment.set_allocation(StoreAllocation("committed"));
    payment.set_amount_cents(100);
    payment.set_instalment_no(1);
    payment.set_reverses(reversed);
    payment.set_state(As<v1::PaymentState>(v1::PaymentState_descriptor(), state));
    return Store("payment", payment, {"co-pahtco", state, {"co-pahtco", "min-mag", "vs-york"}, {}});
  }

  const v1::Envelope envelope_ = Announced("walked");
  Walk walk_;
  int records_ = 0;
};

TEST_F(MoneyWalk, OfAnAllocation) {
  walk_.states = testing::ShortNamesOf(v1::AllocationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAllocation(state); };
  walk_.table = {{"CommitAllocation", {"director"}, {"planned"}},
                 {"ReduceAllocation", {"director"}, {"committed"}},
                 {"CloseAllocation", {"director"}, {"committed"}}};
  EXPECT_GE(testing::WalkChanges(
                &in_process_, walk_,
                ChangesBut(walk_.service, {"CommitAllocation", "ReduceAllocation", "CloseAllocation"})),
            9);
}

TEST_F(MoneyWalk, OfAPayment) {
  walk_.states = testing::ShortNamesOf(v1::PaymentState_descriptor());
  walk_.make = [&](const std::string& state) { return StorePayment(state); };
  walk_.table = {{"ApprovePayment", {"staff", "ministry"}, {"requested"}},
                 {"PayPayment", {"finance"}, {"approved", "failed"}},
                 {"FailPayment", {"finance"}, {"paid"}},
                 {"CancelPayment",
                  {"staff", "ministry", "recipient"},
                  {"requested", "approved", "failed", "reversal_requested"}},
                 {"RequestPaymentReversal", {"finance"}, {"paid"}},
                 {"ConfirmPaymentReversal", {"staff", "ministry"}, {"reversal_requested"}}};
  std::set<std::string> walked;
  for (const auto& row : walk_.table) walked.insert(row.method);
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, walked)), 70);
}

TEST_F(MoneyWalk, OfWhatIsAskedFor) {
  walk_.states = {"any"};
  walk_.make = [&](const std::string&) { return StoreAllocation("committed"); };
  walk_.table = {{"CreatePayment", {"staff", "recipient"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreatePayment"})), 2);
}

TEST_F(MoneyWalk, OfAContribution) {
  walk_.states = testing::ShortNamesOf(v1::ContributionState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreContribution(state); };
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, std::set<std::string>>{
           {"commit", {"planned"}}, {"receive", {"committed"}}, {"cancel", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceContributionRequest>(&in_process_, walk_, "AdvanceContribution",
                                                                {"staff"}, event, states);
  }
  EXPECT_GE(calls, 9);
}

TEST_F(MoneyWalk, OfAnEnvelope) {
  walk_.states = {"any"};
  walk_.make = [&](const std::string&) { return envelope_.name(); };
  walk_.table = {{"SetEnvelopeCeilings", {"director"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"SetEnvelopeCeilings"})), 1);
}

TEST_F(MoneyWalk, OfHowMuchSomebodyMayApprove) {
  walk_.states = {"any"};
  walk_.make = [&](const std::string&) {
    v1::ApprovalLimit limit;
    limit.set_name(absl::StrCat("agencies/co-pahtco/approvalLimits/l", ++records_));
    limit.set_agency("min-mag");
    limit.set_person("lead");
    limit.set_amount_cents(100);
    return Store("approval_limit", limit, {"co-pahtco", "", {"co-pahtco"}, {}});
  };
  walk_.table = {{"ReviseApprovalLimit", {"director"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"ReviseApprovalLimit"})), 1);
  walk_.make = [](const std::string&) { return "agencies/co-pahtco"; };
  walk_.table = {{"CreateApprovalLimit", {"director"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateApprovalLimit"})), 1);
}

TEST_F(MoneyWalk, OfWhatIsAnnounced) {
  walk_.states = {"any"};
  walk_.finish = [this](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateAllocationRequest*>(message);
    if (request != nullptr) request->mutable_allocation()->set_envelope(envelope_.name());
  };
  const std::set<std::string> begun = {"CreateEnvelope", "CreateAllocation", "CreateContribution"};
  // The request is tried under the office's own name, and under that of another agency.
  for (const auto& [parent, who] : std::map<std::string, std::set<std::string>>{
           {"agencies/co-pahtco", {"staff"}}, {"agencies/min-mag", {}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table.clear();
    for (const std::string& method : begun) walk_.table.push_back({method, who, {}});
    EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, begun)), 3);
  }
}

}  // namespace
}  // namespace accord::strategy
