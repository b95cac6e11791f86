// The one connection of a loop to one service behind the gateway.
#ifndef ACCORD_SERVICES_GATEWAY_UPSTREAM_H_
#define ACCORD_SERVICES_GATEWAY_UPSTREAM_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "accord/gateway/v1/config.pb.h"
#include "services/gateway/link.h"

namespace accord::gateway {

// Who listens to one upstream stream. After OnUpstreamClosed the stream's id means nothing any more.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  virtual void OnUpstreamHeaders(Headers headers, bool end) = 0;
  virtual void OnUpstreamData(std::string_view bytes) = 0;
  virtual void OnUpstreamEnd() = 0;
  virtual void OnUpstreamDrained() = 0;
  virtual void OnUpstreamClosed() = 0;
};

// Connects, checks the peer's name, and connects again with growing pauses for as long as it lives.
class Upstream : public Link::Events {
 public:
  using ContextSource = std::function<TlsContext()>;
  Upstream(EventLoop* loop, const v1::Backend& backend, ContextSource context);
  ~Upstream() override;

  void Connect();
  bool ready() const { return up_ && !leaving_; }
  // Called each time the connection becomes ready.
  void WhenReady(std::function<void()> ready) { when_ready_ = std::move(ready); }
  // Called once, when it becomes ready next.
  void AwaitReady(std::function<void()> ready) { waiting_.push_back(std::move(ready)); }

  // The sink is held weakly. Negative if there is no connection.
  int32_t Open(const Headers& headers, const std::shared_ptr<StreamSink>& sink);
  // Valid only with the id of a stream that has not been closed.
  Link& link() { return *link_; }
  // Forgets the sink and resets the stream.
  void Abandon(int32_t stream);

  void OnUp(const PeerCertificate& peer) override;
  void OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) override;
  void OnData(int32_t stream, std::string_view bytes) override;
  void OnEnd(int32_t stream) override;
  void OnDrained(int32_t stream) override;
  void OnStreamClosed(int32_t stream, uint32_t error_code) override;
  void OnGoAway() override;
  void OnDown() override;

 private:
  void ConnectLater();
  void OpenLink(int fd);
  std::shared_ptr<StreamSink> SinkOf(int32_t stream) const;

  EventLoop* loop_;
  v1::Backend backend_;
  ContextSource context_;
  std::function<void()> when_ready_;
  std::vector<std::function<void()>> waiting_;
  // Looks names up: that may take long, and a loop may not wait.
  std::thread resolver_;
  std::shared_ptr<Link> link_;
  bool up_ = false;
  bool leaving_ = false;
  Millis pause_{50};
  std::optional<EventLoop::TimerId> retry_;
  absl::flat_hash_map<int32_t, std::weak_ptr<StreamSink>> sinks_;
};

// `address:port`, first address it resolves to; a connecting or listening descriptor, or -1. Names are looked
// up while the caller waits.
int ConnectTo(const std::string& address);
int ListenOn(const std::string& address, int* port);
bool IsLoopback(const std::string& address);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_UPSTREAM_H_
