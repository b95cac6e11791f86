#include "clients/accordctl/views/strategy/money_text.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"

namespace accord::ctl {
namespace {

// This writes digits in groups of three from the right.
std::string GroupedMoney(const std::string& digits, const char* separator) {
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += separator;
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace

std::string MoneyText(int64_t cents) {
  const bool french = SpokenLanguage() == Language::kFrench;
  const int64_t rest = cents % 100;
  const std::string dollars = GroupedMoney(absl::StrCat(cents / 100), french ? "\u00a0" : ",");
  const std::string fraction = absl::StrCat(rest < 10 ? "0" : "", rest);
  return french ? absl::StrCat(dollars, ",", fraction, "\u00a0$") : absl::StrCat("$", dollars, ".", fraction);
}

}  // namespace accord::ctl
