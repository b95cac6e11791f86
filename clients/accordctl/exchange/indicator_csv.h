// Indicators and their figures as CSV, with metadata of the W3C's model of tabular data (CSV on the Web),
// which say what each column means.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"

namespace accord::ctl {

// Gives a line for each figure, and one for each indicator that has none to tell. A figure of 0, none at all
// and one that is withheld are told apart by the column `status`: `value` is empty unless it is `shown`.
// FAILED_PRECONDITION with rule EXPORT_EMPTY if there is no indicator.
absl::StatusOr<std::string> IndicatorCsv(const std::vector<strategy::v1::IndicatorTable>& tables);

// FAILED_PRECONDITION with rule DATA_AUTHORISATION_MISSING if no figure of the indicator may leave. Among
// others it is told that there is no authorisation; a file of this indicator alone would tell nothing else.
absl::Status MayLeaveAlone(const strategy::v1::IndicatorTable& table);

// The metadata of a CSV file of this name that lies beside it.
std::string IndicatorCsvMetadata(const std::string& csv_file);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
