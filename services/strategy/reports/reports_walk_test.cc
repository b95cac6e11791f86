// These tests state a second time by whom, and in which state, each change of a report is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/strategy/placements.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Walk;

class ReportsWalk : public testing::WalkFixture<StrategyFixture> {
 protected:
  ReportsWalk() {
    walk_.service = "accord.strategy.v1.ProgressReportService";
    walk_.agencies = {
        {"staff", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
        {"director", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "director", ROLE_OFFICE_DIRECTOR}},
        {"named ministry", {"min-mol", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
        {"another ministry", {"min-mag", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}}};
  }
  // The office wrote the report, and the Ministry of Labour has to confirm it.
  std::string StoreReport(const std::string& state) {
    v1::ProgressReport report = NewReport("walked").progress_report();
    report.set_name(absl::StrCat("agencies/co-pahtco/progressReports/r", ++records_));
    report.add_ministries("min-mol");
    report.set_edition(1);
    report.set_state(As<v1::ProgressReportState>(v1::ProgressReportState_descriptor(), state));
    storage::Placement placement = PublicPlacement(report.name(), state, {{"state", state}});
    if (state != "published") placement.parties = {"co-pahtco", "min-mol"};
    return Store("progress_report", report, placement);
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(ReportsWalk, OfAnEdition) {
  walk_.states = testing::ShortNamesOf(v1::ProgressReportState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreReport(state); };
  walk_.table = {{"ReviseProgressReport", {"staff"}, {"draft", "ministry_confirmed", "director_approved"}},
                 {"ConfirmProgressReport", {"named ministry"}, {"draft"}},
                 {"ApproveProgressReport", {"director"}, {"ministry_confirmed"}},
                 {"PublishProgressReport", {"staff"}, {"director_approved"}},
                 {"RestateProgressReport", {"director"}, {"published"}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_,
                                 ChangesBut(walk_.service, {"ReviseProgressReport", "ConfirmProgressReport",
                                                            "ApproveProgressReport", "PublishProgressReport",
                                                            "RestateProgressReport"})),
            24);
}

TEST_F(ReportsWalk, OfWhatTheOfficeBegins) {
  walk_.states = {"any"};
  const std::set<std::string> begun = {"CreateOfficeRole", "CreateProgressReport"};
  // The request is tried under the office's own name, and under that of another agency.
  for (const auto& [parent, who] : std::map<std::string, std::set<std::string>>{
           {"agencies/co-pahtco", {"staff"}}, {"agencies/min-mol", {}}}) {
    walk_.make = [under = parent](const std::string&) { return under; };
    walk_.table.clear();
    for (const std::string& method : begun) walk_.table.push_back({method, who, {}});
    EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, begun)), 2);
  }
}

}  // namespace
}  // namespace accord::strategy
