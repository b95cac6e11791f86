// This is what the gateway knows of whoever is at the other end of a connection.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/gateway/admission/byte_reservation.h"
#include "services/gateway/http2/peer_certificate.h"

namespace accord::gateway {

// This is who is at the other end of a connection, as its certificate and the policy say.
struct Peer {
  std::optional<AgencyIdentity> identity;
  std::string fingerprint;
  // It is true if the certificate is for training while the gateway serves real records, or the other
  // way round.
  bool of_other_realm = false;
  // The peer holds this gateway's own certificate, so it is a probe of the gateway's health.
  bool self = false;
  // If this is not OK the connection is refused: its first call is told so, and then it closes.
  absl::Status refused;
  // This is what all calls of the connection hold.
  std::shared_ptr<ByteCount> held = std::make_shared<ByteCount>(0);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_
