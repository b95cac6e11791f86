#include "services/gateway/http2/tls.h"

#include <openssl/err.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "services/gateway/http2/peer_certificate.h"

namespace accord::gateway {
namespace {

constexpr unsigned char kAlpn[] = {2, 'h', '2'};
// These are the curves of the keys that certificates may have, and the cheapest one. OpenSSL would also
// accept finite fields of up to 8,192 bits: a single greeting of a stranger, which can be repeated for free,
// would then cost the gateway tens of milliseconds.
constexpr char kGroups[] = "X25519:P-256:P-384";
// This is the limit in bytes of a peer's certificate chain, which is enough for about four of the largest
// keys. OpenSSL would accept a hundred kilobytes from any stranger, and parse and compare every certificate.
constexpr long kMostChain = 16 * 1024;
// A measurement showed that reading ahead in 32 KiB takes a unary call from 24 to 15 us.
constexpr std::size_t kReadBuffer = 32 * 1024;

int SelectAlpn(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
               unsigned int in_size, void*) {
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kAlpn, sizeof kAlpn, in, in_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

absl::StatusOr<TlsContext> NewTlsContext(const SSL_METHOD* method, int version, const host::v1::Tls& files) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(method), TlsFree());
  if (context == nullptr) return absl::InternalError("no memory for a TLS context");
  SSL_CTX* raw = context.get();
  SSL_CTX_set_min_proto_version(raw, version);
  // TLS 1.2 is limited to what HTTP/2 allows: forward secrecy and authenticated encryption (RFC 9113,
  // section 9.2.2).
  SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
  if (SSL_CTX_set1_groups_list(raw, kGroups) != 1) {
    return absl::InternalError("OpenSSL lacks the curves of TLS");
  }
  SSL_CTX_set_max_cert_list(raw, kMostChain);
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(
      raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(raw, 1);
  SSL_CTX_set_default_read_buffer_len(raw, kReadBuffer);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (SSL_CTX_use_certificate_chain_file(raw, files.certificate_file().c_str()) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(files.certificate_file(), ": not a certificate chain in PEM"));
  }
  if (SSL_CTX_use_PrivateKey_file(raw, files.key_file().c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(raw) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(files.key_file(), ": not the certificate's private key"));
  }
  if (SSL_CTX_load_verify_file(raw, files.peer_ca_file().c_str()) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(files.peer_ca_file(), ": not an authority in PEM"));
  }
  return context;
}

}  // namespace

absl::StatusOr<TlsContext> ServerContext(const host::v1::Tls& files) {
  auto context = NewTlsContext(TLS_server_method(), TLS1_2_VERSION, files);
  if (context.ok()) SSL_CTX_set_alpn_select_cb(context->get(), SelectAlpn, nullptr);
  return context;
}

absl::StatusOr<TlsContext> ClientContext(const host::v1::Tls& files) {
  auto context = NewTlsContext(TLS_client_method(), TLS1_3_VERSION, files);
  if (context.ok()) SSL_CTX_set_alpn_protos(context->get(), kAlpn, sizeof kAlpn);
  return context;
}

std::string TlsFilesStamp(const host::v1::Tls& files) {
  std::string stamp;
  for (const std::string* path : {&files.certificate_file(), &files.key_file(), &files.peer_ca_file()}) {
    struct stat info {};
    if (::stat(path->c_str(), &info) != 0) return "";
    absl::StrAppend(&stamp, info.st_ino, ":", info.st_size, ":", info.st_mtim.tv_sec, ".",
                    info.st_mtim.tv_nsec, ";");
  }
  return stamp;
}

std::string ContextFingerprint(SSL_CTX* context) {
  return CertificateFingerprint(SSL_CTX_get0_certificate(context));
}

}  // namespace accord::gateway
