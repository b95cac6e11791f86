// These are the sockets of the gateway: those that listen, and those that connect to a service.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_SOCKETS_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_SOCKETS_H_

#include <sys/socket.h>

#include <string>
#include <vector>

namespace accord::gateway {

// This is an address that a name resolves to.
struct Endpoint {
  sockaddr_storage address{};
  socklen_t size = 0;
};

// This says whether the addresses need no look-up, as `127.0.0.1:7400` and `[::1]:7400` do.
bool AreNumericAddresses(const std::string& addresses);

// This gives every address that the names, separated by commas, resolve to. It may wait for the name servers.
std::vector<Endpoint> EndpointsOf(const std::string& addresses);

// This gives a connecting descriptor, or -1.
int ConnectTo(const Endpoint& endpoint);

// This gives a listening descriptor on the first address that `address:port` resolves to, or -1.
int ListenOn(const std::string& address, int* port);

// This says whether each of the addresses, separated by commas, is a loopback address.
bool IsLoopback(const std::string& addresses);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_SOCKETS_H_
