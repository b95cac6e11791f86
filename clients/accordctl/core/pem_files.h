// This file is about keys, certificates and requests in files that the user names. Errors name the file.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_PEM_FILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_PEM_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/contexts.h"

namespace accord::ctl {

// These are the PEM files with which a context connects to the gateway.
struct TlsFiles {
  std::string authorities, certificate, key;
};

// This checks all that can be checked without the gateway. It returns INVALID_ARGUMENT with rule
// CONTEXT_INCOMPLETE (no file is named), FILE_MISSING (it cannot be read), PEM_MISSING (it holds no such PEM,
// but for example DER), KEY_ENCRYPTED, KEY_MALFORMED or KEY_OF_ANOTHER_CERTIFICATE. A renewal at the same
// time is not an error.
absl::StatusOr<TlsFiles> ReadTlsFiles(const Context& context);

// This reads a signing request, with the refusals above.
absl::StatusOr<std::string> ReadRequestFile(const std::string& path);

// This says what befell a text of PEM that cannot be read, behind what is wrong with it: `; it is cut short
// (no END line): copy it again`. It is empty if nobody knows.
std::string PemDamage(const std::string& text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_PEM_FILES_H_
