// This file is about the three files of a certificate in their present state.
#ifndef ACCORD_CLIENT_CERTIFICATE_H_
#define ACCORD_CLIENT_CERTIFICATE_H_

#include <string>
#include <vector>

#include "accord/client/settings.h"

namespace accord::client {

// This identifies the state of the files: for each, when it was written, which inode it is, and its size.
using Fingerprint = std::vector<std::string>;

// These are the contents of the files, in PEM, as gRPC takes them.
struct Certificate {
  Fingerprint fingerprint;
  std::string authority;
  std::string chain;
  std::string key;
};

// This throws SettingsError if a file does not exist.
Fingerprint FingerprintOf(const Settings& settings);

// This throws SettingsError if a file cannot be read, if certificate and key do not belong together, or if
// the files are being changed. gRPC itself would fail only at the first call, without giving a reason.
Certificate ReadCertificate(const Settings& settings);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_CERTIFICATE_H_
