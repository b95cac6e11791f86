// These are the TLS contexts for servers and clients.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_TLS_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_TLS_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"

namespace accord::gateway {

struct TlsFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using TlsContext = std::shared_ptr<SSL_CTX>;
using SslPtr = std::unique_ptr<SSL, TlsFree>;

// This gives a context for mutual TLS with ALPN h2, without tickets and resumption, since a resumed session
// would skip the peer check. Connections to services use TLS 1.3 only. Agencies may also use TLS 1.2 with the
// suites that HTTP/2 allows, since Windows Server before 2022 has nothing newer. The key exchange is X25519,
// P-256 or P-384.
absl::StatusOr<TlsContext> ServerContext(const host::v1::Tls& files);
absl::StatusOr<TlsContext> ClientContext(const host::v1::Tls& files);

// This gives the SHA-256 of the DER of the certificate that a context shows, 32 bytes.
std::string ContextFingerprint(SSL_CTX* context);

// This gives a text that changes whenever one of the files does.
std::string TlsFilesStamp(const host::v1::Tls& files);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_TLS_H_
