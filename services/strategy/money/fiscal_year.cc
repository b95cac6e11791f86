#include "services/strategy/money/fiscal_year.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"

namespace accord::strategy {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<int> FirstYearOf(std::string_view fiscal_year) {
  if (fiscal_year.size() != 7 || fiscal_year[4] != '-') return std::nullopt;
  int first = 0, second = 0;
  for (const char c : fiscal_year.substr(0, 4)) {
    if (!IsDigit(c)) return std::nullopt;
    first = first * 10 + (c - '0');
  }
  for (const char c : fiscal_year.substr(5)) {
    if (!IsDigit(c)) return std::nullopt;
    second = second * 10 + (c - '0');
  }
  return (first + 1) % 100 == second ? std::optional<int>(first) : std::nullopt;
}

std::string FiscalYearOf(std::string_view day) {
  constexpr int kApril = 4;
  const auto parsed = ParseDay(day);
  if (!parsed) return "";
  const int first = static_cast<int>(parsed->month() >= kApril ? parsed->year() : parsed->year() - 1);
  return absl::StrCat(absl::Dec(first, absl::kZeroPad4), "-", absl::Dec((first + 1) % 100, absl::kZeroPad2));
}

}  // namespace accord::strategy
