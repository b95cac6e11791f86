#include "clients/accordctl/core/pem_files.h"

#include <cstddef>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/pki/certificate_check.h"

namespace accord::ctl {
namespace {

// This says whether it is a PKCS#12 store, which is DER too: a sequence that begins with the number 3.
bool IsPkcs12(const std::string& text) {
  if (text.size() < 2 || text[0] != '\x30') return false;
  const auto length = static_cast<unsigned char>(text[1]);
  const std::size_t begin = length < 0x80 ? 2 : 2 + (length & 0x7fu);
  return begin < text.size() && text.compare(begin, 3, "\x02\x01\x03") == 0;
}

// This gives the command that converts a file to PEM; it is empty if the format is unknown.
std::string PemConversionHint(const std::string& path, const std::string& text, const std::string& openssl) {
  if (IsPkcs12(text)) {
    return absl::StrCat("; it looks like PKCS#12, as browsers and Windows keep it: `openssl pkcs12 -in ",
                        path, openssl == "pkey" ? " -nocerts -nodes" : " -clcerts -nokeys",
                        " -out FILE` takes the ", openssl == "pkey" ? "key" : "certificate", " out of it");
  }
  if (text.empty() || text[0] != '\x30') return "";
  return absl::StrCat("; it looks like DER: `openssl ", openssl, " -inform DER -in ", path,
                      " -out FILE` turns it into PEM");
}

// This reads a file with a PEM block whose name ends in `block`, such as CERTIFICATE.
absl::StatusOr<std::string> ReadPem(const std::string& path, const std::string& what,
                                    const std::string& block, const std::string& openssl) {
  ACCORD_ASSIGN_OR_RETURN(std::string text, ReadInputFile(path, what));
  if (absl::StrContains(text, block + "-----")) return text;
  const std::string advice = PemConversionHint(path, text, openssl);
  return Refuse(rules::kPemMissing, absl::StrCat(path, ", ", what, ": holds no ", block, " in PEM",
                                                 advice.empty() ? "; is it another file?" : advice));
}

absl::Status CheckPemFileNamed(const std::string& path, const char* field, const char* option) {
  if (!path.empty()) return absl::OkStatus();
  return Refuse(rules::kContextIncomplete, absl::StrCat("the context names no ", field,
                                                        ": `accordctl context set NAME ", option, " FILE`"));
}

// This gives the same refusal, told of a file with this text.
absl::Status WithPemFileName(const std::string& path, const std::string& text, const absl::Status& status) {
  return Reword(status, absl::StrCat(path, ": ", std::string(status.message()), PemDamage(text)));
}

// This says whether the key belongs to a later certificate in the file, which begins with another one, such
// as the authority's.
bool IsOfALaterCertificate(const TlsFiles& files) {
  static constexpr char kBegin[] = "-----BEGIN CERTIFICATE-----";
  for (std::size_t at = files.certificate.find(kBegin); at != std::string::npos;) {
    at = files.certificate.find(kBegin, at + 1);
    if (at != std::string::npos && pki::CheckPair(files.certificate.substr(at), files.key).ok()) return true;
  }
  return false;
}

absl::StatusOr<TlsFiles> ReadTlsFilesOnce(const Context& context) {
  ACCORD_RETURN_IF_ERROR(CheckPemFileNamed(context.ca_file, "ca_file", "--ca-file"));
  ACCORD_RETURN_IF_ERROR(
      CheckPemFileNamed(context.certificate_file, "certificate_file", "--certificate-file"));
  ACCORD_RETURN_IF_ERROR(CheckPemFileNamed(context.key_file, "key_file", "--key-file"));
  TlsFiles files;
  ACCORD_ASSIGN_OR_RETURN(
      files.authorities,
      ReadPem(context.ca_file, "the authority of the gateway's certificate", "CERTIFICATE", "x509"));
  ACCORD_ASSIGN_OR_RETURN(files.certificate,
                          ReadPem(context.certificate_file, "your certificate", "CERTIFICATE", "x509"));
  ACCORD_ASSIGN_OR_RETURN(files.key, ReadPem(context.key_file, "your key", "PRIVATE KEY", "pkey"));
  if (const auto read = pki::ReadCertificate(files.authorities); !read.ok()) {
    return WithPemFileName(context.ca_file, files.authorities,
                           Refuse(rules::kPemMissing, std::string(read.status().message())));
  }
  if (const auto read = pki::ReadCertificate(files.certificate); !read.ok()) {
    return WithPemFileName(context.certificate_file, files.certificate,
                           Refuse(rules::kPemMissing, std::string(read.status().message())));
  }
  const absl::Status pair = pki::CheckPair(files.certificate, files.key).status();
  if (pair.ok()) return files;
  if (accord::RuleOf(pair) != rules::kKeyOfAnotherCertificate.reason)
    return WithPemFileName(context.key_file, files.key, pair);
  if (IsOfALaterCertificate(files)) {
    return Refuse(
        rules::kKeyOfAnotherCertificate,
        absl::StrCat(context.certificate_file, ": the certificate of ", context.key_file,
                     " stands behind another one: put your own first, and those of authorities after it"));
  }
  return Refuse(rules::kKeyOfAnotherCertificate,
                absl::StrCat(context.key_file, ": is the key of another certificate than ",
                             context.certificate_file, ": name the two that were made together"));
}

// This says whether the error may come from a renewal at the same time. A renewal replaces both files, which
// are links (core/certificate_files.h), so that the files that were read may belong to two pairs, or to one
// that was just removed.
bool MayBeRenewingNow(const Context& context, const absl::Status& status) {
  const std::string rule = accord::RuleOf(status);
  std::error_code error;
  return (rule == rules::kKeyOfAnotherCertificate.reason || rule == rules::kFileMissing.reason) &&
         std::filesystem::is_symlink(std::filesystem::symlink_status(context.certificate_file, error));
}

}  // namespace

absl::StatusOr<TlsFiles> ReadTlsFiles(const Context& context) {
  // Another attempt finds a pair, unless it is renewed again.
  constexpr int kReadings = 10;
  absl::StatusOr<TlsFiles> files = ReadTlsFilesOnce(context);
  for (int i = 1; i < kReadings && MayBeRenewingNow(context, files.status()); ++i)
    files = ReadTlsFilesOnce(context);
  return files;
}

std::string PemDamage(const std::string& text) {
  const std::size_t begin = text.find("-----BEGIN ");
  if (begin == std::string::npos) return "";
  if (text.find("-----END ", begin) == std::string::npos)
    return "; it is cut short (no END line): copy it again";
  const bool indented = (begin > 0 && text[begin - 1] != '\n') || absl::StrContains(text, "\n ") ||
                        absl::StrContains(text, "\n\t");
  return indented ? "; its lines are indented: copy it again, without what stands before them" : "";
}

absl::StatusOr<std::string> ReadRequestFile(const std::string& path) {
  return ReadPem(path, "the signing request", "CERTIFICATE REQUEST", "req");
}

}  // namespace accord::ctl
