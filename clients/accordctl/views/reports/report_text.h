// A progress report for its readers: as text, as one page, and as data. The same report is the same bytes
// wherever and whenever it is read: nothing that a service makes up stands in it, such as names and times.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/body.h"

namespace accord::ctl {

// This is what another service says of a figure of the report.
struct FigureCheck {
  // Codes of the sentence and of its figure.
  std::string sentence, figure;
  // This is the service, for example `training`.
  std::string service;
  std::optional<int64_t> reported = std::nullopt;
  // Nothing if the service could not be asked; then `reason` is the rule, or the code, that says why.
  std::optional<int64_t> counted = std::nullopt;
  std::string reason = {};

  bool Agrees() const { return reported && counted && *reported == *counted; }
};

// Says how the sentence is meant: done, planned, or in force since a day, in the language that is spoken.
std::string MarkOf(const strategy::v1::RenderedReport& rendered,
                   const strategy::v1::ReportSentence& sentence);
// The sentence with its figures as they were stated. An unknown one leaves nothing behind, and never a zero.
std::string ProseOf(const strategy::v1::ReportSentence& sentence);
// The lines say of which day and edition the report is, and why it was restated.
std::vector<std::string> ReportHeadLines(const strategy::v1::RenderedReport& rendered);
// `UNRECONCILED`, and what both say.
std::string UnreconciledText(const FigureCheck& check);

// Each of these has what is not reconciled beside its sentence if there are `checks`; the text is the same.
std::string ReportText(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);
std::string ReportPage(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks);
// `with_checks`: all of them are in it, whether or not they agree.
Json ReportJson(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks,
                bool with_checks);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_TEXT_H_
