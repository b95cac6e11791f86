// TCP sockets by their descriptors, for what speaks over them without gRPC.
#ifndef ACCORD_COMMON_BASE_SOCKET_H_
#define ACCORD_COMMON_BASE_SOCKET_H_

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <cstdint>
#include <memory>
#include <string>

namespace accord {

struct FreeAddresses {
  void operator()(addrinfo* all) const;
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// Who connects asks where a name leads. Who listens may leave the host out, and then listens at every
// address that this machine has.
enum class AddressUse { kConnect, kListen };

// What `host:port` stands for, where an IPv6 address is in brackets; null if it stands for nothing.
Addresses ResolveAddress(const std::string& address, AddressUse use);

// A descriptor that listens and does not block, or -1. `shared`: others may listen at the same port.
int ListeningSocket(const addrinfo& address, int backlog, bool shared);

// Gives the port that a socket is bound to; 0 if it is bound to none.
int PortOf(int fd);

// This machine alone. Port 0 lets the kernel choose one.
inline sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_SOCKET_H_
