// This is the connection of a loop to one service behind the gateway.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "accord/gateway/v1/config.pb.h"
#include "services/gateway/http2/http2_connection.h"
#include "services/gateway/http2/sockets.h"
#include "services/gateway/http2/stream_sink.h"
#include "services/gateway/http2/upstream_session.h"
#include "services/gateway/http2/upstream_stream.h"

namespace accord::gateway {

// An Upstream connects, checks the peer's name, and reconnects with growing pauses as long as it lives. Each
// attempt tries every address that the name resolves to. A new connection is opened at once when the service
// announces its shutdown or when stream numbers run out; calls on the old connection end there. A peer that
// is silent and does not answer a PING counts as lost.
class Upstream {
 public:
  using ContextSource = std::function<TlsContext()>;
  // `uri` is the only one in the certificate of the service. `ping` is how long a peer may be silent, and
  // then how long its answer to a PING may take.
  Upstream(EventLoop* loop, const v1::Backend& backend, std::string uri, Millis ping, ContextSource context);
  ~Upstream();

  void Connect();
  // This is called about once a second.
  void Tick(SteadyTime now);
  // Tests make the next call take this stream number.
  void Age(int32_t next_stream) {
    if (ready()) session_->http2().Age(next_stream);
  }
  bool ready() const { return session_ != nullptr && session_->ready(); }
  // `ready` is called each time a connection becomes ready.
  void WhenReady(std::function<void()> ready) { when_ready_ = std::move(ready); }
  // `ready` is called once, when the upstream is next ready, unless `who` is gone by then. Nothing is kept
  // for a caller that gave up waiting, however long the service is away.
  void AwaitReady(std::weak_ptr<const void> who, std::function<void()> ready) {
    waiting_.push_back({std::move(who), std::move(ready)});
  }
  std::size_t waiting() const { return waiting_.size(); }

  // The sink is held weakly. The stream is false if there is no connection.
  UpstreamStream Open(const Headers& headers, const std::shared_ptr<StreamSink>& sink);

 private:
  friend class UpstreamSession;
  void ConnectLater();
  // This tries the next address of the last look-up; after the last one, waits before it looks up again.
  void TryNext();
  bool Trusts(const PeerCertificate& peer) const;
  void OnUp();
  void OnLeaving(UpstreamSession* session);
  void OnDown(UpstreamSession* session);

  EventLoop* loop_;
  v1::Backend backend_;
  const std::string uri_;
  const Millis ping_;
  ContextSource context_;
  std::function<void()> when_ready_;
  struct Waiting {
    std::weak_ptr<const void> who;
    std::function<void()> ready;
  };
  std::vector<Waiting> waiting_;
  // This resolves names on a thread of its own, because that may take long and a loop may not wait.
  std::thread resolver_;
  std::vector<Endpoint> addresses_;
  std::size_t next_address_ = 0;
  std::shared_ptr<UpstreamSession> session_;
  std::vector<std::shared_ptr<UpstreamSession>> leaving_;
  Millis pause_{50};
  std::optional<EventLoop::TimerId> retry_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_
