// These tests show where the programs have specialised workers on each day.
#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "common/testing/walk.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::UnorderedElementsAre;
using testing::Walk;

class WorkerPositions : public SupportsFixture {
 protected:
  explicit WorkerPositions(const std::string& dsn = "") : SupportsFixture(dsn) {}

  v1::CreateWorkerPositionRequest Announced(const std::string& site) {
    v1::CreateWorkerPositionRequest request;
    request.set_parent("agencies/vs-ovs");
    request.mutable_worker_position()->set_program(v1::SUPPORT_PROGRAM_VWAP);
    request.mutable_worker_position()->set_site(site);
    request.mutable_worker_position()->set_announced_on("2017-02-23");
    request.mutable_worker_position()->set_source("progress report of 2017-02-23");
    return request;
  }
  v1::WorkerPosition At(const std::string& site) {
    return Must(Call<v1::WorkerPosition>(program_, Announced(site)));
  }
  std::string Step(v1::WorkerPosition* position, const std::string& event, const std::string& on,
                   const std::string& reason = "") {
    v1::AdvanceWorkerPositionRequest request;
    request.set_event(event);
    request.set_on(on);
    request.set_reason(reason);
    return Move(program_, position, request);
  }
  // This gives the positions as of a day, for example `Newmarket hired`.
  std::vector<std::string> Sites(const Caller& who, const std::string& day = "") {
    v1::ListWorkerPositionsRequest request;
    request.set_as_of(day);
    request.set_page_size(100);
    const auto page = Must(Call<v1::ListWorkerPositionsResponse>(who, request));
    std::vector<std::string> sites;
    for (const auto& each : page.worker_positions()) {
      sites.push_back(
          absl::StrCat(each.site(), " ", ShortName(v1::WorkerPositionState_descriptor(), each.state())));
    }
    return sites;
  }
  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
};

TEST_F(WorkerPositions, AreHiredOnADayAndReadAsTheyWereBefore) {
  v1::WorkerPosition newmarket = At("Newmarket"), brampton = At("Brampton");
  At("Toronto");
  ASSERT_EQ(Step(&newmarket, "hire", "2017-02-23"), "");
  ASSERT_EQ(Step(&brampton, "hire", "2018-01-08"), "");
  for (const Caller& who : {worker_, office_, program_}) {
    EXPECT_THAT(Sites(who, "2017-02-23"),
                UnorderedElementsAre("Newmarket hired", "Brampton to_be_hired", "Toronto to_be_hired"));
    EXPECT_THAT(Sites(who), UnorderedElementsAre("Newmarket hired", "Brampton hired", "Toronto to_be_hired"));
    EXPECT_THAT(Sites(who, "2017-02-22"),
                UnorderedElementsAre("Newmarket unspecified", "Brampton unspecified", "Toronto unspecified"));
  }
}

TEST_F(WorkerPositions, OneAtASiteHasSomebodyInIt) {
  v1::WorkerPosition first = At("Newmarket"), second = At("NEWMARKET");
  ASSERT_EQ(Step(&first, "hire", "2017-02-23"), "");
  EXPECT_EQ(Step(&second, "hire", "2017-02-23"), "SITE_TAKEN");
  ASSERT_EQ(Step(&first, "leave", "2017-06-01"), "");
  EXPECT_EQ(Step(&second, "hire", "2017-06-02"), "");
  EXPECT_EQ(Step(&first, "hire", "2017-06-03"), "SITE_TAKEN");
  ASSERT_EQ(Step(&second, "end", "2017-06-03", "the site was closed"), "");
  EXPECT_EQ(Step(&first, "hire", "2017-06-03"), "");
}

TEST_F(WorkerPositions, ASiteIsTheSameHoweverItIsWritten) {
  v1::WorkerPosition first = At("Orl\u00e9ans"), second = At("ORLEANS "), third = At("St. Jacobs");
  v1::WorkerPosition fourth = At("St-Jacobs");
  ASSERT_EQ(Step(&first, "hire", "2017-02-23"), "");
  EXPECT_EQ(Step(&second, "hire", "2017-02-23"), "SITE_TAKEN");
  ASSERT_EQ(Step(&third, "hire", "2017-02-23"), "");
  EXPECT_EQ(Step(&fourth, "hire", "2017-02-23"), "SITE_TAKEN");
}

TEST_F(WorkerPositions, NobodyIsHiredForADayOnWhichSomebodyElseWasThere) {
  v1::WorkerPosition first = At("Brampton"), second = At("Brampton");
  ASSERT_EQ(Step(&first, "hire", "2017-03-01"), "");
  ASSERT_EQ(Step(&first, "leave", "2018-01-01"), "");
  EXPECT_EQ(Step(&second, "hire", "2017-06-01"), "SITE_TAKEN");
  EXPECT_EQ(Step(&second, "hire", "2017-02-28"), "SITE_TAKEN");
  EXPECT_EQ(Step(&second, "hire", "2018-01-01"), "");
}

