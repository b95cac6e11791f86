// The three files of a certificate, as they are now.
#ifndef ACCORD_CLIENT_CERTIFICATE_H_
#define ACCORD_CLIENT_CERTIFICATE_H_

#include <string>
#include <vector>

#include "accord/client/settings.h"

namespace accord::client {

// It says which files these are: for each, when it was written, which one it is and how long.
using Fingerprint = std::vector<std::string>;

// All in PEM, as gRPC takes them.
struct Certificate {
  Fingerprint fingerprint;
  std::string authority;
  std::string chain;
  std::string key;
};

// It throws SettingsError if a file is not there.
Fingerprint FingerprintOf(const Settings& settings);

// It throws SettingsError if a file cannot be read, certificate and key do not belong together, or the files
// are being changed. Of that gRPC itself would only fail at the first call, and without saying why.
Certificate ReadCertificate(const Settings& settings);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_CERTIFICATE_H_
