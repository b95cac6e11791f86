#include "clients/accordctl/records/target_form.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

bool IsDigitOfTarget(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAlnumOfTarget(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// This gives `text` without these characters.
std::string TargetWithoutSeparators(const std::string& text, const std::string& separators) {
  std::string kept;
  for (char c : text) {
    if (separators.find(c) == std::string::npos) kept += c;
  }
  return kept;
}

bool AreAllOfTarget(const std::string& text, bool (*is)(char)) {
  for (char c : text) {
    if (!is(c)) return false;
  }
  return !text.empty();
}

}  // namespace

absl::Status CheckTargetSeen(const char* what, std::string_view text) {
  std::size_t at = 0;
  for (int place = 1; at < text.size(); ++place) {
    const auto [code, size] = FirstCharacter(text.substr(at));
    if (code == kNoCharacter)
      return absl::InvalidArgumentError(
          absl::StrCat("byte ", at + 1, " of the ", what, " is no UTF-8: type it again"));
    if (IsHidden(code) && code != '\t')
      return absl::InvalidArgumentError(
          absl::StrFormat("character %d of the %s is U+%04X, which nobody sees: type it again without that",
                          place, what, code));
    at += size;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> PhoneForm(const std::string& number) {
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("telephone number", number));
  const std::string plain = TargetWithoutSeparators(number, " -.()\t");
  const bool international = !plain.empty() && plain[0] == '+';
  std::string digits = international ? plain.substr(1) : plain;
  if (!AreAllOfTarget(digits, IsDigitOfTarget))
    return absl::InvalidArgumentError("a telephone number is digits, without extension");
  if (!international && digits.size() == 10) digits = "1" + digits;
  if (!international && (digits.size() != 11 || digits[0] != '1')) {
    return absl::InvalidArgumentError("write ten digits, or + and the country");
  }
  if (digits[0] == '0' || digits.size() < 8 || digits.size() > 15) {
    return absl::InvalidArgumentError("an international number has 8 to 15 digits and does not begin with 0");
  }
  // North American area codes and exchanges never begin with 0 or 1.
  if (digits[0] == '1' && (digits.size() != 11 || digits[1] < '2' || digits[4] < '2')) {
    return absl::InvalidArgumentError("this is no North American number");
  }
  return absl::StrCat("phone:+", digits);
}

absl::StatusOr<std::string> PlateForm(const std::string& province, const std::string& plate) {
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("plate", plate));
  const std::string where = absl::AsciiStrToUpper(province);
  const std::string marks = absl::AsciiStrToUpper(TargetWithoutSeparators(plate, " -."));
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (where.size() != 2 || !AreAllOfTarget(where, is_letter)) {
    return absl::InvalidArgumentError("the province or state is two letters, for example ON");
  }
  if (!AreAllOfTarget(marks, IsAlnumOfTarget) || marks.size() > 8) {
    return absl::InvalidArgumentError("a plate is 1 to 8 letters and digits");
  }
  return absl::StrCat("plate:", where, ":", marks);
}

absl::StatusOr<std::string> HandleForm(const std::string& platform, const std::string& handle) {
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("platform", platform));
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("handle", handle));
  const std::string where = absl::AsciiStrToLower(platform);
  std::string name = absl::AsciiStrToLower(std::string(absl::StripAsciiWhitespace(handle)));
  if (!name.empty() && name[0] == '@') name.erase(0, 1);
  if (!AreAllOfTarget(where, IsAlnumOfTarget)) {
    return absl::InvalidArgumentError("the platform is letters and digits, for example instagram");
  }
  const auto is_name = [](char c) { return IsAlnumOfTarget(c) || c == '.' || c == '_' || c == '-'; };
  if (!AreAllOfTarget(name, is_name)) {
    return absl::InvalidArgumentError("a handle is letters, digits and . _ -, not a link");
  }
  return absl::StrCat("handle:", where, ":", name);
}

}  // namespace accord::ctl
