#include "common/pki/check.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

struct FreeAll {
  void operator()(STACK_OF(X509) * all) const { sk_X509_pop_free(all, X509_free); }
};
using Store = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using Verification = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;
using Chain = std::unique_ptr<STACK_OF(X509), FreeAll>;
using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Tls = std::unique_ptr<SSL, Deleter<SSL_free>>;

Certificate Next(BIO* bio) { return Certificate(PEM_read_bio_X509(bio, nullptr, NoPassword, nullptr)); }

std::string TextOf(const ASN1_STRING* text) {
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
}

// Of 4 or 16 bytes.
std::string AddressOf(const std::string& bytes) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof(text));
  return text;
}

// Null if there is none in it.
Store StoreOf(const std::string& pem) {
  Store store(X509_STORE_new());
  const Bio bio = Reader(pem);
  int count = 0;
  for (Certificate each = Next(bio.get()); each != nullptr; each = Next(bio.get())) {
    X509_STORE_add_cert(store.get(), each.get());
    ++count;
  }
  return count > 0 ? std::move(store) : nullptr;
}

// Where a chain breaks first, counted from the certificate that is verified.
struct Verdict {
  int error = X509_V_OK;
  int depth = 0;
  // Common name of the certificate there.
  std::string name = {};
};

bool IsOfTime(int error) {
  return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
}

std::string CommonNameOf(const X509* certificate) {
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
  return name;
}

Verdict Verify(X509_STORE* store, X509* certificate, STACK_OF(X509) * between, absl::Time now) {
  const Verification verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store, certificate, between);
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(verification.get()), absl::ToTimeT(now));
  if (X509_verify_cert(verification.get()) == 1) return {};
  const X509* at = X509_STORE_CTX_get_current_cert(verification.get());
  return {X509_STORE_CTX_get_error(verification.get()), X509_STORE_CTX_get_error_depth(verification.get()),
          at == nullptr ? "" : CommonNameOf(at)};
}

// -1 if nobody answers.
int Connect(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return -1;
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(address.substr(0, colon).c_str(), address.substr(colon + 1).c_str(), &hints, &found) != 0)
    return -1;
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

absl::StatusOr<Issued> Greet(int fd, const std::string& server_name, X509_STORE* authorities) {
  const Context context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set1_cert_store(context.get(), authorities);
  const Tls tls(SSL_new(context.get()));
  const unsigned char alpn[] = {2, 'h', '2'};
  SSL_set_alpn_protos(tls.get(), alpn, sizeof(alpn));
  SSL_set_tlsext_host_name(tls.get(), server_name.c_str());
  SSL_set1_host(tls.get(), server_name.c_str());
  SSL_set_fd(tls.get(), fd);
  // Without a certificate of our own TLS 1.3 ends only after the server has shown its own.
  SSL_connect(tls.get());
  const Certificate shown(SSL_get1_peer_certificate(tls.get()));
  if (shown == nullptr) return absl::UnavailableError("no certificate was shown: is this a TLS server?");
  if (const long result = SSL_get_verify_result(tls.get()); result != X509_V_OK) {
    return absl::InvalidArgumentError(X509_verify_cert_error_string(result));
  }
  return ReadCertificate(Written([&](BIO* bio) { PEM_write_bio_X509(bio, shown.get()); }));
}

}  // namespace

absl::StatusOr<Issued> CheckPair(const std::string& certificate_pem, const std::string& key_pem) {
  ACCORD_ASSIGN_OR_RETURN(Issued issued, ReadCertificate(certificate_pem));
  ACCORD_ASSIGN_OR_RETURN(const Key key, ReadPrivateKey(key_pem));
  const Bio bio = Reader(certificate_pem);
  if (X509_check_private_key(Next(bio.get()).get(), key.get()) == 1) return issued;
  return absl::InvalidArgumentError("the certificate and the key are not a pair");
}

absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem) {
  std::vector<Issued> all;
  const Bio bio = Reader(pem);
  for (Certificate each = Next(bio.get()); each != nullptr; each = Next(bio.get())) {
    ACCORD_ASSIGN_OR_RETURN(Issued issued,
                            ReadCertificate(Written([&](BIO* out) { PEM_write_bio_X509(out, each.get()); })));
    all.push_back(std::move(issued));
  }
  if (all.empty()) return absl::InvalidArgumentError("not a certificate in PEM");
  return all;
}

absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem) {
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = Next(bio.get());
  if (certificate == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  Shape shape;
  shape.common_name = CommonNameOf(certificate.get());
  const uint32_t usage = X509_get_extended_key_usage(certificate.get());
  shape.usage = (usage & XKU_SSL_SERVER) == 0   ? "clientAuth"
                : (usage & XKU_SSL_CLIENT) == 0 ? "serverAuth"
                                                : "serverAuth,clientAuth";
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* each = sk_GENERAL_NAME_value(names.get(), i);
    if (each->type == GEN_DNS) {
      shape.names.push_back("DNS:" + TextOf(each->d.dNSName));
    } else if (each->type == GEN_URI) {
      shape.names.push_back("URI:" + TextOf(each->d.uniformResourceIdentifier));
    } else if (each->type == GEN_IPADD) {
      shape.names.push_back("IP:" + AddressOf(TextOf(each->d.iPAddress)));
    } else {
      return absl::InvalidArgumentError("the certificate bears names of a kind that Accord does not use");
    }
  }
  return shape;
}

absl::Status CheckSignedBy(const std::string& certificate_pem, const std::string& authorities_pem,
                           absl::Time now) {
  const Store store = StoreOf(authorities_pem);
  const Bio bio = Reader(certificate_pem);
  const Certificate certificate = Next(bio.get());
  if (store == nullptr || certificate == nullptr)
    return absl::InvalidArgumentError("not a certificate in PEM");
  // What follows the certificate in its file is shown to peers with it.
  const Chain between(sk_X509_new_null());
  for (Certificate each = Next(bio.get()); each != nullptr; each = Next(bio.get())) {
    if (sk_X509_push(between.get(), each.get()) > 0) each.release();
  }
  const Verdict verdict = Verify(store.get(), certificate.get(), between.get(), now);
  // The certificate's own time is told by Lifetime; that of who signed it is not.
  const bool only_its_own = verdict.depth == 0 && IsOfTime(verdict.error);
  if (verdict.error == X509_V_OK || only_its_own) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(verdict.depth > 0 ? absl::StrCat("the authority ", verdict.name, ": ") : "",
                   X509_verify_cert_error_string(verdict.error)));
}

absl::StatusOr<Issued> CheckServer(const std::string& address, const std::string& server_name,
                                   const std::string& authorities_pem) {
  const Store store = StoreOf(authorities_pem);
  if (store == nullptr) return absl::InvalidArgumentError("the authority's file holds no certificate");
  const int fd = Connect(address);
  if (fd < 0) return absl::UnavailableError(absl::StrCat("nobody answers at ", address));
  auto issued = Greet(fd, server_name, store.get());
  close(fd);
  return issued;
}

}  // namespace accord::pki
