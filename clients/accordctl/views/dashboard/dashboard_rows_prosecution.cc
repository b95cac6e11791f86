// The lines for the work of Crown offices.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

namespace c = prosecution::v1;

}  // namespace

void AddWaiting(const Viewer& viewer, const c::Accused& accused, std::vector<Waiting>* waiting) {
  Waiting line = WaitingLineOf(accused, "accused", ShortName(c::Stage_descriptor(), accused.stage()));
  line.assignee = accused.lead_crown();
  line.turn = TurnOfAssignee(viewer, accused.lead_crown());
  if (accused.lead_crown_agency() == viewer.agency && !accused.lead_crown().empty()) {
    line.people = {accused.lead_crown()};
  }
  // Two offices may call their people alike.
  if (line.turn == Turn::kMine && accused.lead_crown_agency() != viewer.agency) line.turn = Turn::kTeam;
  line.note =
      Text("{{count}} d to the ceiling", {{"count", absl::StrCat(accused.clock().days_to_ceiling())}});
  const bool tasks_first = accused.next_due_what() == c::NEXT_DUE_VICTIM_TASKS;
  if (accused.open_victim_tasks() > 0) {
    Waiting tasks = line;
    tasks.kind = "case";
    tasks.name = accused.name().substr(0, accused.name().rfind("/accused/"));
    tasks.note = Text("{{count}} open", {{"count", absl::StrCat(accused.open_victim_tasks())}});
    if (!tasks_first) tasks.due.reset();
    AddOwnTurn(std::move(tasks), "tasks for victims", "get", waiting);
  }
  if (accused.next_due_what() == c::NEXT_DUE_COURT_DAY) {
    AddOwnTurn(std::move(line), "day in court", "record-appearance", waiting);
  } else if (accused.next_due_what() == c::NEXT_DUE_CEILING) {
    AddOwnTurn(std::move(line), "ceiling", "get", waiting);
  }
}

void AddWaiting(const Viewer&, const c::CeilingAlert& alert, std::vector<Waiting>* waiting) {
  if (!alert.has_next_due()) return;
  // The line has the accused's name, so that the board and several alerts about one ceiling are one line.
  Waiting line;
  line.kind = "accused";
  line.name = alert.accused();
  line.state = "alert";
  line.due = DueOfRecord(alert);
  line.note = alert.trial_past_ceiling() ? Text("trial past the ceiling")
                                         : Text("{{count}} d alert", {{"count", absl::StrCat(alert.days())}});
  AddOwnTurn(std::move(line), "ceiling", "get", waiting);
}

void AddWaiting(const Viewer& viewer, const c::AdviceRequest& advice, std::vector<Waiting>* waiting) {
  if (!advice.has_next_due()) return;
  Waiting line =
      WaitingLineOf(advice, "advice-request", ShortName(c::AdviceState_descriptor(), advice.state()));
  line.note = Text("asked by {{agency}}", {{"agency", std::string(OwnerOf(advice.name()))}});
  if (advice.crown_agency() == viewer.agency) return AddOwnTurn(std::move(line), "answer", "answer", waiting);
  if (OwnerOf(advice.name()) == viewer.agency)
    AddOverdueAtOthers(viewer, std::move(line), "answer", "get", waiting);
}

}  // namespace accord::ctl
