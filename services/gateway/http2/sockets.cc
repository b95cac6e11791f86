#include "services/gateway/http2/sockets.h"

#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/base/socket.h"

namespace accord::gateway {

bool AreNumericAddresses(const std::string& addresses) {
  return addresses.find_first_not_of("0123456789.:[]abcdef,") == std::string::npos &&
         (addresses.front() == '[' || addresses.find_first_not_of("0123456789.:,") == std::string::npos);
}

std::vector<Endpoint> EndpointsOf(const std::string& addresses) {
  std::vector<Endpoint> endpoints;
  for (const absl::string_view address : absl::StrSplit(addresses, ',', absl::SkipWhitespace())) {
    const Addresses found =
        ResolveAddress(std::string(absl::StripAsciiWhitespace(address)), AddressUse::kConnect);
    for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
      Endpoint& endpoint = endpoints.emplace_back();
      std::memcpy(&endpoint.address, each->ai_addr, each->ai_addrlen);
      endpoint.size = each->ai_addrlen;
    }
  }
  return endpoints;
}

int ConnectTo(const Endpoint& endpoint) {
  const int fd = ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&endpoint.address), endpoint.size) != 0 &&
      errno != EINPROGRESS) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int ListenOn(const std::string& address, int* port) {
  const Addresses found = ResolveAddress(address, AddressUse::kListen);
  if (found == nullptr) return -1;
  if (*port != 0) {
    // The loops after the first listen on the port that the first one was given.
    reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_port = htons(static_cast<uint16_t>(*port));
  }
  const int fd = ListeningSocket(*found, 1024, true);
  if (fd >= 0) *port = PortOf(fd);
  return fd;
}

bool IsLoopback(const std::string& addresses) {
  for (const absl::string_view each : absl::StrSplit(addresses, ',')) {
    const absl::string_view address = absl::StripAsciiWhitespace(each);
    if (!absl::StartsWith(address, "127.") && !absl::StartsWith(address, "[::1]:") &&
        !absl::StartsWith(address, "localhost:")) {
      return false;
    }
  }
  return true;
}

}  // namespace accord::gateway
