// This file is about a progress report as one HTML page.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_PAGE_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/views/reports/figure_check.h"

namespace accord::ctl {

// Figures that do not agree are noted beside their sentences, as in ReportText.
std::string ReportPage(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_PAGE_H_
