#include "services/gateway/http2/upstream_session.h"

#include <utility>

#include "services/gateway/http2/upstream.h"

namespace accord::gateway {
namespace {

constexpr uint32_t kMaxTrailerBytes = 1 << 20;
// This is shorter than for agencies, because another address may be waiting.
constexpr Millis kHandshake{2000};

}  // namespace

UpstreamSession::~UpstreamSession() { Detach(); }

void UpstreamSession::Open(EventLoop* loop, int fd, TlsContext context, Millis ping) {
  // Trailers name all that a call touched; frames of this size keep them clear of limits on continuations.
  http2_ = Http2Connection::Open(loop, fd, std::move(context),
                                 {.server = false,
                                  .max_header_bytes = kMaxTrailerBytes,
                                  .max_frame_bytes = kMaxTrailerBytes,
                                  // A service sends at most this much of one answer before it continues with
                                  // others, because all agencies share the connection.
                                  .window = 64 * 1024,
                                  .handshake = kHandshake,
                                  .ping = ping,
                                  .unacknowledged = 2 * ping},
                                 this);
}

void UpstreamSession::Leave() {
  leaving_ = true;
  if (sinks_.empty()) http2_->Close();
}

void UpstreamSession::Detach() {
  owner_ = nullptr;
  if (http2_ != nullptr) http2_->Detach();
}

int32_t UpstreamSession::Start(const Headers& headers, const std::shared_ptr<StreamSink>& sink) {
  const int32_t stream = http2_->Request(headers);
  if (stream > 0) sinks_[stream] = sink;
  return stream;
}

void UpstreamSession::Abandon(int32_t stream) {
  if (sinks_.erase(stream) != 0) http2_->Reset(stream, NGHTTP2_CANCEL);
}

std::shared_ptr<StreamSink> UpstreamSession::SinkOf(int32_t stream) const {
  const auto found = sinks_.find(stream);
  return found == sinks_.end() ? nullptr : found->second.lock();
}

void UpstreamSession::OnUp(const PeerCertificate& peer) {
  if (!owner_->Trusts(peer)) return http2_->Close();
  up_ = true;
  owner_->OnUp();
}

void UpstreamSession::OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamHeaders(std::move(headers), end, oversize);
}

void UpstreamSession::OnData(int32_t stream, std::string_view bytes) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamData(bytes);
}

void UpstreamSession::OnEnd(int32_t stream) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamEnd();
}

void UpstreamSession::OnDrained(int32_t stream) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamDrained();
}

void UpstreamSession::OnStreamClosed(int32_t stream, uint32_t) {
  const auto sink = SinkOf(stream);
  sinks_.erase(stream);
  if (sink != nullptr) sink->OnUpstreamClosed();
  if (leaving_ && sinks_.empty()) http2_->Close();
}

void UpstreamSession::OnGoAway() {
  if (leaving_) return;
  Leave();
  owner_->OnLeaving(this);
}

void UpstreamSession::OnDown() {
  leaving_ = true;
  auto sinks = std::move(sinks_);
  sinks_.clear();
  for (auto& [stream, weak] : sinks) {
    if (const auto sink = weak.lock()) sink->OnUpstreamClosed();
  }
  if (owner_ != nullptr) owner_->OnDown(this);
}

}  // namespace accord::gateway
