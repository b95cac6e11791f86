// This is what a TLS server and a client say to each other before the first call, for those who want to know
// why there is none.
#ifndef ACCORD_COMMON_PKI_GREETING_H_
#define ACCORD_COMMON_PKI_GREETING_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"

namespace accord::pki {

// Alerts of RFC 8446, section 6, that a server answers to a client's certificate.
enum Alert {
  kNoAlert = 0,
  kCertificateRevoked = 44,
  kCertificateExpired = 45,
  kUnknownAuthority = 48,
};

struct Greeting {
  // The name of the host can be looked up; false if it does not exist.
  bool host_exists = false;
  // The connection was accepted.
  bool answered = false;
  // It is true if something other than TLS came back.
  bool speaks_otherwise = false;
  // This is what OpenSSL says of the server's certificate, for the name and the authorities: X509_V_OK is 0.
  // The sentence is OpenSSL's.
  long verdict = 0;
  std::string verdict_text;
  // This says why the server ended it; any number of the RFC.
  int alert = kNoAlert;
  // This is the server's certificate, in PEM; empty if none was shown.
  std::string certificate_pem;
};

// Greets the server at HOST:PORT as `certificate_pem` with `key_pem`, or, if these are empty, as nobody. Each
// step takes 5 seconds at the most; nothing is asked of the server.
Greeting Greet(const std::string& address, const std::string& server_name, const std::string& authorities_pem,
               const std::string& certificate_pem, const std::string& key_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_GREETING_H_
