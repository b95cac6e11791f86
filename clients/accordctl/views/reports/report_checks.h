// This file is about what other services report for the figures of a report, requested through the gateway on
// behalf of the reader.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/command_session.h"

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

// This gives one check for each figure that another service counts as well, as of the report's own day if
// that service supports days. A figure that cannot be read is reported as such and is not an error.
std::vector<FigureCheck> CheckFigures(CommandSession* session, const strategy::v1::ProgressReport& report);
// This gives `UNRECONCILED` with what the report and the service say.
std::string UnreconciledText(const FigureCheck& check);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_REPORT_CHECKS_H_
