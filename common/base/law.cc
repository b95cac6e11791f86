#include "common/base/law.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/digest.h"

namespace accord {

absl::Status CheckCurrency(const annotations::v1::Currency& currency) {
  if (ParseDay(currency.checked_to()) && !currency.against().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("rules: currency says no day to which rows were compared, or with what");
}

std::string CurrencyNote(const annotations::v1::Currency& currency, absl::CivilDay day) {
  // Days are text (YYYY-MM-DD), whose byte order is their order in time.
  if (FormatDay(day) <= currency.checked_to()) return "";
  std::vector<std::string> pending;
  for (const auto& law : currency.pending()) pending.push_back(law.title());
  return absl::StrCat("Nobody has compared the rule set with the law after ", currency.checked_to(),
                      pending.empty() ? "" : "; known and not entered: ", absl::StrJoin(pending, ", "), ".");
}

std::string RuleSetDigest(const google::protobuf::Message& rule_set) {
  Sha256Pieces pieces;
  pieces.Add(rule_set.SerializeAsString());
  return absl::BytesToHexString(pieces.Finish()).substr(0, 16);
}

}  // namespace accord
