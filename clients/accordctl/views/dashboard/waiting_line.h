// This makes lines of the dashboard, whatever kind of record they are about.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "common/base/clock.h"

namespace accord::ctl {

// `kind` is the noun of the record; the command to type is `accordctl KIND VERB NAME`. The line waits
// for the team, unless its caller says otherwise.
inline Waiting WaitingLine(const std::string& kind, const std::string& name, const std::string& state,
                           const std::string& what, const std::string& verb) {
  Waiting line;
  line.kind = kind;
  line.name = name;
  line.state = state;
  line.what = what;
  line.next = absl::StrCat(kind, " ", verb, " ", name);
  return line;
}

// This writes an enum's value as words: `in_force` becomes `in force`.
std::string WaitingWords(const std::string& text);

// This gives the instant by which the record's next act is due; it is nullopt if none is.
template <class Record>
std::optional<absl::Time> DueOfRecord(const Record& record) {
  return record.has_next_due() ? std::optional(FromProto(record.next_due())) : std::nullopt;
}

// This gives the line of a record with its kind, name, state and due time.
template <class Record>
Waiting WaitingLineOf(const Record& record, const std::string& kind, const std::string& state) {
  Waiting line;
  line.kind = kind;
  line.name = record.name();
  line.state = WaitingWords(state);
  line.due = DueOfRecord(record);
  return line;
}

// This adds the line as an act of the viewer's agency. `verb` is the verb of the command to type.
void AddOwnTurn(Waiting line, const std::string& what, const std::string& verb,
                std::vector<Waiting>* waiting);

// This adds the line as an act of another agency, but only if that agency is overdue.
void AddOverdueAtOthers(const Viewer& viewer, Waiting line, const std::string& what, const std::string& verb,
                        std::vector<Waiting>* waiting);

// This says whose turn it is on a record that has this assignee.
Turn TurnOfAssignee(const Viewer& viewer, const std::string& assignee);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_
