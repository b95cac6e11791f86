#include "common/metrics/metrics_server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <list>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/socket.h"
#include "common/metrics/metrics_page.h"

namespace accord {
namespace {

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ~Fd() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

struct Connection {
  Fd fd;
  absl::Time until;
  std::string in, out = {};
  std::size_t sent = 0;
  // The whole answer was sent. The connection is closed only after the peer closes it: closing with
  // unread bytes would discard the answer.
  bool answered = false;
};

}  // namespace

class MetricsServer::Loop {
 public:
  Loop(int listener, std::shared_ptr<prometheus::Collectable> collected, const Limits& limits)
      : listener_(listener),
        wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        collected_(std::move(collected)),
        limits_(limits),
        thread_([this] { Run(); }) {}
  ~Loop() {
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_.get(), &one, sizeof one);
    thread_.join();
  }
  int port() const { return PortOf(listener_.get()); }

 private:
  void Run() {
    for (;;) {
      std::vector<pollfd> polled = {{wake_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
      for (const Connection& each : connections_) {
        polled.push_back(
            {each.fd.get(), static_cast<short>(each.out.empty() || each.answered ? POLLIN : POLLOUT), 0});
      }
      poll(polled.data(), polled.size(), Patience());
      if (polled[0].revents != 0) return;
      Serve(polled);
      if (polled[1].revents != 0) Accept();
    }
  }

  // This gives the milliseconds until the oldest connection times out; it is -1 if there is none.
  int Patience() const {
    if (connections_.empty()) return -1;
    const absl::Duration left = std::max(connections_.front().until - absl::Now(), absl::ZeroDuration());
    return static_cast<int>(absl::ToInt64Milliseconds(left)) + 1;
  }

  void Serve(const std::vector<pollfd>& polled) {
    const absl::Time now = absl::Now();
    std::size_t at = 2;
    for (auto it = connections_.begin(); it != connections_.end(); ++at) {
      const bool alive = now < it->until && (polled[at].revents == 0 || Step(&*it));
      it = alive ? std::next(it) : connections_.erase(it);
    }
  }

  // Reads or writes as much as is possible without waiting; it is false when the connection is done.
  bool Step(Connection* connection) {
    if ((connection->out.empty() || connection->answered) && !Read(connection)) return false;
    while (connection->sent < connection->out.size()) {
      const ssize_t sent = send(connection->fd.get(), connection->out.data() + connection->sent,
                                connection->out.size() - connection->sent, MSG_NOSIGNAL);
      if (sent <= 0) return sent < 0 && (errno == EAGAIN || errno == EINTR);
      connection->sent += static_cast<std::size_t>(sent);
    }
    if (!connection->out.empty() && !std::exchange(connection->answered, true)) {
      shutdown(connection->fd.get(), SHUT_WR);
    }
    return true;
  }

  bool Read(Connection* connection) {
    char bytes[2048];
    const ssize_t got = recv(connection->fd.get(), bytes, sizeof bytes, 0);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    if (connection->answered) return true;
    connection->in.append(bytes, static_cast<std::size_t>(got));
    if (auto answer = AnswerTo(connection->in, limits_.request_bytes, *collected_)) {
      connection->out = *std::move(answer);
    }
    return true;
  }

  void Accept() {
    for (;;) {
      const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE) GiveUpOne();
        return;
      }
      if (connections_.size() >= limits_.connections) connections_.pop_front();
      connections_.push_back({Fd(fd), absl::Now() + limits_.time, {}});
    }
  }

  // The process has no descriptors left. Only connections of this page may be closed to free one.
  void GiveUpOne() {
    if (connections_.empty()) {
      absl::SleepFor(absl::Milliseconds(50));
    } else {
      connections_.pop_front();
    }
  }

  const Fd listener_, wake_;
  const std::shared_ptr<prometheus::Collectable> collected_;
  const Limits limits_;
  // Connections stand in the order in which they were accepted.
  std::list<Connection> connections_;
  std::thread thread_;
};

MetricsServer::MetricsServer(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
MetricsServer::~MetricsServer() = default;

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    const std::string& listen, std::shared_ptr<prometheus::Collectable> collected, const Limits& limits) {
  const Addresses found = ResolveAddress(listen, AddressUse::kListen);
  const int listener = found == nullptr ? -1 : ListeningSocket(*found, 128, false);
  if (listener < 0) return absl::UnavailableError(absl::StrCat("cannot serve metrics on ", listen));
  return std::unique_ptr<MetricsServer>(
      new MetricsServer(std::make_unique<Loop>(listener, std::move(collected), limits)));
}

int MetricsServer::port() const { return loop_->port(); }

}  // namespace accord
