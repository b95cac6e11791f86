// How values are written into files that leave. Texts of others become one line without hidden characters,
// which no format and no program that reads it takes for anything but text.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace accord::ctl {

// `agencies/co-pahtco/allocations/01m` as an identifier that no standard refuses: a dash for each slash,
// behind the prefix that the publisher has registered somewhere, if there is one.
std::string IdentifierOf(const std::string& prefix, const std::string& name);

// This gives `6650000.00` for 665000000 cents, without any arithmetic of fractions.
std::string AmountOf(int64_t cents);

// This gives `2026-11-27T14:05:00Z`, as RFC 3339 and XML Schema have it.
std::string UtcOf(absl::Time at);

// Gives a line of CSV (RFC 4180) with its end. What a spreadsheet would take for a formula gets an apostrophe
// before it.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_
