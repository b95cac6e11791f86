#include <cstddef>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/testing/every_list.h"
#include "common/testing/postgres.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Money : public StrategyFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Money() : StrategyFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  v1::Allocation Planned(const v1::Envelope& envelope, int64_t cents, const std::string& fiscal_year = "") {
    v1::Allocation allocation;
    EXPECT_EQ(Plan(envelope, cents, &allocation, fiscal_year), "");
    return allocation;
  }
  int64_t Committed(const v1::Envelope& envelope) {
    v1::EnvelopePosition position;
    EXPECT_EQ(Position(envelope, staff_, &position), "");
    EXPECT_EQ(position.committed_cents() + position.free_cents(), envelope.total_cents());
    return position.committed_cents();
  }
  // Commits all of them at once. It gives the number of refused ones by rule, and under the empty rule the
  // number of committed ones.
  std::map<std::string, int> CommitAtOnce(std::vector<v1::Allocation> planned) {
    std::vector<std::string> refusals(planned.size());
    std::vector<std::thread> directors;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      directors.emplace_back([&, i] { refusals[i] = Commit(&planned[i]); });
    }
    for (std::thread& director : directors) director.join();
    std::map<std::string, int> counts;
    for (const std::string& refusal : refusals) ++counts[refusal];
    return counts;
  }
  std::string SetYears(v1::Envelope* envelope, const std::string& first,
                       const std::vector<std::pair<std::string, int64_t>>& ceilings) {
    v1::SetEnvelopeCeilingsRequest request;
    request.set_first_fiscal_year(first);
    request.set_source_ref("a letter");
    for (const auto& [year, cents] : ceilings) {
      request.add_ceilings()->set_fiscal_year(year);
      request.mutable_ceilings(request.ceilings_size() - 1)->set_amount_cents(cents);
    }
    return Move(ForFunding(director_), envelope, request);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Money, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Money, IsCommittedToTheLastCentAndNotOneBeyond) {
  const v1::Envelope envelope = Announced("vcao-ht");
  EXPECT_EQ(envelope.first_fiscal_year(), "");
  EXPECT_THAT(envelope.ceilings(), IsEmpty());
  v1::Allocation most = Planned(envelope, 664999999), last = Planned(envelope, 1);
  v1::Allocation beyond = Planned(envelope, 1);
  EXPECT_EQ(Committed(envelope), 0) << "a plan takes nothing";
  ASSERT_EQ(Commit(&most), "");
  ASSERT_EQ(Commit(&last), "");
  EXPECT_EQ(Commit(&beyond), "ENVELOPE_EXCEEDED");
  EXPECT_EQ(beyond.state(), v1::ALLOCATION_STATE_PLANNED);
  EXPECT_EQ(Committed(envelope), 665000000);
}

TEST_P(Money, OfFiftyWhoComeAtOnceForTheLastOfItOneGetsIt) {
  const v1::Envelope envelope = Announced("vcao-ht");
  v1::Allocation most = Planned(envelope, 664900000);
  ASSERT_EQ(Commit(&most), "");
  std::vector<v1::Allocation> planned;
  for (int i = 0; i < 50; ++i) planned.push_back(Planned(envelope, 100000));
  EXPECT_THAT(CommitAtOnce(std::move(planned)), ElementsAre(Pair("", 1), Pair("ENVELOPE_EXCEEDED", 49)));
  EXPECT_EQ(Committed(envelope), 665000000);
}

TEST_P(Money, OfFiftyWhoComeAtOnceForTheLastOfAYearOneGetsIt) {
  v1::Envelope envelope = Announced("vcao-ht");
  ASSERT_EQ(SetYears(&envelope, "2016-17", {{"2016-17", 150000}}), "");
  std::vector<v1::Allocation> planned;
  for (int i = 0; i < 50; ++i) planned.push_back(Planned(envelope, 100000, "2016-17"));
  EXPECT_THAT(CommitAtOnce(std::move(planned)), ElementsAre(Pair("", 1), Pair("ENVELOPE_EXCEEDED", 49)))
      << "the total has room for all of them, and the year for one";
  EXPECT_EQ(Committed(envelope), 100000) << "what the year refuses is not taken of the total either";
}

