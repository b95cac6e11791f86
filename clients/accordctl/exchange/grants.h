// This file is about awards in the 360Giving standard 1.4, as one JSON package or as CSV with the standard's
// headings. The standard's schema accepts negative amounts and unknown properties, so this code itself
// ensures positive amounts and only the fields of Award.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/exchange/awards.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Publisher {
  // This is the id of the publishing agency, for example `co-pahtco`.
  std::string agency;
  // This is the prefix that 360Giving has registered for it; it is empty if there is none yet.
  std::string prefix;
  // The names of agencies.
  AgencyNames names;
};

// This returns FAILED_PRECONDITION with rule EXPORT_EMPTY if there is no award, because a package has at
// least one. It returns INVALID_ARGUMENT with rule AMOUNT_INVALID if an amount is not above 0.
absl::StatusOr<std::string> GrantsJson(const AwardList& list, const Publisher& publisher);
absl::StatusOr<std::string> GrantsCsv(const AwardList& list, const Publisher& publisher);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_
