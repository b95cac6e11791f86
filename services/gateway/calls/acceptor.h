// This is what accepts agencies' connections on one loop, and says who makes way where there is no room.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_ACCEPTOR_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_ACCEPTOR_H_

#include <cstddef>
#include <string>

#include "services/gateway/calls/shard.h"

namespace accord::gateway {

// An Acceptor is used on its shard's thread, and outlives the shard's loop.
class Acceptor {
 public:
  // `fd` is a socket that listens; the process has so many `loops`, which share its places.
  Acceptor(Shard* shard, int fd, std::size_t loops) : shard_(shard), fd_(fd), loops_(loops) {}

  // This accepts connections from now on.
  void Listen();

 private:
  // Pauses accepting for a moment.
  void ListenLater();
  void Accept();
  // This takes a place for a connection from this address. It returns whether there is one.
  bool Admit(const std::string& address);
  // This closes the connection that has waited longest without an active certificate: one of this address or,
  // if it is empty, one of the address that has by far the most of them, or else of all.
  bool MakeRoom(const std::string& address);

  Shard* const shard_;
  const int fd_;
  const std::size_t loops_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_ACCEPTOR_H_
