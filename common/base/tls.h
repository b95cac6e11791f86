// This makes gRPC speak TLS 1.3 alone, for which gRPC 1.51 has no option.
#ifndef ACCORD_COMMON_BASE_TLS_H_
#define ACCORD_COMMON_BASE_TLS_H_

#include <cstdlib>

namespace accord {

// Makes every gRPC channel and server of this process speak TLS 1.3 alone. Before anything of gRPC, and
// before threads: gRPC reads its environment once.
//
// gRPC 1.51 always offers TLS 1.2 beside 1.3, and OpenSSL takes no list without a suite for 1.2. A suite of
// pre-shared keys, of which there are none, leaves 1.2 with nothing that both sides could choose; the suites
// of 1.3 are no part of this list.
inline void RequireTls13() { setenv("GRPC_SSL_CIPHER_SUITES", "PSK-AES256-GCM-SHA384", 1); }

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_TLS_H_
