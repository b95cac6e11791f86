// The line of the dashboard for a record whose next act is one verb of its noun.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

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

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_WAITING_LINE_H_
