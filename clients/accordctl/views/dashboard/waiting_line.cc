#include "clients/accordctl/views/dashboard/waiting_line.h"

#include <utility>

#include "absl/strings/str_replace.h"

namespace accord::ctl {

std::string WaitingWords(const std::string& text) { return absl::StrReplaceAll(text, {{"_", " "}}); }

void AddOwnTurn(Waiting line, const std::string& what, const std::string& verb,
                std::vector<Waiting>* waiting) {
  line.what = what;
  line.next = absl::StrCat(line.kind, " ", verb);
  if (verb != "list") absl::StrAppend(&line.next, " ", line.name);
  waiting->push_back(std::move(line));
}

void AddOverdueAtOthers(const Viewer& viewer, Waiting line, const std::string& what, const std::string& verb,
                        std::vector<Waiting>* waiting) {
  if (!line.Overdue(viewer.now)) return;
  line.turn = Turn::kOthers;
  AddOwnTurn(std::move(line), what, verb, waiting);
}

Turn TurnOfAssignee(const Viewer& viewer, const std::string& assignee) {
  if (assignee.empty()) return Turn::kUnassigned;
  return !viewer.actor.empty() && assignee == viewer.actor ? Turn::kMine : Turn::kTeam;
}

}  // namespace accord::ctl
