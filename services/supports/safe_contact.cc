#include "services/supports/safe_contact.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "common/base/error.h"

namespace accord::supports {
namespace {

bool IsContactNumber(const std::string& text) {
  constexpr int kShortest = 3;
  int digits = 0;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      ++digits;
    } else if (std::string_view(" +-().x").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits >= kShortest;
}

bool IsContactMailAddress(const std::string& text) {
  const auto at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() && text.rfind('@') == at &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); });
}

}  // namespace

absl::Status CheckSafeContact(const std::string& field, const v1::SafeContact& contact) {
  const std::string reach = field + ".reach";
  switch (contact.channel()) {
    case v1::CONTACT_CHANNEL_PHONE:
    case v1::CONTACT_CHANNEL_TEXT_MESSAGE:
      if (IsContactNumber(contact.reach())) return absl::OkStatus();
      return RefuseFields({{reach, "must be a number, of digits, spaces and +-().x alone"}});
    case v1::CONTACT_CHANNEL_EMAIL:
      if (IsContactMailAddress(contact.reach())) return absl::OkStatus();
      return RefuseFields({{reach, "must be an electronic address, with one @ and no space"}});
    default:
      if (contact.reach().empty()) return absl::OkStatus();
      return RefuseFields({{reach, "must be empty for this channel"}});
  }
}

}  // namespace accord::supports
