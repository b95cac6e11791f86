// These functions are about the signatures of a protocol.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SIGNATURES_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SIGNATURES_H_

#include "accord/protocols/v1/resources.pb.h"

namespace accord::protocols {

// This says whether every signatory has signed.
bool FullySigned(const v1::Protocol& protocol);
// This removes all signatures and renewals, because the text has changed.
void VoidSignatures(v1::Protocol* protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SIGNATURES_H_
