#include "services/gateway/http2/internal_call.h"

namespace accord::gateway {

std::shared_ptr<InternalCall> InternalCall::Start(Upstream* upstream, const std::string& path,
                                                  const std::string& request, Millis timeout,
                                                  OnMessage message, OnDone done) {
  auto call = std::make_shared<InternalCall>();
  Headers headers = {{":method", "POST"},
                     {":scheme", "https"},
                     {":path", path},
                     {":authority", "accord"},
                     {"content-type", "application/grpc"},
                     {"te", "trailers"}};
  if (timeout.count() > 0) headers.emplace_back("grpc-timeout", FormatGrpcTimeout(timeout));
  call->stream_ = upstream->Open(headers, call);
  if (!call->stream_) return nullptr;
  call->message_ = std::move(message);
  call->done_ = std::move(done);
  const uint32_t size = static_cast<uint32_t>(request.size());
  const char prefix[5] = {0, static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                          static_cast<char>(size >> 8), static_cast<char>(size)};
  call->stream_.Write(std::string_view(prefix, sizeof prefix));
  call->stream_.Write(std::string_view(request));
  call->stream_.Finish();
  return call;
}

void InternalCall::OnUpstreamHeaders(Headers headers, bool, bool) {
  if (const auto status = GrpcStatusIn(headers)) code_ = *status;
}

void InternalCall::OnUpstreamData(std::string_view bytes) {
  stream_.Consume(bytes.size());
  buffer_.append(bytes);
  while (buffer_.size() >= 5) {
    const auto* p = reinterpret_cast<const unsigned char*>(buffer_.data());
    const std::size_t size =
        (std::size_t{p[1]} << 24) | (std::size_t{p[2]} << 16) | (std::size_t{p[3]} << 8) | p[4];
    if (buffer_.size() < 5 + size) return;
    if (message_) message_(std::string_view(buffer_).substr(5, size));
    buffer_.erase(0, 5 + size);
  }
}

void InternalCall::OnUpstreamEnd() {}

void InternalCall::OnUpstreamClosed() {
  stream_.Forget();
  if (!done_) return;
  const OnDone done = std::move(done_);
  done_ = nullptr;
  done(code_);
}

void InternalCall::Abandon() {
  done_ = nullptr;
  message_ = nullptr;
  stream_.Abandon();
}

}  // namespace accord::gateway
