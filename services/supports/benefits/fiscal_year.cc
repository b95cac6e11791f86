#include "services/supports/benefits/fiscal_year.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace accord::supports {
namespace {

constexpr int kFiscalMonth = 4;
constexpr int kYearDigits = 4;
constexpr int kCentury = 100;

std::string BeginningIn(int64_t year) {
  return absl::StrCat(absl::Dec(year, absl::kZeroPad4), "-",
                      absl::Dec((year + 1) % kCentury, absl::kZeroPad2));
}

}  // namespace

std::string FiscalYearOf(absl::CivilDay day) {
  return BeginningIn(day.month() < kFiscalMonth ? day.year() - 1 : day.year());
}

bool IsFiscalYear(std::string_view text) {
  int64_t first = 0;
  for (int i = 0; i < kYearDigits; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (at >= text.size() || !absl::ascii_isdigit(static_cast<unsigned char>(text[at]))) return false;
    first = first * 10 + (text[at] - '0');
  }
  return text == BeginningIn(first);
}

}  // namespace accord::supports
