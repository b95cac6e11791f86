#include "services/strategy/engagement/contacts.h"

#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "common/base/folded.h"

namespace accord::strategy {
namespace {

// A telephone number with its area code has this many digits. A day has only eight, and commas separate the
// years of a list.
constexpr int kTelephoneDigits = 10;
// These characters may stand between the digits of one number.
constexpr std::string_view kBetweenDigits = " ()-.+/";

bool HoldsContactTelephone(std::string_view text) {
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

bool HoldsContactAccount(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '@' && absl::ascii_isalnum(static_cast<unsigned char>(text[at + 1]))) return true;
  }
  return false;
}

}  // namespace

bool HoldsContact(std::string_view text) {
  // Folding makes all kinds of spaces and hyphens alike and removes invisible characters.
  const std::string folded = Folded(text);
  return HoldsContactTelephone(folded) || HoldsContactAccount(folded);
}

}  // namespace accord::strategy
