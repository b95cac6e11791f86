#include "services/gateway/calls/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

// When the process has no file descriptor left, it tries to accept connections again after this.
constexpr Millis kWithoutDescriptor{20};

// This gives the address whose stranger makes way: the address that has the most strangers or, if none has
// more than an eighth of them, that of the stranger that came first. A crowd of addresses thus does not
// single out one that many agencies share.
std::string MostCrowdedAddress(const std::list<Connection*>& strangers) {
  if (strangers.empty()) return "";
  std::unordered_map<std::string, std::size_t> counts;
  std::size_t most = 0;
  for (const Connection* each : strangers) most = std::max(most, ++counts[each->address()]);
  if (most * 8 <= strangers.size()) return strangers.front()->address();
  const auto crowded = std::find_if(strangers.begin(), strangers.end(),
                                    [&](const Connection* each) { return counts[each->address()] == most; });
  return (*crowded)->address();
}

// This gives the stranger from this address that makes way. It is the first of those that have not greeted,
// so that one that says nothing cannot drive out one that greets. If more than half have greeted, it is the
// first of these, so that a crowd that greets leaves half of the places to newcomers. It is null if there
// is none.
Connection* StrangerToEvict(const std::list<Connection*>& strangers, const std::string& address) {
  Connection* first_greeted = nullptr;
  Connection* first_other = nullptr;
  int greeted = 0, others = 0;
  for (Connection* each : strangers) {
    if (each->address() != address) continue;
    Connection*& first = each->greeted() ? first_greeted : first_other;
    ++(each->greeted() ? greeted : others);
    if (first == nullptr) first = each;
  }
  return greeted > others ? first_greeted : first_other;
}

}  // namespace

void Acceptor::Listen() {
  shard_->listening = shard_->loop.Watch(fd_, EPOLLIN, [this](uint32_t) { Accept(); });
}

void Acceptor::ListenLater() {
  shard_->loop.Forget(shard_->listening, fd_);
  shard_->loop.After(kWithoutDescriptor, [this] { Listen(); });
}

bool Acceptor::MakeRoom(const std::string& address) {
  Connection* const stranger =
      StrangerToEvict(shard_->strangers, address.empty() ? MostCrowdedAddress(shard_->strangers) : address);
  if (stranger == nullptr) return false;
  ++shard_->telemetry->connections_refused;
  const auto found = shard_->connections.find(stranger->id());
  const std::shared_ptr<Connection> evicted = found->second;
  shard_->connections.erase(found);
  // Another connection may take its place at once. The object itself lives until the loop no longer uses it.
  evicted->Evict();
  return true;
}

bool Acceptor::Admit(const std::string& address) {
  using Room = ConnectionLedger::Room;
  if (shard_->draining) return false;
  const auto& limits = shard_->gateway->config.limits();
  if (shard_->strangers.size() >= static_cast<std::size_t>(limits.max_handshakes()) / loops_ + 1)
    MakeRoom("");
  const auto same = std::count_if(shard_->strangers.begin(), shard_->strangers.end(),
                                  [&](const Connection* each) { return each->address() == address; });
  if (static_cast<std::size_t>(same) >= static_cast<std::size_t>(limits.address_handshakes()) / loops_ + 1) {
    MakeRoom(address);
  }
  Room room = shard_->gateway->connections->EnterAddress(address);
  if (room != Room::kYes && MakeRoom(room == Room::kFull ? "" : address)) {
    room = shard_->gateway->connections->EnterAddress(address);
  }
  return room == Room::kYes;
}

void Acceptor::Accept() {
  for (int i = 0; i < 16; ++i) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int accepted =
        ::accept4(fd_, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) {
      const bool without = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
      // Without a pause the listener would be ready for ever, and the loop would do nothing else. A
      // connection that makes room gives its descriptor back when this turn ends.
      if (without && !MakeRoom("")) ListenLater();
      return;
    }
    const std::string address = AddressOf(peer);
    if (!Admit(address)) {
      ++shard_->telemetry->connections_refused;
      ::close(accepted);
      continue;
    }
    const int on = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const uint64_t id = shard_->next_connection++;
    auto connection = std::make_shared<Connection>(shard_, id, address);
    shard_->connections[id] = connection;
    connection->Open(accepted);
  }
}

}  // namespace accord::gateway
