#include "common/pki/certificate_names.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "common/base/error.h"
#include "common/pki/host_names.h"
#include "common/pki/keys.h"

namespace accord::pki {
namespace {

using GeneralName = std::unique_ptr<GENERAL_NAME, Deleter<GENERAL_NAME_free>>;

constexpr std::size_t kMaxNames = 64, kMaxUri = 255;

bool IsUriOfCertificate(std::string_view text) {
  constexpr std::string_view kMarks = "-._~:/";
  return !text.empty() && text.size() <= kMaxUri && std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || kMarks.find(c) != std::string_view::npos;
  });
}

GeneralName CertificateNameOfText(int type, std::string_view text) {
  GeneralName name(GENERAL_NAME_new());
  ASN1_IA5STRING* value = ASN1_IA5STRING_new();
  if (name == nullptr || value == nullptr ||
      ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) != 1) {
    ASN1_IA5STRING_free(value);
    return nullptr;
  }
  GENERAL_NAME_set0_value(name.get(), type, value);
  return name;
}

GeneralName CertificateNameOfAddress(const std::string& text) {
  ASN1_OCTET_STRING* value = a2i_IPADDRESS(text.c_str());
  GeneralName name(value == nullptr ? nullptr : GENERAL_NAME_new());
  if (name == nullptr) {
    ASN1_OCTET_STRING_free(value);
    return nullptr;
  }
  GENERAL_NAME_set0_value(name.get(), GEN_IPADD, value);
  return name;
}

// This gives null if the text is no name.
GeneralName CertificateNameFrom(const std::string& text) {
  const std::size_t colon = std::min(text.find(':'), text.size() - 1);
  const std::string kind = text.substr(0, colon), value = text.substr(colon + 1);
  if (kind == "URI" && IsUriOfCertificate(value)) return CertificateNameOfText(GEN_URI, value);
  if (kind == "DNS" && IsHostName(value)) return CertificateNameOfText(GEN_DNS, value);
  if (kind == "IP" && IsAddress(value)) return CertificateNameOfAddress(value);
  return nullptr;
}

}  // namespace

absl::StatusOr<Names> CertificateNamesFrom(const std::vector<std::string>& texts) {
  Names names(GENERAL_NAMES_new());
  if (texts.size() > kMaxNames) {
    return Refuse(rules::kCertificateNameInvalid, "A certificate bears at most 64 names.");
  }
  for (const std::string& text : texts) {
    GeneralName name = text.empty() ? nullptr : CertificateNameFrom(text);
    if (name == nullptr || sk_GENERAL_NAME_push(names.get(), name.get()) <= 0) {
      return Refuse(rules::kCertificateNameInvalid,
                    "A name of the certificate is neither a plain URI, nor a host's, nor an address.");
    }
    name.release();
  }
  return names;
}

}  // namespace accord::pki
