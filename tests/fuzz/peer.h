// This TLS client sends whatever it is given. Nothing of HTTP/2 is added.
#ifndef ACCORD_TESTS_FUZZ_PEER_H_
#define ACCORD_TESTS_FUZZ_PEER_H_

#include <string>
#include <string_view>

#include "services/gateway/http2/tls.h"

namespace accord::fuzz {

class Peer {
 public:
  // This connects on loopback and shakes hands.
  Peer(int port, const gateway::TlsContext& context);
  ~Peer();
  Peer(const Peer&) = delete;

  // This sends the bytes. If the other side has closed, the rest is dropped.
  void Send(std::string_view bytes);
  // Stops sending, and reads what the other side sends until it closes too. It gives false if it does not
  // within 20 s.
  bool ReadToTheEnd();
  // This reads until `stop` or the end comes, and gives false if neither does within 20 s.
  bool ReadUntil(std::string_view stop);
  // This closes the connection with a reset.
  void Reset();

 private:
  // This reads what comes next. It gives false at the end of the connection, and sets `late_` if
  // nothing comes.
  bool ReadSome(std::string* into);

  int fd_ = -1;
  bool late_ = false;
  gateway::SslPtr ssl_;
};

}  // namespace accord::fuzz

#endif  // ACCORD_TESTS_FUZZ_PEER_H_
