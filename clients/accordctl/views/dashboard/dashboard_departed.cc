// People who have left an agency, and the work that they leave behind.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

void NoteDepartedPeople(const std::set<std::string>& colleagues, std::vector<Waiting>* waiting) {
  if (colleagues.empty()) return;
  for (Waiting& line : *waiting) {
    std::vector<std::string> left;
    for (const std::string& each : line.people) {
      if (!colleagues.contains(each)) left.push_back(each);
    }
    if (left.empty()) continue;
    const std::string who = Text("{{people}} left", {{"people", absl::StrJoin(left, ", ")}});
    absl::StrAppend(&line.note, line.note.empty() ? "" : ", ", who);
    if (left.size() == line.people.size()) line.turn = Turn::kUnassigned;
  }
}

}  // namespace accord::ctl