TEST_P(Money, ThatIsReducedOrClosedGoesBackToTheEnvelope) {
  const v1::Envelope envelope = Announced("vcao-ht");
  v1::Allocation allocation = Planned(envelope, 665000000);
  ASSERT_EQ(Commit(&allocation), "");
  v1::ReduceAllocationRequest reduce;
  reduce.set_reason("fewer projects");
  reduce.set_amount_cents(665000000);
  EXPECT_EQ(Move(ForFunding(director_), &allocation, reduce), "AMOUNT_INVALID");
  reduce.set_amount_cents(600000000);
  ASSERT_EQ(Move(ForFunding(director_), &allocation, reduce), "");
  EXPECT_EQ(Committed(envelope), 600000000);
  v1::CloseAllocationRequest close;
  close.set_reason("over");
  ASSERT_EQ(Move(ForFunding(director_), &allocation, close), "");
  EXPECT_EQ(Committed(envelope), 0);
  EXPECT_EQ(Commit(&allocation), "STATE_NOT_PERMITTED");
}

TEST_P(Money, HasAYearlyLimitOnlyOnceSomebodyStatedOne) {
  v1::Envelope envelope = Announced("vcao-ht");
  v1::Allocation whole = Planned(envelope, 600000000, "2016-17");
  ASSERT_EQ(Commit(&whole), "") << "the total is all that is known";
  EXPECT_EQ(SetYears(&envelope, "2016-17", {{"2016-17", 599999999}}), "ENVELOPE_EXCEEDED");
  EXPECT_EQ(SetYears(&envelope, "2016-17", {{"2016-17", 600000000}, {"2017-18", 65000001}}),
            "CEILINGS_EXCEED_TOTAL");
  EXPECT_EQ(SetYears(&envelope, "2016-17", {{"2020-21", 100}}), "FISCAL_YEAR_OUTSIDE");
  EXPECT_EQ(SetYears(&envelope, "2016-18", {}), "FISCAL_YEAR_INVALID");
  ASSERT_EQ(SetYears(&envelope, "2016-17", {{"2016-17", 600000000}, {"2017-18", 5000000}}), "");
  v1::Allocation next = Planned(envelope, 5000001, "2017-18"), without;
  EXPECT_EQ(Commit(&next), "ENVELOPE_EXCEEDED");
  EXPECT_EQ(Plan(envelope, 100, &without), "FISCAL_YEAR_NEEDED");
  v1::Allocation fits = Planned(envelope, 5000000, "2017-18");
  EXPECT_EQ(Commit(&fits), "");
  v1::EnvelopePosition position;
  ASSERT_EQ(Position(envelope, staff_, &position), "");
  ASSERT_THAT(position.years(), SizeIs(2));
  EXPECT_EQ(position.years(1).fiscal_year(), "2017-18");
  EXPECT_EQ(position.years(1).ceiling_cents(), 5000000);
  EXPECT_EQ(position.years(1).committed_cents(), 5000000);
}

TEST_P(Money, IsAnAmountAboveNothingOfAYearThatExists) {
  const v1::Envelope envelope = Announced("vcao-ht");
  v1::Allocation none;
  EXPECT_EQ(Plan(envelope, 0, &none), "FIELD_INVALID");
  EXPECT_EQ(Plan(envelope, -1, &none), "AMOUNT_INVALID");
  EXPECT_EQ(Plan(envelope, 1000000000001, &none), "AMOUNT_INVALID");
  for (const char* year : {"2017-16", "2017-19", "2017"}) {
    EXPECT_EQ(Plan(envelope, 1, &none, year), "FISCAL_YEAR_INVALID") << year;
  }
}

TEST_P(Money, IsSeenByTheOfficeWhoGetsItAndTheMinistryWhoseItIs) {
  const v1::Envelope envelope = Announced("vcao-ht");
  const v1::Allocation allocation = Planned(envelope, 100);
  const Caller recipient = Someone("vs-york", annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                                   annotations::v1::ROLE_VS_MANAGER, "manager");
  const Caller another = Someone("vs-peel", annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                                 annotations::v1::ROLE_VS_MANAGER, "manager");
  v1::GetAllocationRequest get;
  get.set_name(allocation.name());
  for (const Caller& caller : {staff_, director_, mag_, recipient}) {
    EXPECT_OK(Call<v1::Allocation>(ForFunding(caller), get)) << caller.agency;
  }
  for (const Caller& caller : {mol_, another}) {
    EXPECT_THAT(Call<v1::Allocation>(ForFunding(caller), get), RefusedBy(rules::kNotFound)) << caller.agency;
    EXPECT_THAT(Must(Call<v1::ListAllocationsResponse>(ForFunding(caller), v1::ListAllocationsRequest()))
                    .allocations(),
                IsEmpty())
        << caller.agency;
  }
  EXPECT_THAT(Call<v1::Allocation>(staff_, get), RefusedBy(rules::kPurposeMissing));
  EXPECT_EQ(Position(envelope, mag_), "");
  EXPECT_EQ(Position(envelope, mol_), "NOT_THE_OWNER");
}

