// This file is about a figure of a progress report, compared with what another service counts.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_FIGURE_CHECK_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_FIGURE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>

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

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_REPORTS_FIGURE_CHECK_H_
