// This file is about how values are written into exported files. Texts from others become one line without
// hidden characters, so that no format and no program that reads it takes them for anything but text.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace accord::ctl {

// This makes an identifier that every standard accepts from `agencies/co-pahtco/allocations/01m`: a dash
// replaces each slash, after the prefix that the publisher has registered, if there is one.
std::string IdentifierAsFileValue(const std::string& prefix, const std::string& name);

// This gives `6650000.00` for 665000000 cents, using integer arithmetic only.
std::string AmountAsFileValue(int64_t cents);

// This gives `2026-11-27T14:05:00Z`, as in RFC 3339 and XML Schema.
std::string TimeAsFileValue(absl::Time at);

// This gives a line of CSV (RFC 4180) with its end. A text that a spreadsheet would evaluate as a formula
// gets an apostrophe before it.
std::string CsvLineOfFileValues(const std::vector<std::string>& cells);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_FILE_VALUES_H_
