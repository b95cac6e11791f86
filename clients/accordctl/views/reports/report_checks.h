// What other services say of the figures of a report, asked through the gateway on behalf of whoever reads.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_

#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/reports/report_text.h"

namespace accord::ctl {

// One for each figure that another service counts as well, as of the report's own day where that service
// tells of days. What cannot be read is told as such, and fails nothing.
std::vector<FigureCheck> CheckFigures(CommandSession* session, const strategy::v1::ProgressReport& report);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
