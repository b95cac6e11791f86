// This is what the gateway knows of whoever is at the other end of a connection.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/gateway/admission/byte_reservation.h"
#include "services/gateway/http2/tls.h"

namespace accord::gateway {

// Who is at the other end of a connection, as its certificate and the policy say.
struct Peer {
  std::optional<AgencyIdentity> identity;
  std::string fingerprint;
  // True if the certificate is of training and the gateway serves real records, or the other way round.
  bool of_other_realm = false;
  // It holds this gateway's own certificate: a probe of its health.
  bool self = false;
  // The connection is refused: its first call is told so, then it closes.
  absl::Status refused;
  // This is what all calls of the connection hold.
  std::shared_ptr<ByteCount> held = std::make_shared<ByteCount>(0);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_PEER_H_
