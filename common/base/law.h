// A rule set says how far each row may be trusted, and up to which day somebody compared the rows with
// the law.
#ifndef ACCORD_COMMON_BASE_LAW_H_
#define ACCORD_COMMON_BASE_LAW_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "accord/annotations/v1/law.pb.h"

namespace accord {

// This returns INVALID_ARGUMENT unless the rule set says up to which day the rows were compared, and with
// what source.
absl::Status CheckCurrency(const annotations::v1::Currency& currency);

// This gives a sentence which says that nobody has compared the rows with the law of this day, and which
// changes are expected; it is empty if somebody has.
std::string CurrencyNote(const annotations::v1::Currency& currency, absl::CivilDay day);

// This gives the first 16 hex digits of the SHA-256 of a rule set, which identify it.
std::string RuleSetDigest(const google::protobuf::Message& rule_set);

// This returns INVALID_ARGUMENT unless the row names its source and how far it may be trusted.
template <class Row>
absl::Status CheckMarked(const Row& row, const std::string& what) {
  if (row.mark() != annotations::v1::LAW_MARK_UNSPECIFIED && !row.source().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("rules: a row of ", what, " names no source or no mark"));
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LAW_H_
