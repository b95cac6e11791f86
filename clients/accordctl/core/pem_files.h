// Keys, certificates and requests in files that people name; what is wrong with one is told by its file.
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

// INVALID_ARGUMENT with rule CONTEXT_INCOMPLETE (no file is named), FILE_MISSING (it cannot be read),
// PEM_MISSING (it holds nothing of the kind, for example DER), KEY_ENCRYPTED, KEY_MALFORMED or
// KEY_OF_ANOTHER_CERTIFICATE: all that needs no gateway to be found out. A renewal meanwhile is no fault.
absl::StatusOr<TlsFiles> ReadTlsFiles(const Context& context);

// Gives a signing request. Refusals as above.
absl::StatusOr<std::string> ReadRequestFile(const std::string& path);

// What befell a text of PEM that cannot be read, behind what is wrong with it: `; it is cut short (no END
// line): copy it again`. Empty if nobody knows.
std::string PemDamage(const std::string& text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_PEM_FILES_H_
