// This is the connection of a loop to one service behind the gateway.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_

#include <sys/socket.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "accord/gateway/v1/config.pb.h"
#include "services/gateway/http2/http2_connection.h"

namespace accord::gateway {

// This says who listens to one upstream stream. OnUpstreamClosed is the last.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  // `cut`: the list was larger than allowed, and its rest is missing.
  virtual void OnUpstreamHeaders(Headers headers, bool end, bool cut) = 0;
  virtual void OnUpstreamData(std::string_view bytes) = 0;
  virtual void OnUpstreamEnd() = 0;
  virtual void OnUpstreamDrained() = 0;
  virtual void OnUpstreamClosed() = 0;
};

class Upstream;

// One connection to a service, and who listens to its streams.
class UpstreamSession : public Http2Connection::Events {
 public:
  explicit UpstreamSession(Upstream* owner) : owner_(owner) {}
  ~UpstreamSession() override;

  void Open(EventLoop* loop, int fd, TlsContext context, Millis ping);
  // Takes no new stream, and closes once no stream is left.
  void Leave();
  bool was_up() const { return up_; }
  bool ready() const { return up_ && !leaving_; }
  Http2Connection& http2() { return *http2_; }
  // Negative if the connection cannot take it.
  int32_t Start(const Headers& headers, const std::shared_ptr<StreamSink>& sink);
  // Forgets the sink and resets the stream.
  void Abandon(int32_t stream);
  void Detach();

  void OnUp(const PeerCertificate& peer) override;
  void OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) override;
  void OnData(int32_t stream, std::string_view bytes) override;
  void OnEnd(int32_t stream) override;
  void OnDrained(int32_t stream) override;
  void OnStreamClosed(int32_t stream, uint32_t error_code) override;
  void OnGoAway() override;
  void OnDown() override;

 private:
  std::shared_ptr<StreamSink> SinkOf(int32_t stream) const;

  Upstream* owner_;
  std::shared_ptr<Http2Connection> http2_;
  bool up_ = false;
  bool leaving_ = false;
  absl::flat_hash_map<int32_t, std::weak_ptr<StreamSink>> sinks_;
};

// A stream on one of an upstream's connections; false when there is none, or none any more.
class UpstreamStream {
 public:
  UpstreamStream() = default;
  UpstreamStream(std::shared_ptr<UpstreamSession> session, int32_t id)
      : session_(std::move(session)), id_(id) {}
  explicit operator bool() const { return session_ != nullptr; }

  void Write(std::string_view bytes) { session_->http2().Write(id_, bytes); }
  void Write(std::string&& bytes) { session_->http2().Write(id_, std::move(bytes)); }
  void Finish() { session_->http2().Finish(id_, {}); }
  void Consume(std::size_t size) { session_->http2().Consume(id_, size); }
  std::size_t Waiting() const { return session_->http2().Waiting(id_); }
  // Resets it, if it is there; no event comes after that.
  void Abandon() {
    if (const auto session = std::exchange(session_, nullptr)) session->Abandon(id_);
  }
  // This is called after OnUpstreamClosed.
  void Forget() { session_ = nullptr; }

 private:
  std::shared_ptr<UpstreamSession> session_;
  int32_t id_ = 0;
};

// An address that a name resolves to.
struct Endpoint {
  sockaddr_storage address{};
  socklen_t size = 0;
};

// Connects, checks the peer's name, and reconnects with growing pauses as long as it lives. Each attempt
// tries every address that the name resolves to. A new connection is opened at once when the service
// announces its shutdown or when stream numbers run out; calls on the old connection end there. A peer that
// is silent and does not answer a PING counts as lost.
class Upstream {
 public:
  using ContextSource = std::function<TlsContext()>;
  // `uri`: the only one in the certificate of the service. `ping`: how long a peer may be silent, and then
  // how long its answer to a PING may take.
  Upstream(EventLoop* loop, const v1::Backend& backend, std::string uri, Millis ping, ContextSource context);
  ~Upstream();

  void Connect();
  // Is called about once a second.
  void Tick(SteadyTime now);
  // Tests make the next call take this stream number.
  void Age(int32_t next_stream) {
    if (ready()) session_->http2().Age(next_stream);
  }
  bool ready() const { return session_ != nullptr && session_->ready(); }
  // Called each time a connection becomes ready.
  void WhenReady(std::function<void()> ready) { when_ready_ = std::move(ready); }
  // `ready` is called once, when the upstream is next ready, unless `who` is gone by then. Nothing is kept
  // for a caller that gave up waiting, however long the service is away.
  void AwaitReady(std::weak_ptr<const void> who, std::function<void()> ready) {
    waiting_.push_back({std::move(who), std::move(ready)});
  }
  std::size_t waiting() const { return waiting_.size(); }

  // The sink is held weakly. None if there is no connection.
  UpstreamStream Open(const Headers& headers, const std::shared_ptr<StreamSink>& sink);

 private:
  friend class UpstreamSession;
  void ConnectLater();
  // Tries the next address of the last look-up; after the last one, waits before it looks up again.
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
  // Resolves names on a thread of its own, because that may take long and a loop may not wait.
  std::thread resolver_;
  std::vector<Endpoint> addresses_;
  std::size_t next_address_ = 0;
  std::shared_ptr<UpstreamSession> session_;
  std::vector<std::shared_ptr<UpstreamSession>> leaving_;
  Millis pause_{50};
  std::optional<EventLoop::TimerId> retry_;
};

// Gives a listening descriptor on the first address that `address:port` resolves to, or -1.
int ListenOn(const std::string& address, int* port);
// Whether each of the addresses, separated by commas, is a loopback address.
bool IsLoopback(const std::string& addresses);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_H_
