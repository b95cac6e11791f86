// This is one connection of an Upstream to its service.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_SESSION_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_SESSION_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "services/gateway/http2/http2_connection.h"
#include "services/gateway/http2/stream_sink.h"

namespace accord::gateway {

class Upstream;

// This is one connection to a service, with the listeners to its streams.
class UpstreamSession : public Http2Connection::Events {
 public:
  explicit UpstreamSession(Upstream* owner) : owner_(owner) {}
  ~UpstreamSession() override;

  void Open(EventLoop* loop, int fd, TlsContext context, Millis ping);
  // This takes no new stream, and closes once no stream is left.
  void Leave();
  bool was_up() const { return up_; }
  bool ready() const { return up_ && !leaving_; }
  Http2Connection& http2() { return *http2_; }
  // This gives the new stream; it is negative if the connection cannot take it.
  int32_t Start(const Headers& headers, const std::shared_ptr<StreamSink>& sink);
  // This forgets the sink and resets the stream.
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

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_SESSION_H_
