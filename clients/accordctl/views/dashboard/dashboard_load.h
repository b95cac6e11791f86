// This reads the work that waits for the caller, for the dashboard and for the continuity pack.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

// This gives the work of all kinds that the caller may read for the session's purpose and that is due
// within this many days. A kind that could not be read is reported in `unread`; it is an error if none
// could be read.
absl::StatusOr<Dashboard> LoadDashboard(CommandSession* session, int within_days, bool only_mine);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_LOAD_H_
