// This makes the first message of a TLS client without a connection, for tests that send it once or as
// a flood.
#ifndef ACCORD_COMMON_TESTING_CLIENT_HELLO_H_
#define ACCORD_COMMON_TESTING_CLIENT_HELLO_H_

#include <openssl/ssl.h>

#include <cstddef>
#include <string>

namespace accord::testing {

// This gives the bytes of a TLS 1.3 ClientHello for HTTP/2 that offers only these key exchange groups, in the
// form of SSL_CTX_set1_groups_list.
inline std::string ClientHello(const char* groups) {
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set1_groups_list(context, groups);
  SSL* const ssl = SSL_new(context);
  BIO* const said = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl, BIO_new(BIO_s_mem()), said);
  SSL_set_connect_state(ssl);
  const unsigned char alpn[] = {2, 'h', '2'};
  SSL_set_alpn_protos(ssl, alpn, sizeof alpn);
  SSL_do_handshake(ssl);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(said, &bytes);
  const std::string hello(bytes, static_cast<std::size_t>(size));
  SSL_free(ssl);
  SSL_CTX_free(context);
  return hello;
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_CLIENT_HELLO_H_
