// This is a gateway, and peers that write HTTP/2 to it frame by frame.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_RAW_FIXTURE_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_RAW_FIXTURE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/gateway/testing/fixture.h"
#include "services/gateway/testing/raw_peer.h"

namespace accord::gateway {

class RawGatewayTest : public GatewayTest {
 protected:
  std::unique_ptr<RawPeer> Peer() { return PeerOf(client_); }
  std::unique_ptr<RawPeer> PeerOf(const TestCertificate& certificate) {
    host::v1::Tls files;
    Files(certificate, pki_.agency_ca_file(), &files);
    auto peer = std::make_unique<RawPeer>(gateway_->port(), files);
    peer->SendPreface();
    return peer;
  }
  static std::string Message(const std::function<void(Echo*)>& change = nullptr) {
    Echo request;
    request.set_payload("hello");
    if (change) change(&request);
    return request.SerializeAsString();
  }
  // This gives the rule that refused, or "" for a call that went well; otherwise it gives how the call or its
  // connection ended.
  static std::string RuleIn(const RawPeer::End& end) {
    if (end.closed) return "CLOSED_" + std::to_string(end.error_code);
    const std::optional<int> code = GrpcStatusIn(end.trailers);
    if (!code) return "NO_STATUS";
    if (*code == 0) return "";
    const std::string* details = FindHeader(end.trailers, "grpc-status-details-bin");
    const std::string rule =
        RuleOf(FromStatusDetails(*code, "", details == nullptr ? "" : Unbase64(*details).value_or("")));
    return rule.empty() ? "CODE_" + std::to_string(*code) : rule;
  }
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_RAW_FIXTURE_H_
