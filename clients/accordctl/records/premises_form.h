// The canonical form of premises among the targets of deconfliction (target_form.h), by the table in
// common/base/data/premises.tsv. docs/premises.md tells the steps.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_FORM_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_FORM_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

// This gives `premises:L4C1A1:4 12 KING ST W`: the postal code and the street line, with the unit before the
// civic number, and one spelling for parts that are written in several ways (docs/premises.md).
absl::StatusOr<std::string> PremisesForm(const std::string& postal_code, const std::string& street);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_FORM_H_
