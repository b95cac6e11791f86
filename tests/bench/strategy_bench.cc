// This compares a funding call with 5,000 applications and 15,000 assessments with one that has 50 and
// 150, through the handlers of the strategy service, on SQLite and on PostgreSQL, all of them
// alternating in one run. A page must cost the same at both sizes, and the cost of an order may
// grow only in proportion to the number of applications.
// strategy_bench [--json FILE] [--large N] [--rounds R]
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/postgres.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/funding/funding_assessment_service.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/award_fixture.h"
#include "tests/bench/compare.h"
#include "tests/bench/stored_rows.h"

namespace accord::strategy {
namespace {

constexpr int kSmall = 50, kPage = 25;
// An order reads every row of its call, so it is made only in every n-th round.
constexpr int kRanksEvery = 10;
constexpr double kPageGoal = 1.5;
// The board shows these besides a call, whatever the call's size.
constexpr int kInitiatives = 18, kIndicators = 10;

// This is the service with its database, and a call under evaluation with this many applications. Each has
// three scorers who have scored, except one application that is still being scored.
class FilledFund : public AwardFixture {
 public:
  FilledFund(const std::string& dsn, int count) : AwardFixture(dsn), round_(Evaluated(2, NewCall())) {
    ScoreBoth(&round_, 0, 5, 2);
    bench::Require(Declare(round_.applications[0], chair_, v1::CONFLICT_KIND_NONE, &declaration_).empty());
    v1::CreatePanelDecisionRequest recommend;
    recommend.mutable_panel_decision()->set_funding_application(round_.applications[0].name());
    recommend.mutable_panel_decision()->set_recommendation(v1::RECOMMENDATION_RECOMMENDED);
    recommend.mutable_panel_decision()->set_amount_cents(300000);
    recommend.mutable_panel_decision()->set_reasons("by the scores");
    decision_ = *Call<v1::PanelDecision>(chair_, recommend);
    application_ = Read(round_.applications[0], writer_);
    assessment_ = ReadAssessment(round_.by_ann[0], ann_);
    Fill(count);
    for (int i = 0; i < kInitiatives; ++i) Entered(absl::StrCat("initiative-", i));
    for (int i = 0; i < kIndicators; ++i) Verified(Measured(absl::StrCat("indicator-", i)));
    token_ = Applications(writer_, "", std::min(count / 2, 500)).next_page_token();
  }

  double FirstPage() { return Page(writer_, ""); }
  double LaterPage() { return Page(writer_, token_); }
  double PanelPage() { return Page(chair_, ""); }
  // Reads what one scorer has to score.
  double ScorerPage() {
    v1::ListFundingAssessmentsRequest request;
    request.set_page_size(kPage);
    return bench::Timed([&] {
      const auto page = *Call<v1::ListFundingAssessmentsResponse>(ann_, request);
      bench::Require(page.funding_assessments_size() == kPage);
    });
  }
  double AssessmentsOfOne() {
    v1::ListFundingAssessmentsRequest request;
    request.set_funding_application(last_);
    return bench::Timed([&] {
      const auto page = *Call<v1::ListFundingAssessmentsResponse>(chair_, request);
      bench::Require(page.funding_assessments_size() == 3);
    });
  }
  double DecisionsPage() {
    v1::ListPanelDecisionsRequest request;
    request.set_funding_call(round_.call.name());
    request.set_page_size(kPage);
    return bench::Timed([&] {
      const auto page = *Call<v1::ListPanelDecisionsResponse>(chair_, request);
      bench::Require(page.panel_decisions_size() == kPage);
    });
  }
  // Reads all that the office's board needs, and the calls.
  double Board() {
    return bench::Timed([&] {
      const auto initiatives = *Call<v1::ListInitiativesResponse>(staff_, v1::ListInitiativesRequest());
      const auto tables = *Call<v1::TabulateIndicatorsResponse>(staff_, v1::TabulateIndicatorsRequest());
      const auto calls = *Call<v1::ListFundingCallsResponse>(writer_, v1::ListFundingCallsRequest());
      bench::Require(initiatives.initiatives_size() == kInitiatives &&
                     tables.indicator_tables_size() == kIndicators && calls.funding_calls_size() == 1);
    });
  }
  double SaveScores() {
    return bench::Timed([&] { bench::Require(Move(ann_, &round_.by_ann[1], NewScores(5, 2)).empty()); });
  }
  double RankForPanel() { return Rank(chair_, true); }
  double RankForOffice() { return Rank(head_, false); }

 private:
  void TestBody() override {}

