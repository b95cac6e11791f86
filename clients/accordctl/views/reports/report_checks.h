// This file is about what other services report for the figures of a report, requested through the gateway on
// behalf of the reader.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_

#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/reports/figure_check.h"

namespace accord::ctl {

// This gives one check for each figure that another service counts as well, as of the report's own day if
// that service supports days. A figure that cannot be read is reported as such and is not an error.
std::vector<FigureCheck> CheckFigures(CommandSession* session, const strategy::v1::ProgressReport& report);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
