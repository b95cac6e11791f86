#include "tests/clients/conformance_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace accord::conformance {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool SendAll(int sink, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(sink, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

Relay::Relay(int target_port)
    : target_port_(target_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  if (listener_ < 0 || bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the relay cannot listen");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

Relay::~Relay() {
  shut = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  Cut();
  for (std::thread& each : carriers_) each.join();
}

void Relay::Cut() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const int end : open_) shutdown(end, SHUT_RDWR);
}

void Relay::Accept() {
  while (true) {
    const int near = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (near < 0) return;
    ++accepted;
    if (shut) {
      close(near);
      continue;
    }
    carriers_.emplace_back([this, near] { Carry(near); });
  }
}

void Relay::Carry(int near) {
  const int far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(target_port_);
  if (connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      open_.insert({near, far});
      // If everything was cut meanwhile, these two connections were missed, so they are cut here.
      if (shut) shutdown(near, SHUT_RDWR);
    }
    std::thread back([this, near, far] { HandOn(far, near, true); });
    HandOn(near, far, false);
    back.join();
    const std::lock_guard<std::mutex> lock(mutex_);
    open_.erase(near);
    open_.erase(far);
  }
  close(near);
  close(far);
}

void Relay::HandOn(int source, int sink, bool of_gateway) {
  std::array<char, 65536> buffer = {};
  while (true) {
    const ssize_t size = recv(source, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    if (of_gateway && swallows) continue;
    if (!SendAll(sink, buffer.data(), static_cast<std::size_t>(size))) break;
  }
  shutdown(source, SHUT_RDWR);
  shutdown(sink, SHUT_RDWR);
}

}  // namespace accord::conformance
