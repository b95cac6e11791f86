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

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_PEM_FILES_H_