  // The scores range from 0 to 100 and from 0 to 4.
  static v1::CreateFundingCallRequest NewCall() {
    v1::CreateFundingCallRequest request = NewFundingCall();
    request.mutable_funding_call()->mutable_criteria(0)->set_max_points(100);
    return request;
  }
  void Fill(int count) {
    constexpr int kBatch = 250, kTold = 1000;
    for (int done = 2; done < count;) {
      const int end = std::min(count, done + kBatch);
      const absl::Status status =
          in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
            bench::StoredRows rows;
            for (int i = done; i < end; ++i) ACCORD_RETURN_IF_ERROR(Add(tx, i, &rows));
            return rows.Insert(tx);
          });
      if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
      bench::Require(status.ok());
      if (done / kTold != end / kTold) std::fprintf(stderr, "  %d of %d filled\n", end, count);
      done = end;
    }
    const absl::Status analyzed =
        in_process_.database().Transact([](storage::Transaction& tx) { return tx.Exec("analyze").status(); });
    bench::Require(analyzed.ok());
  }
  // Adds a copy of the first application with all its declarations, scores and recommendations.
  absl::Status Add(storage::Transaction& tx, int number, bench::StoredRows* rows) {
    const absl::Time now = in_process_.clock().Now();
    const storage::Write write{"co-pahtco", "staff", absl::StrCat("fill-", number), now};
    v1::FundingApplication application = application_;
    application.set_name(absl::StrCat("agencies/or-shelter/fundingApplications/", NewId(now)));
    for (const Caller* person : {&ann_, &ben_, &cam_, &chair_}) {
      ACCORD_RETURN_IF_ERROR(AddReader(tx, application.name(), {person->agency, person->actor}));
    }
    ACCORD_ASSIGN_OR_RETURN(const storage::Placement placed, ApplicationPlacement(tx, rules_, application));
    ACCORD_RETURN_IF_ERROR(rows->Add(tx, "funding_application", application, placed, write));
    for (const Caller* person : {&ann_, &ben_, &cam_, &chair_}) {
      ACCORD_RETURN_IF_ERROR(AddDeclaration(tx, write, application.name(), *person, rows));
    }
    for (const Caller* scorer : {&ann_, &ben_, &cam_}) {
      ACCORD_RETURN_IF_ERROR(AddAssessment(tx, write, application.name(), *scorer, number, rows));
    }
    last_ = application.name();
    return AddDecision(tx, write, application.name(), rows);
  }
  absl::Status AddDeclaration(storage::Transaction& tx, const storage::Write& write,
                              const std::string& application, const Caller& person, bench::StoredRows* rows) {
    v1::ConflictDeclaration declaration = declaration_;
    declaration.set_name(
        absl::StrCat("agencies/", person.agency, "/conflictDeclarations/", NewId(write.now)));
    declaration.set_funding_application(application);
    declaration.set_person(person.actor);
    ACCORD_RETURN_IF_ERROR(KeepUniqueRecord(tx, UniqueRecord::kDeclaration, application,
                                            {person.agency, person.actor}, declaration.name()));
    return rows->Add(tx, "conflict_declaration", declaration,
                     ConflictDeclarationPlacement(rules_, declaration), write);
  }
  absl::Status AddAssessment(storage::Transaction& tx, const storage::Write& write,
                             const std::string& application, const Caller& scorer, int number,
                             bench::StoredRows* rows) {
    v1::FundingAssessment assessment = assessment_;
    assessment.set_name(absl::StrCat("agencies/co-pahtco/fundingAssessments/", NewId(write.now)));
    assessment.set_funding_application(application);
    assessment.set_scorer_agency(scorer.agency);
    assessment.set_scorer(scorer.actor);
    assessment.mutable_scores(0)->set_points(number * 7 % 101);
    assessment.mutable_scores(1)->set_points(number % 5);
    ACCORD_RETURN_IF_ERROR(KeepUniqueRecord(tx, UniqueRecord::kAssessment, application,
                                            {scorer.agency, scorer.actor}, assessment.name()));
    return rows->Add(tx, "funding_assessment", assessment, FundingAssessmentPlacement(rules_, assessment),
                     write);
  }
  absl::Status AddDecision(storage::Transaction& tx, const storage::Write& write,
                           const std::string& application, bench::StoredRows* rows) {
    v1::PanelDecision decision = decision_;
    decision.set_name(absl::StrCat("agencies/co-pahtco/panelDecisions/", NewId(write.now)));
    decision.set_funding_application(application);
    ACCORD_RETURN_IF_ERROR(KeepUniqueRecord(tx, UniqueRecord::kDecision, application, {}, decision.name()));
    const storage::Placement placed = {.owner = "co-pahtco",
                                       .state = "",
                                       .parties = {"co-pahtco", PersonViewer(chair_.agency, chair_.actor)},
                                       .fields = {{"funding_call", round_.call.name()}}};
    return rows->Add(tx, "panel_decision", decision, placed, write);
  }

