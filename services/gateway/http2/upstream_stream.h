// This is one stream on a connection to a service, by which a call writes and reads.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_STREAM_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "services/gateway/http2/upstream_session.h"

namespace accord::gateway {

// This is a stream on one of an upstream's connections. It is false if there is none, or none any more.
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
  // This resets the stream, if there is one; no event comes after that.
  void Abandon() {
    if (const auto session = std::exchange(session_, nullptr)) session->Abandon(id_);
  }
  // This is called after OnUpstreamClosed.
  void Forget() { session_ = nullptr; }

 private:
  std::shared_ptr<UpstreamSession> session_;
  int32_t id_ = 0;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_UPSTREAM_STREAM_H_
