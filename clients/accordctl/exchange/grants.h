// Awards as the 360Giving standard 1.4 has them, as one package of JSON or as CSV with the headings of the
// standard. Its schema takes negative amounts and unknown properties, so that what is written is decided
// here: positive amounts, and the fields of Award.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/exchange/awards.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Publisher {
  // It is the id of the agency that publishes, for example `co-pahtco`.
  std::string agency;
  // 360Giving has registered this prefix for it; empty as long as it has none.
  std::string prefix;
  // What agencies are called.
  AgencyNames names;
};

// FAILED_PRECONDITION with rule EXPORT_EMPTY if there is no award, because a package has at least one, and
// INVALID_ARGUMENT with rule AMOUNT_INVALID if an amount is not above 0.
absl::StatusOr<std::string> GrantsJson(const AwardList& list, const Publisher& publisher);
absl::StatusOr<std::string> GrantsCsv(const AwardList& list, const Publisher& publisher);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_GRANTS_H_
