// This is a whole gateway in this process, with a service, a registry and an audit behind it, that stays
// alive through all inputs of a fuzz target. After each of them a neighbour, which is another agency, asks
// whether it is still served.
#ifndef ACCORD_TESTS_FUZZ_FUZZED_GATEWAY_H_
#define ACCORD_TESTS_FUZZ_FUZZED_GATEWAY_H_

#include <memory>

#include "services/gateway/testing/fixture.h"
#include "services/gateway/testing/raw_peer.h"
#include "tests/fuzz/peer.h"

namespace accord::fuzz {

class FuzzedGateway : public gateway::GatewayTest {
 public:
  static FuzzedGateway& Open();
  ~FuzzedGateway() override;
  void TestBody() override {}

  // This gives a new connection of the agency under test.
  Peer Connect() { return Peer(gateway_->port(), context_); }
  // This gives a new connection for which the test writes the frames by hand.
  std::unique_ptr<gateway::RawPeer> Speak();
  // This waits until nothing of earlier calls is left and the neighbour's call is answered.
  void Settle();

 private:
  // This service answers as it is asked within bounds, and checks that every call is one that a gateway
  // may forward.
  class Service;

  FuzzedGateway();
  void Greet();

  std::unique_ptr<Service> service_;
  gateway::TestCertificate neighbour_;
  gateway::TlsContext context_;
  std::unique_ptr<gateway::RawPeer> at_ease_;
  int32_t stream_ = 1;
};

}  // namespace accord::fuzz

#endif  // ACCORD_TESTS_FUZZ_FUZZED_GATEWAY_H_
