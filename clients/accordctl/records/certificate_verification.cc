#include "clients/accordctl/records/certificate_verification.h"

#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

bool VerifiesACertificate(const Command& command) {
  return absl::EndsWith(command.method.path, "/VerifyCompletionCertificate");
}

// This keeps only letters, as capitals, and digits.
std::string CertificateCodeLetters(const std::string& text) {
  std::string bare;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) bare += static_cast<char>(absl::ascii_toupper(byte));
  }
  return bare;
}

std::string CertificateCodeInGroups(const std::string& bare) {
  std::string grouped;
  for (std::size_t i = 0; i < bare.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += '-';
    grouped += bare[i];
  }
  return grouped;
}

}  // namespace

void SpellCertificateCodeAsPrinted(const Command& command, Json* request) {
  if (!VerifiesACertificate(command)) return;
  const std::string serial = JsonTextAt(*request, "serial"), code = JsonTextAt(*request, "verification_code");
  if (!serial.empty()) (*request)["serial"] = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(serial));
  if (!code.empty()) (*request)["verification_code"] = CertificateCodeInGroups(CertificateCodeLetters(code));
}

absl::Status VerificationVerdict(const Command& command, const absl::Status& status) {
  if (!absl::IsNotFound(status) || !VerifiesACertificate(command)) return status;
  return absl::DataLossError(
      Text("not verified: no certificate has this serial together with this code; compare both with the "
           "certificate, and if they are right, ask the agency that issued it"));
}

}  // namespace accord::ctl
