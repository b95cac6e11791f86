#include "common/pki/tls_handshake.h"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pki/certificate_check.h"
#include "common/pki/chains.h"
#include "common/pki/host_names.h"

namespace accord::pki {
namespace {

using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Tls = std::unique_ptr<SSL, Deleter<SSL_free>>;

// This ignores SIGPIPE on this thread; otherwise a peer that closes the connection would end this process.
class WithoutPipeSignal {
 public:
  WithoutPipeSignal() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
  ~WithoutPipeSignal() { std::signal(SIGPIPE, before_); }
  WithoutPipeSignal(const WithoutPipeSignal&) = delete;
  WithoutPipeSignal& operator=(const WithoutPipeSignal&) = delete;

 private:
  void (*const before_)(int);
};

// Splits HOST:PORT; an IPv6 address is in brackets.
std::pair<std::string, std::string> SplitHandshakeAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return {address, ""};
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return {host, address.substr(colon + 1)};
}

// This gives a connected socket; it is -1 if nothing answers.
int ConnectForHandshake(const std::string& address, TlsHandshake* handshake) {
  const auto [host, port] = SplitHandshakeAddress(address);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  const int looked_up = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  handshake->host_exists = looked_up != EAI_NONAME;
  if (looked_up != 0) return -1;
  int fd = -1;
  for (const addrinfo* each = found; each != nullptr && fd < 0; each = each->ai_next) {
    fd = socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (connect(fd, each->ai_addr, each->ai_addrlen) == 0) continue;
    close(fd);
    fd = -1;
  }
  freeaddrinfo(found);
  return fd;
}

// This stores the alert that the peer sent in the connection's own data.
void NoteHandshakeAlert(const SSL* tls, int where, int value) {
  if ((where & SSL_CB_ALERT) == 0 || (where & SSL_CB_READ) == 0 || (value >> 8) != SSL3_AL_FATAL) return;
  static_cast<TlsHandshake*>(SSL_get_ex_data(tls, 0))->alert = value & 0xff;
}

bool UseCertificateInHandshake(SSL* tls, const std::string& certificate_pem, const std::string& key_pem) {
  const auto key = ReadPrivateKey(key_pem);
  const Bio bio = Reader(certificate_pem);
  const Certificate own = NextCertificate(bio.get());
  if (!key.ok() || own == nullptr || SSL_use_certificate(tls, own.get()) != 1 ||
      SSL_use_PrivateKey(tls, key->get()) != 1)
    return false;
  for (Certificate each = NextCertificate(bio.get()); each != nullptr; each = NextCertificate(bio.get())) {
    SSL_add1_chain_cert(tls, each.get());
  }
  return true;
}

void ShakeHands(SSL* tls, TlsHandshake* handshake) {
  ERR_clear_error();
  const bool done = SSL_connect(tls) == 1;
  const Certificate shown(SSL_get1_peer_certificate(tls));
  if (shown != nullptr) {
    handshake->certificate_pem = Written([&](BIO* bio) { PEM_write_bio_X509(bio, shown.get()); });
    handshake->verdict = SSL_get_verify_result(tls);
    handshake->verdict_text = X509_verify_cert_error_string(handshake->verdict);
  } else if (!done) {
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    handshake->speaks_otherwise = reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST;
  }
  // In TLS 1.3 the server checks the client's certificate after the client has finished. So its
  // verdict is the first thing to read: an alert, or the beginning of HTTP/2.
  char first = 0;
  if (done && SSL_get_certificate(tls) != nullptr) SSL_read(tls, &first, 1);
}

}  // namespace

TlsHandshake TryTlsHandshake(const std::string& address, const std::string& server_name,
                             const std::string& authorities_pem, const std::string& certificate_pem,
                             const std::string& key_pem) {
  TlsHandshake handshake;
  const WithoutPipeSignal quiet;
  const int fd = ConnectForHandshake(address, &handshake);
  if (fd < 0) return handshake;
  handshake.answered = true;
  const Context context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  if (Store store = StoreOf(authorities_pem); store != nullptr) {
    SSL_CTX_set1_cert_store(context.get(), store.get());
  }
  const Tls tls(SSL_new(context.get()));
  SSL_set_ex_data(tls.get(), 0, &handshake);
  SSL_set_info_callback(tls.get(), NoteHandshakeAlert);
  const unsigned char alpn[] = {2, 'h', '2'};
  SSL_set_alpn_protos(tls.get(), alpn, sizeof(alpn));
  if (!IsAddress(server_name)) SSL_set_tlsext_host_name(tls.get(), server_name.c_str());
  SSL_set1_host(tls.get(), server_name.c_str());
  SSL_set_fd(tls.get(), fd);
  if (certificate_pem.empty() || UseCertificateInHandshake(tls.get(), certificate_pem, key_pem))
    ShakeHands(tls.get(), &handshake);
  close(fd);
  return handshake;
}

absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem) {
  if (StoreOf(authorities_pem) == nullptr) {
    return absl::InvalidArgumentError("the authority's file holds no certificate");
  }
  const TlsHandshake handshake = TryTlsHandshake(address, server_name, authorities_pem, "", "");
  if (!handshake.answered) return absl::UnavailableError(absl::StrCat("nobody answers at ", address));
  if (handshake.certificate_pem.empty()) {
    return absl::UnavailableError("no certificate was shown: is this a TLS server?");
  }
  if (handshake.verdict != X509_V_OK) return absl::InvalidArgumentError(handshake.verdict_text);
  return ReadCertificate(handshake.certificate_pem);
}

}  // namespace accord::pki
