// This file is about a progress report as text. The same report gives the same bytes wherever and whenever it
// is read, because generated values such as names and times are left out.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/views/reports/figure_check.h"

namespace accord::ctl {

// This gives the provision of a bill that the sentence is about; it is null if it is about none.
const strategy::v1::Provision* ProvisionOfSentence(const strategy::v1::RenderedReport& rendered,
                                                   const strategy::v1::ReportSentence& sentence);
// This gives how the sentence is meant: done, planned, or in force since a day, in the session's language.
std::string SentenceMark(const strategy::v1::RenderedReport& rendered,
                         const strategy::v1::ReportSentence& sentence);
// This gives the sentence with its figures as they were stated. An unknown figure is left out and never
// becomes a zero.
std::string SentenceProse(const strategy::v1::ReportSentence& sentence);
// This gives lines with the day and the edition of the report, and why it was restated.
std::vector<std::string> ReportHeadLines(const strategy::v1::RenderedReport& rendered);
// This gives `UNRECONCILED` with what the report and the service say.
std::string UnreconciledText(const FigureCheck& check);

// This gives the report as text. If there are `checks`, figures that do not agree are noted beside their
// sentences; the text itself is the same.
std::string ReportText(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
