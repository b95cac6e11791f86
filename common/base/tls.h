// This restricts gRPC to TLS 1.3, for which gRPC 1.51 has no option.
#ifndef ACCORD_COMMON_BASE_TLS_H_
#define ACCORD_COMMON_BASE_TLS_H_

#include <cstdlib>

namespace accord {

// Restricts every gRPC channel and server of this process to TLS 1.3. Call it before anything of
// gRPC and before threads start, because gRPC reads its environment once.
//
// gRPC 1.51 always offers TLS 1.2 besides 1.3, and OpenSSL refuses a list without a suite for 1.2.
// The one suite in this list needs a pre-shared key, which no side has, so TLS 1.2 can never be
// negotiated. The suites of TLS 1.3 are not part of this list.
inline void RequireTls13() { setenv("GRPC_SSL_CIPHER_SUITES", "PSK-AES256-GCM-SHA384", 1); }

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_TLS_H_
