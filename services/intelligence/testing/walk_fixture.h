// This fixture stores records in any state, as if they had come there, for walks by part and state.
#ifndef ACCORD_SERVICES_INTELLIGENCE_TESTING_WALK_FIXTURE_H_
#define ACCORD_SERVICES_INTELLIGENCE_TESTING_WALK_FIXTURE_H_

#include <string>
#include <vector>

#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/intelligence/sharing/copy_store.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {

using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

constexpr auto kPolice = annotations::v1::AGENCY_KIND_POLICE_SERVICE;
constexpr auto kBureauKind = annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE;

class IntelligenceWalk : public testing::WalkFixture<Intelligence> {
 protected:
  // What is left of what was sealed or purged is no record any more.
  static std::vector<std::string> ReportStates() {
    std::vector<std::string> states = ShortNamesOf(v1::ReportState_descriptor());
    std::erase_if(states, [](const auto& state) { return state == "sealed" || state == "purged"; });
    return states;
  }
  // This stores a report of York's for Peel, which has a copy.
  std::string StoreReport(const std::string& state) {
    v1::Report report = NewReport().report();
    report.set_name(absl::StrCat("agencies/ps-york/reports/r", ++records_));
    report.set_submitter("somebody-else");
    report.set_purge_proposed_by("somebody-else");
    report.add_recipients("ps-peel");
    report.set_state(As<v1::ReportState>(v1::ReportState_descriptor(), state));
    storage::Placement placement{"ps-york", state, {"ps-york"}, {}};
    if (state != "draft" && state != "recalled") placement.parties.push_back("ci-ciso");
    Store("report", report, placement);
    const absl::Status given = in_process_.database().Transact([&](storage::Transaction& tx) {
      return NoteCopy(tx, report.name(), "ps-peel", report.name() + "/copies/c", "");
    });
    EXPECT_OK(given);
    return report.name();
  }

  int records_ = 0;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TESTING_WALK_FIXTURE_H_
