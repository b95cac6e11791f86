// This is a call that the gateway makes itself: AppendRecords and WatchPolicy.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_INTERNAL_CALL_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_INTERNAL_CALL_H_

#include <functional>
#include <memory>
#include <string>

#include "services/gateway/http2/upstream.h"

namespace accord::gateway {

// This sends one request and takes messages as they come; it ends with a gRPC code, UNAVAILABLE if the
// connection is lost.
class InternalCall : public StreamSink {
 public:
  using OnMessage = std::function<void(std::string_view message)>;
  using OnDone = std::function<void(int code)>;

  // This gives nullptr if the upstream is not ready. The caller keeps the call alive; a `timeout` of 0
  // means none.
  static std::shared_ptr<InternalCall> Start(Upstream* upstream, const std::string& path,
                                             const std::string& request, Millis timeout, OnMessage message,
                                             OnDone done);
  void OnUpstreamHeaders(Headers headers, bool end, bool cut) override;
  void OnUpstreamData(std::string_view bytes) override;
  void OnUpstreamEnd() override;
  void OnUpstreamDrained() override {}
  void OnUpstreamClosed() override;

  // Stops without a further event.
  void Abandon();

 private:
  UpstreamStream stream_;
  std::string buffer_;
  int code_ = static_cast<int>(absl::StatusCode::kUnavailable);
  OnMessage message_;
  OnDone done_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_INTERNAL_CALL_H_