TEST_F(WorkerPositions, MoveOnInTheOrderOfTheirDaysAndEndWithAReason) {
  v1::WorkerPosition position = At("Toronto");
  EXPECT_EQ(Step(&position, "hire", "2026-11-25"), "EVENT_IN_FUTURE");
  EXPECT_EQ(Step(&position, "hire", "2017-02-22"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Step(&position, "leave", "2017-02-23"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Step(&position, "end", "2017-02-23"), "FIELD_INVALID");
  EXPECT_EQ(Step(&position, "end", "2017-02-23", "it was never filled"), "");
  EXPECT_EQ(Step(&position, "hire", "2017-02-24"), "STATE_NOT_PERMITTED");
}

class WorkerPositionRaces : public WorkerPositions {
 protected:
  WorkerPositionRaces() : WorkerPositionRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit WorkerPositionRaces(const std::string& dsn) : WorkerPositions(dsn), lockstep_(dsn) {}
  std::function<absl::Status()> Hires(const v1::WorkerPosition& position) {
    v1::AdvanceWorkerPositionRequest request;
    request.set_name(position.name());
    request.set_etag(position.etag());
    request.set_event("hire");
    request.set_on("2017-02-23");
    return [=, this] { return Call<v1::WorkerPosition>(program_, request).status(); };
  }
  testing::Lockstep lockstep_;
};

TEST_F(WorkerPositionRaces, OfTwoHiredAtOneSiteOneWins) {
  for (const char* site : {"Newmarket", "Brampton", "Toronto"}) {
    const auto results = lockstep_.Run({Hires(At(site)), Hires(At(site))});
    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
  }
}

// These tests run on each kind of database.
class WorkerPositionsAtOnce : public WorkerPositions, public ::testing::WithParamInterface<std::string> {
 protected:
  WorkerPositionsAtOnce()
      : WorkerPositions(GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
};

INSTANTIATE_TEST_SUITE_P(Databases, WorkerPositionsAtOnce, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(WorkerPositionsAtOnce, OfFiftyHiredAtOneSiteOneIs) {
  std::vector<v1::WorkerPosition> positions;
  for (int i = 0; i < 50; ++i) positions.push_back(At(i % 2 == 0 ? "Newmarket" : "NEWMARKET"));
  std::vector<std::string> rules(positions.size());
  std::vector<std::thread> programs;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    programs.emplace_back([&, i] { rules[i] = Step(&positions[i], "hire", "2017-02-23"); });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(std::count(rules.begin(), rules.end(), ""), 1);
  EXPECT_EQ(std::count(rules.begin(), rules.end(), "SITE_TAKEN"), 49);
  const std::vector<std::string> sites = Sites(worker_);
  EXPECT_EQ(std::count_if(sites.begin(), sites.end(),
                          [](const std::string& each) { return each.ends_with(" hired"); }),
            1);
}

using WorkerPositionWalk = WorkerPositions;

TEST_F(WorkerPositionWalk, OfAPosition) {
  using namespace annotations::v1;
  Walk walk;
  walk.service = "accord.supports.v1.WorkerPositionService";
  walk.agencies = {
      {"program", {"vs-ovs", AGENCY_KIND_VICTIM_SERVICES, "program", ROLE_OVS_PROGRAM}},
      {"program elsewhere", {"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "other", ROLE_OVS_PROGRAM}}};
  walk.states = {"none"};
  walk.make = [](const std::string&) { return "agencies/vs-ovs"; };
  walk.table = {{"CreateWorkerPosition", {"program"}, {}}};
  int calls = testing::WalkChanges(&in_process_, walk, {"AdvanceWorkerPosition"});
  walk.states = testing::ShortNamesOf(v1::WorkerPositionState_descriptor());
  int records = 0;
  walk.make = [&](const std::string& state) {
    v1::WorkerPosition position = Announced("Newmarket").worker_position();
    position.set_name(absl::StrCat("agencies/vs-ovs/workerPositions/w", ++records));
    position.set_state(
        static_cast<v1::WorkerPositionState>(*FromShortName(v1::WorkerPositionState_descriptor(), state)));
    return testing::Store(&in_process_, "worker_position", &position, {"vs-ovs", state, {"*"}, {}});
  };
  for (const auto& [event, states] :
       std::map<std::string, std::set<std::string>>{{"hire", {"to_be_hired", "vacant"}},
                                                    {"leave", {"hired"}},
                                                    {"end", {"to_be_hired", "hired", "vacant"}}}) {
    calls += testing::WalkEvent<v1::AdvanceWorkerPositionRequest>(&in_process_, walk, "AdvanceWorkerPosition",
                                                                  {"program"}, event, states);
  }
  EXPECT_EQ(calls, 2 + 3 * 8);
}

}  // namespace
}  // namespace accord::supports
