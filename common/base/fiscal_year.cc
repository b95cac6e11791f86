#include "common/base/fiscal_year.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace accord {
namespace {

constexpr int kFiscalMonth = 4;
constexpr std::size_t kYearDigits = 4;
constexpr int kYearsInACentury = 100;

std::string FiscalYearFrom(int64_t year) {
  return absl::StrCat(absl::Dec(year, absl::kZeroPad4), "-",
                      absl::Dec((year + 1) % kYearsInACentury, absl::kZeroPad2));
}

}  // namespace

std::optional<int> FirstYearOf(std::string_view fiscal_year) {
  if (fiscal_year.size() < kYearDigits) return std::nullopt;
  int first = 0;
  for (const char c : fiscal_year.substr(0, kYearDigits)) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    first = first * 10 + (c - '0');
  }
  return fiscal_year == FiscalYearFrom(first) ? std::optional<int>(first) : std::nullopt;
}

std::string FiscalYearOf(absl::CivilDay day) {
  return FiscalYearFrom(day.month() < kFiscalMonth ? day.year() - 1 : day.year());
}

}  // namespace accord
