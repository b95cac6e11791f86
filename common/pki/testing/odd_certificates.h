// These are malformed or unwise requests and authorities, for tests.
#ifndef ACCORD_COMMON_PKI_TESTING_ODD_CERTIFICATES_H_
#define ACCORD_COMMON_PKI_TESTING_ODD_CERTIFICATES_H_

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/pki/authority.h"
#include "common/pki/openssl.h"

namespace accord::pki {

// This makes a request for `key` with extensions, given in OpenSSL's syntax, signed with `signer`.
inline std::string Csr(const Key& key, const Key& signer, const EVP_MD* digest,
                       const std::vector<std::pair<int, std::string>>& wanted = {}) {
  Request request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key.get());
  X509_EXTENSIONS* extensions = sk_X509_EXTENSION_new_null();
  for (const auto& [nid, value] : wanted) {
    sk_X509_EXTENSION_push(extensions, X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  }
  if (!wanted.empty()) X509_REQ_add_extensions(request.get(), extensions);
  sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
  X509_REQ_sign(request.get(), signer.get(), digest);
  return Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

struct Intermediate {
  std::string certificate_pem, key_pem;
};

// This makes an authority that is certified by another one, as agencies and offices have them.
inline Intermediate AnIntermediate(const Authority& above, const std::string& name, absl::Time from,
                                   absl::Duration life) {
  const std::string pem = above.certificate_pem();
  const Bio bio = Reader(pem);
  const Certificate issuer(PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr));
  const Key signer = *ReadPrivateKey(above.key_pem());
  const Key key = NewTlsKey();
  const Certificate made(X509_new());
  X509* x = made.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
  ASN1_TIME_set(X509_getm_notBefore(x), absl::ToTimeT(from));
  ASN1_TIME_set(X509_getm_notAfter(x), absl::ToTimeT(from + life));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(x, X509_get_subject_name(issuer.get()));
  X509_set_pubkey(x, key.get());
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer.get(), x, nullptr, nullptr, 0);
  for (const auto& [nid, value] : {std::pair{NID_basic_constraints, "critical,CA:TRUE"},
                                   {NID_key_usage, "critical,keyCertSign"},
                                   {NID_subject_key_identifier, "hash"}}) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    X509_add_ext(x, extension.get(), -1);
  }
  X509_sign(x, signer.get(), EVP_sha256());
  return {Written([&](BIO* out) { PEM_write_bio_X509(out, x); }), PrivatePem(key)};
}

// This makes a root authority for tests of chains. It may have authorities below it, unlike those that
// Create makes.
inline Intermediate ARoot(const std::string& name, absl::Time from, absl::Duration life) {
  const Authority any = *Authority::Create(name, 36500, from);
  Intermediate root = AnIntermediate(any, name, from, life);
  // The certificate is self-signed instead.
  const Bio bio = Reader(root.certificate_pem);
  const Certificate made(PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr));
  const Key key = *ReadPrivateKey(root.key_pem);
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  X509_sign(made.get(), key.get(), EVP_sha256());
  root.certificate_pem = Written([&](BIO* out) { PEM_write_bio_X509(out, made.get()); });
  return root;
}

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_TESTING_ODD_CERTIFICATES_H_
