#include "tests/fuzz/peer.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/socket.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {

Peer::Peer(int port, const gateway::TlsContext& context) : ssl_(SSL_new(context.get())) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{.tv_sec = 20, .tv_usec = 0};
  const int on = 1;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const sockaddr_in address = Loopback(port);
  Hold(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
       "the gateway listens");
  SSL_set_fd(ssl_.get(), fd_);
  Hold(SSL_connect(ssl_.get()) == 1, "the gateway shakes hands");
}

Peer::~Peer() {
  if (fd_ >= 0) ::close(fd_);
}

void Peer::Send(std::string_view bytes) {
  if (bytes.empty()) return;
  ERR_clear_error();
  SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
}

bool Peer::ReadSome(std::string* into) {
  char buffer[16 * 1024];
  ERR_clear_error();
  const int got = SSL_read(ssl_.get(), buffer, sizeof buffer);
  if (got > 0) {
    into->append(buffer, static_cast<std::size_t>(got));
    return true;
  }
  const int error = SSL_get_error(ssl_.get(), got);
  late_ = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
  return false;
}

bool Peer::ReadToTheEnd() {
  ::shutdown(fd_, SHUT_WR);
  std::string seen;
  while (ReadSome(&seen)) seen.clear();
  return !late_;
}

bool Peer::ReadUntil(std::string_view stop) {
  std::string seen;
  while (seen.find(stop) == std::string::npos) {
    if (!ReadSome(&seen)) return !late_;
  }
  return true;
}

void Peer::Reset() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(fd_);
  fd_ = -1;
}

}  // namespace accord::fuzz
