// This reads an answer's headers in gRPC's terms.
#ifndef ACCORD_TESTS_ATTACK_REPLY_H_
#define ACCORD_TESTS_ATTACK_REPLY_H_

#include <string>

#include "tests/attack/peer.h"

namespace accord::attack {

// This gives `UNAVAILABLE` for 14; a number out of range is written as it is.
std::string StatusName(int status);

// This adds a block of headers to an answer. The second block, or one with a status, ends it.
void TakeReply(Headers headers, Answer* answer);

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_REPLY_H_
