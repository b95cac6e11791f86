// This file is about a progress report as data. As text, it has the same bytes wherever and whenever
// it is read.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_JSON_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_JSON_H_

#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/reports/figure_check.h"

namespace accord::ctl {

// This gives the report as data. With `with_checks`, it has all checks, whether or not they agree.
Json ReportJson(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks,
                bool with_checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_JSON_H_
