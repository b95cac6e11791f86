// This is what nobody has in hand yet: a case for which the coordinator names a Crown, and a report that the
// bureau grades. A line names the record, and nothing of what it holds.
#include <algorithm>
#include <string>
#include <utility>

#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

Waiting UnassignedLine(const std::string& kind, const std::string& name, const std::string& state,
                       const std::string& what, const std::string& verb) {
  Waiting line = WaitingLine(kind, name, state, what, verb);
  line.turn = Turn::kUnassigned;
  return line;
}

}  // namespace

void AddWaiting(const Viewer& viewer, const intelligence::v1::Report& report, std::vector<Waiting>* waiting) {
  if (!viewer.bureau) return;
  const std::string state = ShortName(intelligence::v1::ReportState_descriptor(), report.state());
  if (report.state() == intelligence::v1::REPORT_STATE_SUBMITTED) {
    waiting->push_back(UnassignedLine("report", report.name(), state, "grade", "grade"));
  } else if (report.state() == intelligence::v1::REPORT_STATE_EVALUATED) {
    waiting->push_back(UnassignedLine("report", report.name(), state, "decide", "decide"));
  }
}

void AddWaiting(const Viewer& viewer, const prosecution::v1::Case& of_office, std::vector<Waiting>* waiting) {
  if (OwnerOf(of_office.name()) != viewer.agency) return;
  const auto& assignments = of_office.assignments();
  // An advisory Crown does not appear.
  const bool acts =
      std::any_of(assignments.begin(), assignments.end(), [](const prosecution::v1::Assignment& each) {
        return each.to().empty() && each.mode() != prosecution::v1::ASSIGNMENT_MODE_ADVISORY;
      });
  if (acts) return;
  waiting->push_back(UnassignedLine("case", of_office.name(), "no Crown", "assign a Crown", "assign-crown"));
}

}  // namespace accord::ctl
