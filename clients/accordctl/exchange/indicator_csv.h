// Indicators and their figures as CSV, with metadata of the W3C's model of tabular data (CSV on the Web),
// which say what each column means.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"

namespace accord::ctl {

// A line for each figure, and one for each indicator that has none to tell. A figure of 0, none at all and
// one that is withheld are told apart by the column `status`: `value` is empty unless it is `shown`.
// FAILED_PRECONDITION with rule EXPORT_EMPTY if there is no indicator.
absl::StatusOr<std::string> IndicatorCsv(const std::vector<strategy::v1::IndicatorTable>& tables);

// The metadata of a CSV file of this name that lies beside it.
std::string IndicatorCsvMetadata(const std::string& csv_file);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
