// This file is about indicators and their figures as CSV, with metadata in the W3C's model of tabular data
// (CSV on the Web), which describes each column.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"

namespace accord::ctl {

// This gives a line for each figure, and one for each indicator without figures. The column `status`
// distinguishes a figure of 0, no figure and a withheld one: `value` is empty unless the status is `shown`.
// It returns FAILED_PRECONDITION with rule EXPORT_EMPTY if there is no indicator.
absl::StatusOr<std::string> IndicatorCsv(const std::vector<strategy::v1::IndicatorTable>& tables);

// This returns FAILED_PRECONDITION with rule DATA_AUTHORISATION_MISSING if no figure of the indicator may be
// exported. In a file with other indicators a line says so; a file of this indicator alone would contain
// nothing else.
absl::Status CheckIndicatorMayLeaveAlone(const strategy::v1::IndicatorTable& table);

// This gives the metadata for a CSV file of this name in the same folder.
std::string IndicatorCsvMetadata(const std::string& csv_file);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_CSV_H_