  v1::ListFundingApplicationsResponse Applications(const Caller& caller, const std::string& token, int size) {
    v1::ListFundingApplicationsRequest request;
    request.set_funding_call(round_.call.name());
    request.set_page_token(token);
    request.set_page_size(size);
    return *Call<v1::ListFundingApplicationsResponse>(caller, request);
  }
  double Page(const Caller& caller, const std::string& token) {
    return bench::Timed(
        [&] { bench::Require(Applications(caller, token, kPage).funding_applications_size() == kPage); });
  }
  double Rank(const Caller& caller, bool reads_places) {
    v1::GetFundingCallRecordRequest request;
    request.set_name(round_.call.name());
    request.set_page_size(kPage);
    return bench::Timed([&] {
      const auto record = *Call<v1::FundingCallRecord>(caller, request);
      bench::Require(record.applications_size() == kPage &&
                     record.applications(0).has_rank() == reads_places);
    });
  }

  const v1::RuleSet rules_ = RealRules();
  Round round_;
  v1::FundingApplication application_;
  v1::FundingAssessment assessment_;
  v1::ConflictDeclaration declaration_;
  v1::PanelDecision decision_;
  std::string token_, last_;
};

// These are both sizes on one kind of database.
struct SizesOnOneDatabase {
  SizesOnOneDatabase(bool postgres, int large)
      : small(std::make_unique<FilledFund>(Database(postgres), kSmall)),
        big(std::make_unique<FilledFund>(Database(postgres), large)) {}
  static std::string Database(bool postgres) {
    return postgres ? testing::PostgresCluster::Shared().NewDatabase() : "";
  }
  std::unique_ptr<FilledFund> small, big;
};

void Run(int large, int rounds, const std::string& json_file) {
  std::vector<std::pair<std::string, SizesOnOneDatabase>> pairs;
  for (const bool postgres : {false, true}) {
    const std::string name = postgres ? "postgres" : "sqlite";
    std::fprintf(stderr, "filling %s with %d applications\n", name.c_str(), large);
    const double micros =
        bench::Timed([&] { pairs.emplace_back(name, SizesOnOneDatabase(postgres, large)); });
    std::fprintf(stderr, "  in %.1f s\n", micros / 1'000'000);
  }
  std::fprintf(stderr, "measuring %d rounds\n", rounds);
  // The order may cost one and a half times as much for each application.
  const double linear = kPageGoal * large / kSmall;
  std::vector<bench::Work> works;
  const auto add = [&](const std::string& name, double (FilledFund::*work)(), double goal, int every = 1) {
    for (const auto& [database, pair] : pairs) {
      works.push_back({absl::StrCat(name, "_", database), std::bind_front(work, pair.small.get()),
                       std::bind_front(work, pair.big.get()), goal, every});
    }
  };
  const int ranks_every = std::min(kRanksEvery, rounds);
  add("list_first_page", &FilledFund::FirstPage, kPageGoal);
  add("list_later_page", &FilledFund::LaterPage, kPageGoal);
  add("list_for_panel", &FilledFund::PanelPage, kPageGoal);
  add("list_for_scorer", &FilledFund::ScorerPage, kPageGoal);
  add("assessments_of_one", &FilledFund::AssessmentsOfOne, kPageGoal);
  add("recommendations", &FilledFund::DecisionsPage, kPageGoal);
  add("board", &FilledFund::Board, kPageGoal);
  add("save_scores", &FilledFund::SaveScores, kPageGoal);
  add("rank_for_panel", &FilledFund::RankForPanel, linear, ranks_every);
  add("rank_for_office", &FilledFund::RankForOffice, linear, ranks_every);
  bench::Compare("strategy", kSmall, large, works, rounds, json_file);
}

}  // namespace
}  // namespace accord::strategy

int main(int argc, char** argv) {
  CLI::App app("A call with 5,000 applications and 15,000 assessments against one with 50",
               "./accord bench strategy");
  int large = 5000, rounds = 50;
  std::string json;
  app.add_option("--json", json, "One object a line");
  app.add_option("--large", large, "Applications in the large databases [5000]")
      ->check(CLI::Range(100, 1'000'000));
  app.add_option("--rounds", rounds, "Calls of each kind, and a tenth of them of each order [50]")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  accord::strategy::Run(large, rounds, json);
}
