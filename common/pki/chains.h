// These functions read certificates from PEM texts, and authorities to verify them with. They are for the .cc
// files of this folder.
#ifndef ACCORD_COMMON_PKI_CHAINS_H_
#define ACCORD_COMMON_PKI_CHAINS_H_

#include <openssl/pem.h>

#include <memory>
#include <string>

#include "common/pki/authority.h"
#include "common/pki/openssl.h"

namespace accord::pki {

using Store = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;

// This gives the next certificate of a text, or null at its end.
inline Certificate NextCertificate(BIO* bio) {
  return Certificate(PEM_read_bio_X509(bio, nullptr, NoPassword, nullptr));
}

// This gives a store with all authorities of a text; it is null if there are none.
inline Store StoreOf(const std::string& pem) {
  Store store(X509_STORE_new());
  const Bio bio = Reader(pem);
  int count = 0;
  for (Certificate each = NextCertificate(bio.get()); each != nullptr; each = NextCertificate(bio.get())) {
    X509_STORE_add_cert(store.get(), each.get());
    ++count;
  }
  return count > 0 ? std::move(store) : nullptr;
}

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CHAINS_H_
