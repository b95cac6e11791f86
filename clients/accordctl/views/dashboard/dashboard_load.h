// Reads what waits for the caller, for the dashboard and for the pack of an outage.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

// Of every kind of work that the caller may read for the purpose that the session names, what is due within
// so many days. A kind that could not be read is told in `unread`; an error if none could.
absl::StatusOr<Dashboard> LoadDashboard(CommandSession* session, int within_days, bool only_mine);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_
