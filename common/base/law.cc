#include "common/base/law.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/digest.h"

namespace accord {
namespace {

Holidays HolidaysOf(const annotations::v1::BusinessCalendar& calendar) {
  switch (calendar.list()) {
    case annotations::v1::HOLIDAY_LIST_COURTS:
      return Holidays::kCourts;
    case annotations::v1::HOLIDAY_LIST_LEGISLATION_ACT:
      return Holidays::kLegislationAct;
    default:
      return Holidays::kOffices;
  }
}

}  // namespace

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

absl::Status CheckCalendar(const annotations::v1::BusinessCalendar& calendar) {
  for (const std::string& day : calendar.proclaimed_days()) {
    if (!ParseDay(day))
      return absl::InvalidArgumentError(absl::StrCat("rules: no such proclaimed day ", day));
  }
  return absl::OkStatus();
}

bool IsBusinessDay(absl::CivilDay day, const annotations::v1::BusinessCalendar& calendar) {
  const auto& proclaimed = calendar.proclaimed_days();
  return IsBusinessDay(day, HolidaysOf(calendar)) &&
         std::find(proclaimed.begin(), proclaimed.end(), FormatDay(day)) == proclaimed.end();
}

absl::CivilDay AddBusinessDays(absl::CivilDay day, int n, const annotations::v1::BusinessCalendar& calendar) {
  while (n > 0) {
    if (IsBusinessDay(++day, calendar)) --n;
  }
  return day;
}

}  // namespace accord
