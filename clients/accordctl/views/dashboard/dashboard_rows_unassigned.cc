// This is what nobody has in hand yet: a case for which the coordinator names a Crown, and a report that the
// bureau grades. A line names the record, and nothing of what it holds. Only those read it who may do what it
// says: a Crown cannot assign one.
#include <algorithm>
#include <string>
#include <utility>

#include "clients/accordctl/core/commands.h"
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

bool MayDo(const Viewer& viewer, const std::string& verb, const std::string& noun) {
  const Command* command = FindCommand(verb, noun);
  if (viewer.roles.empty() || command == nullptr) return true;
  const auto& grants = command->method.grants;
  return std::any_of(grants.begin(), grants.end(), [&](const auto& grant) {
    return grant.roles().empty() || std::any_of(grant.roles().begin(), grant.roles().end(), [&](int role) {
             return viewer.roles.contains(static_cast<annotations::v1::Role>(role));
           });
  });
}

void AddWaiting(const Viewer& viewer, const intelligence::v1::Report& report, std::vector<Waiting>* waiting) {
  if (!viewer.bureau) return;
  const std::string state = ShortName(intelligence::v1::ReportState_descriptor(), report.state());
  if (report.state() == intelligence::v1::REPORT_STATE_SUBMITTED && MayDo(viewer, "grade", "report")) {
    waiting->push_back(UnassignedLine("report", report.name(), state, "grade", "grade"));
  } else if (report.state() == intelligence::v1::REPORT_STATE_EVALUATED &&
             MayDo(viewer, "decide", "report")) {
    waiting->push_back(UnassignedLine("report", report.name(), state, "decide", "decide"));
  }
}

void AddWaiting(const Viewer& viewer, const prosecution::v1::Case& of_office, std::vector<Waiting>* waiting) {
  if (OwnerOf(of_office.name()) != viewer.agency || !MayDo(viewer, "assign", "crown")) return;
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
