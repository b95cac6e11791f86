// These tests write the table of a report's life a second time: by whom, and in which state, each change
// is made.
#include "common/testing/walk.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

using testing::Walk;

TEST_F(Intelligence, EachChangeOfAReportIsMadeByItsPartInItsState) {
  Walk walk;
  walk.service = "accord.intelligence.v1.ReportService";
  const auto* states = v1::ReportState_descriptor();
  for (int i = 1; i < states->value_count(); ++i) {
    const int state = states->value(i)->number();
    // What is left in these states is no record any more.
    if (state == v1::REPORT_STATE_SEALED || state == v1::REPORT_STATE_PURGED) continue;
    walk.states.push_back(ShortName(states, state));
  }
  const std::set<std::string> graded = {"evaluated", "active", "review_due", "retained"};
  std::set<std::string> live = graded;
  live.insert({"draft", "submitted", "returned", "rejected"});
  walk.table = {{"UpdateReportDraft", {"originator"}, {"draft", "returned"}},
                {"SubmitReport", {"originator"}, {"draft"}},
                {"GradeReport", {"bureau"}, {"submitted"}},
                {"GradeReport", {"bureau", "originator"}, graded},
                {"SetReportHandling", {"originator"}, {}},
                {"RecallReport", {"originator"}, live},
                {"ValidateReport", {"bureau"}, {"review_due"}}};
  walk.agencies = {{"originator", {"ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE}},
                   {"stranger", {"ps-peel", annotations::v1::AGENCY_KIND_POLICE_SERVICE}},
                   {"bureau", {"ci-ciso", annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE}}};
  storage::Resources reports("report", &in_process_.page_tokens());
  int number = 0;
  walk.make = [&](const std::string& state) {
    v1::Report report = NewReport().report();
    report.set_name(absl::StrCat("agencies/ps-york/reports/r", ++number));
    report.set_submitter("somebody-else");
    report.set_state(static_cast<v1::ReportState>(*FromShortName(states, state)));
    storage::Placement placement{"ps-york", state, {"ps-york"}, {}};
    if (state != "draft" && state != "recalled") placement.parties.push_back("ci-ciso");
    const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) {
      return reports.Insert(tx, &report, {"test", "test", report.name(), in_process_.clock().Now()},
                            placement);
    });
    EXPECT_OK(stored);
    return report.name();
  };
  // A decision names its event; report_test.cc has them all.
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, {"CreateReport", "DecideReport"}), 100);
}

}  // namespace
}  // namespace accord::intelligence
