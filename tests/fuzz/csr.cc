// The input is a signing request. The first byte `p` means PEM as it comes, and `d` means DER. After `s`
// comes DER that is signed again with a good key, so that everything else in a request is read. After `n`
// come two lines that name an agency and a system, for a good request.
#include <openssl/pem.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/authority.h"
#include "common/pki/openssl.h"
#include "common/pki/signing_request.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using pki::Authority;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

const Authority& Agencies() {
  static const Authority authority = *Authority::Create("Agencies", 1000, kNow);
  return authority;
}

std::string Pem(std::string_view der) {
  return absl::StrCat("-----BEGIN CERTIFICATE REQUEST-----\n", Base64(der),
                      "\n-----END CERTIFICATE REQUEST-----\n");
}

// The result is empty unless the bytes are a request.
std::string SignedAgain(std::string_view der) {
  static const Key key = pki::NewTlsKey();
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  pki::Request request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  if (request == nullptr || X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) <= 0) {
    return "";
  }
  return pki::Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

// The certificate names this system and nothing else, whatever was asked for.
void Exact(const std::string& csr, const std::string& agency, const std::string& system) {
  const auto issued = Agencies().SignSystem(csr, agency, system, 90, kNow);
  if (!issued.ok()) return Hold(!RuleOf(issued.status()).empty(), "a request is refused by a rule");
  Hold(issued->uri == pki::SystemUri(agency, system) && issued->host.empty(), "one URI, and no other name");
  Hold(issued->not_after == kNow + absl::Hours(24 * 90), "as long as was granted");
  pki::Certificate read(PEM_read_bio_X509(pki::Reader(issued->pem).get(), nullptr, nullptr, nullptr));
  Hold(read != nullptr && X509_check_ca(read.get()) == 0, "what is issued issues nothing");
  Hold(X509_get_ext_count(read.get()) == 6, "no extension comes from the request");
  Hold(Agencies().InspectSystem(issued->pem, agency, system).ok(), "what is issued is recognised");
  const auto key = pki::KeyOfRequest(csr);
  Hold(key.ok() && EVP_PKEY_eq(key->get(), X509_get0_pubkey(read.get())) == 1, "the key is the request's");
}

}  // namespace

ACCORD_FUZZ_TARGET(csr, bytes) {
  static const std::string good = pki::SigningRequest(pki::NewTlsKey());
  Input input(bytes);
  switch (input.Byte()) {
    case 'p':
      return Exact(std::string(input.rest()), "cas-york", "cms");
    case 'd':
      return Exact(Pem(input.rest()), "cas-york", "cms");
    case 's':
      return Exact(SignedAgain(input.rest()), "cas-york", "cms");
    default: {
      const std::string agency(input.Line());
      return Exact(good, agency, std::string(input.rest()));
    }
  }
}

}  // namespace accord::fuzz
