#include "common/base/socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>

namespace accord {

void FreeAddresses::operator()(addrinfo* all) const { ::freeaddrinfo(all); }

Addresses ResolveAddress(const std::string& address, AddressUse use) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return nullptr;
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = use == AddressUse::kListen ? AI_PASSIVE : 0;
  addrinfo* found = nullptr;
  const char* const node = host.empty() ? nullptr : host.c_str();
  if (::getaddrinfo(node, address.c_str() + colon + 1, &hints, &found) != 0) return nullptr;
  return Addresses(found);
}

int ListeningSocket(const addrinfo& address, int backlog, bool shared) {
  const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (shared) ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (::bind(fd, address.ai_addr, address.ai_addrlen) != 0 || ::listen(fd, backlog) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int PortOf(int fd) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  const void* const any = &bound;
  return ntohs(bound.ss_family == AF_INET6 ? static_cast<const sockaddr_in6*>(any)->sin6_port
                                           : static_cast<const sockaddr_in*>(any)->sin_port);
}

}  // namespace accord
