// What the headers of an answer say in gRPC's terms.
#ifndef ACCORD_TESTS_ATTACK_REPLY_H_
#define ACCORD_TESTS_ATTACK_REPLY_H_

#include <string>

#include "tests/attack/peer.h"

namespace accord::attack {

// `UNAVAILABLE` for 14; numbers out of range as they are.
std::string StatusName(int status);

// Adds a block of headers to an answer: the second, or one with a status, is its end.
void TakeReply(Headers headers, Answer* answer);

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_REPLY_H_
