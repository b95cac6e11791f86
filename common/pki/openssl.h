// These types hold OpenSSL's objects as values. They are for the .cc files of this folder.
#ifndef ACCORD_COMMON_PKI_OPENSSL_H_
#define ACCORD_COMMON_PKI_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "common/pki/keys.h"

namespace accord::pki {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Request = std::unique_ptr<X509_REQ, Deleter<X509_REQ_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

// This is the password callback for every PEM that is read. Without it, OpenSSL would wait for a password at
// this process's terminal if a PEM says that it is encrypted.
inline int NoPassword(char*, int, int, void*) { return -1; }

// This gives a BIO that reads the text, which must outlive it.
inline Bio Reader(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
Bio Reader(std::string&&) = delete;

// This gives the digest with which a key of this kind signs; it is null for Ed25519, which uses no
// separate digest.
const EVP_MD* DigestFor(const Key& key);

// This gives what `write(bio)` writes.
template <class Write>
std::string Written(Write write) {
  Bio bio(BIO_new(BIO_s_mem()));
  write(bio.get());
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_OPENSSL_H_
