// These functions open TCP sockets by their file descriptors, for protocols other than gRPC.
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

// An address to connect to is a peer's, whose name is looked up. An address to listen at may leave out the
// host, which means every address of this machine.
enum class AddressUse { kConnect, kListen };

// This resolves `host:port`, where an IPv6 address is in brackets, and gives null if it cannot be resolved.
Addresses ResolveAddress(const std::string& address, AddressUse use);

// This gives a listening, non-blocking file descriptor, or -1. `shared` lets other sockets listen at the
// same port.
int ListeningSocket(const addrinfo& address, int backlog, bool shared);

// This gives the port that a socket is bound to; it is 0 if it is bound to none.
int PortOf(int fd);

// This gives an address that only this machine can reach. Port 0 lets the kernel choose one.
inline sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_SOCKET_H_
