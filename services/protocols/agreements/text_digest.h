// A signature is bound to the digest of a protocol's text, which this file computes.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_TEXT_DIGEST_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_TEXT_DIGEST_H_

#include <string>

#include "accord/protocols/v1/resources.pb.h"

namespace accord::protocols {

// This gives the SHA-256, as 64 hex digits, of kind, title, territory, legal basis, dates, parties (without
// signatures) and all sections ordered by code. Each value is written with its length, so that no two texts
// share an encoding.
std::string TextDigest(const v1::Protocol& protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_TEXT_DIGEST_H_
