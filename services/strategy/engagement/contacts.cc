#include "services/strategy/engagement/contacts.h"

#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "common/base/folded.h"

namespace accord::strategy {
namespace {

// Digits of a telephone number with its area. A day has eight, and years that are listed have commas.
constexpr int kTelephoneDigits = 10;
// What stands between the digits of one number.
constexpr std::string_view kBetweenDigits = " ()-.+/";

bool HoldsTelephoneNumber(std::string_view text) {
  int digits = 0;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      if (++digits == kTelephoneDigits) return true;
    } else if (kBetweenDigits.find(c) == std::string_view::npos) {
      digits = 0;
    }
  }
  return false;
}

bool HoldsAccountName(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '@' && absl::ascii_isalnum(static_cast<unsigned char>(text[at + 1]))) return true;
  }
  return false;
}

}  // namespace

bool HoldsContact(std::string_view text) {
  // Whatever spaces and hyphens stand in a number, and without what nobody sees.
  const std::string folded = Folded(text);
  return HoldsTelephoneNumber(folded) || HoldsAccountName(folded);
}

}  // namespace accord::strategy
