// This applies a request to update a protocol to its text.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_UPDATE_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_UPDATE_H_

#include "absl/status/status.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "common/access/decide.h"

namespace accord::protocols {

// This changes what the mask names; sections that the writer cannot read stay as they are.
absl::Status ApplyUpdateMask(const v1::UpdateProtocolRequest& request, const Caller& caller,
                             v1::Protocol* protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_UPDATE_H_
