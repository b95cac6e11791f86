// A TLS client that sends whatever it is given. Nothing of HTTP/2 is added.
#ifndef ACCORD_TESTS_FUZZ_PEER_H_
#define ACCORD_TESTS_FUZZ_PEER_H_

#include <string>
#include <string_view>

#include "services/gateway/http2/tls.h"

namespace accord::fuzz {

class Peer {
 public:
  // Connects on loopback and shakes hands.
  Peer(int port, const gateway::TlsContext& context);
  ~Peer();
  Peer(const Peer&) = delete;

  // What does not go out because the other side closed is dropped.
  void Send(std::string_view bytes);
  // No more comes from here; what the other side sends is read until it closes too. It is false if it does
  // not within 20 s.
  bool ReadToTheEnd();
  // Reads until `stop` came, or the end did; it is false if neither does within 20 s.
  bool ReadUntil(std::string_view stop);
  // Leaves with a reset.
  void Reset();

 private:
  // False at the end of the connection; `late_` if it does not come.
  bool ReadSome(std::string* into);

  int fd_ = -1;
  bool late_ = false;
  gateway::SslPtr ssl_;
};

}  // namespace accord::fuzz

#endif  // ACCORD_TESTS_FUZZ_PEER_H_
