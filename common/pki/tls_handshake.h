// This makes the TLS handshake with a server, step by step, for diagnosing why there is no connection.
#ifndef ACCORD_COMMON_PKI_TLS_HANDSHAKE_H_
#define ACCORD_COMMON_PKI_TLS_HANDSHAKE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pki/authority.h"
#include "common/pki/certificate.h"

namespace accord::pki {

// A server answers to a client's certificate with these alerts of RFC 8446, section 6.
enum Alert {
  kNoAlert = 0,
  kCertificateRevoked = 44,
  kCertificateExpired = 45,
  kUnknownAuthority = 48,
};

struct TlsHandshake {
  // This is true if the name of the host resolves, and false if it does not exist.
  bool host_exists = false;
  // The connection was accepted.
  bool answered = false;
  // Something other than TLS came back.
  bool speaks_otherwise = false;
  // This is OpenSSL's verdict on the server's certificate for the name and the authorities; 0 is X509_V_OK.
  // The text is OpenSSL's too.
  long verdict = 0;
  std::string verdict_text;
  // This is the alert with which the server ended the connection. It may be any number of the RFC.
  int alert = kNoAlert;
  // This is the server's certificate in PEM; it is empty if it sent none.
  std::string certificate_pem;
};

// Shakes hands with the server at HOST:PORT with the certificate `certificate_pem` and its key, or,
// if these are empty, without one. Each step takes 5 seconds at most. No request is sent.
TlsHandshake TryTlsHandshake(const std::string& address, const std::string& server_name,
                             const std::string& authorities_pem, const std::string& certificate_pem,
                             const std::string& key_pem);

// This gives the certificate of the TLS server at HOST:PORT if it answers within 5 seconds, and its
// certificate has the name `server_name` and is signed by an authority of `authorities_pem`. It returns
// UNAVAILABLE if nothing answers, and otherwise INVALID_ARGUMENT with the reason.
absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_TLS_HANDSHAKE_H_