TEST_P(Money, IsOfNoYearBeforeTheStrategy) {
  const v1::Envelope envelope = Announced("vcao-ht");
  v1::Allocation allocation;
  for (const char* year : {"1999-00", "2015-16"}) {
    EXPECT_EQ(Plan(envelope, 100, &allocation, year), "FISCAL_YEAR_OUTSIDE") << year;
  }
  EXPECT_EQ(Plan(envelope, 100, &allocation, "2016-17"), "");
}

TEST_P(Money, IsCommittedByAnotherThanPlannedIt) {
  const v1::Envelope envelope = Announced("vcao-ht");
  Caller both = ForFunding(director_);
  both.roles.push_back(annotations::v1::ROLE_OFFICE_STAFF);
  v1::CreateAllocationRequest plan;
  plan.set_parent("agencies/co-pahtco");
  plan.mutable_allocation()->set_envelope(envelope.name());
  plan.mutable_allocation()->set_recipient("vs-york");
  plan.mutable_allocation()->set_amount_cents(100);
  plan.mutable_allocation()->set_source_ref("an agreement");
  v1::Allocation allocation = Must(Call<v1::Allocation>(both, plan));
  EXPECT_EQ(Move(both, &allocation, v1::CommitAllocationRequest()), "COMMITTED_BY_PLANNER");
  EXPECT_EQ(Committed(envelope), 0);
}

TEST_P(Money, ThatNobodyStatedIsNoZero) {
  v1::CreateContributionRequest request;
  request.set_parent("agencies/co-pahtco");
  request.mutable_contribution()->set_fund("cbsf");
  request.mutable_contribution()->set_from_ministry("min-mohltc");
  request.mutable_contribution()->set_kind(v1::CONTRIBUTION_KIND_UNKNOWN);
  request.mutable_contribution()->set_source_ref("seed row 37");
  v1::Contribution contribution = Must(Call<v1::Contribution>(ForFunding(staff_), request));
  EXPECT_FALSE(contribution.has_amount_cents());
  EXPECT_EQ(contribution.state(), v1::CONTRIBUTION_STATE_PLANNED);
  request.mutable_contribution()->set_amount_cents(0);
  EXPECT_THAT(Call<v1::Contribution>(ForFunding(staff_), request), RefusedBy(rules::kAmountInvalid));
  v1::AdvanceContributionRequest commit;
  commit.set_event("commit");
  EXPECT_EQ(Move(ForFunding(staff_), &contribution, commit), "FIELD_INVALID") << "no source says so";
  commit.set_source_ref("a letter");
  commit.set_amount_cents(0);
  EXPECT_EQ(Move(ForFunding(staff_), &contribution, commit), "AMOUNT_INVALID") << "unknown is no 0";
  commit.clear_amount_cents();
  ASSERT_EQ(Move(ForFunding(staff_), &contribution, commit), "");
  EXPECT_FALSE(contribution.has_amount_cents());
  commit.set_event("receive");
  commit.set_amount_cents(5000000);
  ASSERT_EQ(Move(ForFunding(staff_), &contribution, commit), "");
  EXPECT_EQ(contribution.amount_cents(), 5000000);
  const auto listed = Must(Call<v1::ListContributionsResponse>(police_, v1::ListContributionsRequest()));
  EXPECT_THAT(listed.contributions(), SizeIs(1));
}

class StrategyLists : public StrategyFixture {};

TEST_F(StrategyLists, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(testing::ReadEveryList(&in_process_, "accord.strategy.v1"), 5);
}

}  // namespace
}  // namespace accord::strategy
