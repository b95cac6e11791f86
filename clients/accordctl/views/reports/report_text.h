// This file is about a progress report as text, as one page, and as data. The same report gives the same
// bytes wherever and whenever it is read, because generated values such as names and times are left out.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

// This says what another service reports for a figure of the report.
struct FigureCheck {
  // These are the codes of the sentence and of its figure.
  std::string sentence, figure;
  // This is the service, for example `training`.
  std::string service;
  std::optional<int64_t> reported = std::nullopt;
  // This is nullopt if the service could not be asked; then `reason` is the rule or the code that says why.
  std::optional<int64_t> counted = std::nullopt;
  std::string reason = {};

  bool Agrees() const { return reported && counted && *reported == *counted; }
};

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

// If there are `checks`, figures that do not agree are noted beside their sentences; the text
// itself is the same.
std::string ReportText(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);
std::string ReportPage(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);
// `with_checks` includes all checks, whether or not they agree.
Json ReportJson(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks,
                bool with_checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
