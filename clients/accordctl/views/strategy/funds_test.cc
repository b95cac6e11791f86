#include "clients/accordctl/views/strategy/funds.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <set>
#include <string>

namespace accord::ctl {
namespace {

strategy::v1::Allocation Allocated(const std::string& id, int64_t cents, const std::string& to = "vs-ovs") {
  strategy::v1::Allocation allocation;
  allocation.set_name("agencies/co-pahtco/allocations/" + id);
  allocation.set_etag("etag-" + id);
  allocation.set_recipient(to);
  allocation.set_amount_cents(cents);
  allocation.set_fiscal_year("2016-17");
  allocation.set_state(strategy::v1::ALLOCATION_STATE_COMMITTED);
  return allocation;
}

supports::v1::FundLine Following(const strategy::v1::Allocation& allocation) {
  supports::v1::FundLine line;
  line.set_name("agencies/vs-ovs/fundLines/of-" + allocation.etag());
  line.set_allocation(allocation.name());
  line.set_allocation_etag(allocation.etag());
  line.set_amount_cents(allocation.amount_cents());
  line.set_fiscal_year(allocation.fiscal_year());
  return line;
}

TEST(FundChecks, AgreeWhereALineIsAsTheAllocationThatItFollows) {
  const auto allocation = Allocated("a", 100);
  const auto checks = CheckFunds("vs-ovs", {Following(allocation)}, {allocation});
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].difference, FundDifference::kNone);
  EXPECT_EQ(FundsJson(checks)[0]["status"].get<std::string>(), "RECONCILED");
}

TEST(FundChecks, SayWhatDiffers) {
  const auto allocation = Allocated("a", 100);
  const auto line = Following(allocation);
  const auto with = [&](auto change) {
    strategy::v1::Allocation now = allocation;
    change(&now);
    return CheckFunds("vs-ovs", {line}, {now}).at(0).difference;
  };
  EXPECT_EQ(with([](auto* now) { now->set_amount_cents(99); }), FundDifference::kAmount);
  EXPECT_EQ(with([](auto* now) { now->set_fiscal_year("2017-18"); }), FundDifference::kFiscalYear);
  EXPECT_EQ(with([](auto* now) { now->set_etag("a later one"); }), FundDifference::kVersion);
  EXPECT_EQ(with([](auto* now) { now->set_state(strategy::v1::ALLOCATION_STATE_CLOSED); }),
            FundDifference::kNotCommitted);
  EXPECT_EQ(with([](auto* now) { now->set_name("agencies/co-pahtco/allocations/b"); }),
            FundDifference::kAllocationUnknown);
}

TEST(FundChecks, NameTheAllocationsToTheAgencyThatNoLineFollows) {
  const auto followed = Allocated("a", 100), waiting = Allocated("b", 100);
  auto planned = Allocated("c", 100);
  planned.set_state(strategy::v1::ALLOCATION_STATE_PLANNED);
  const auto checks = CheckFunds("vs-ovs", {Following(followed)},
                                 {followed, waiting, planned, Allocated("d", 100, "vs-other")});
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[1].allocation, waiting.name());
  EXPECT_EQ(checks[1].line, "");
  EXPECT_EQ(checks[1].difference, FundDifference::kNoLine);
  EXPECT_EQ(FundsJson(checks)[1]["difference"].get<std::string>(), "no_line");
}

TEST(FundChecks, TellEachDifferenceInItsOwnWords) {
  std::set<std::string> texts;
  for (int each = 0; each <= static_cast<int>(FundDifference::kNoLine); ++each) {
    EXPECT_TRUE(texts.insert(DifferenceText(static_cast<FundDifference>(each))).second) << each;
  }
}

}  // namespace
}  // namespace accord::ctl
