// A whole gateway in this process, with a service, a registry and an audit behind it, that lives through all
// inputs of a fuzz target; and a neighbour, another agency, who asks after each of them whether it is
// still served.
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

  // Gives a new connection of the agency under test.
  Peer Connect() { return Peer(gateway_->port(), context_); }
  // Gives the same, spoken by hand.
  std::unique_ptr<gateway::RawPeer> Speak();
  // Nothing of the calls before is left, and the neighbour's call is answered.
  void Settle();

 private:
  // Answers as asked within bounds, and holds every call to what a gateway may forward.
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
