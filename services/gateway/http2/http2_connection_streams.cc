// This part of an Http2Connection sends the bytes of its streams, and gives credit back for what came in.
#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "services/gateway/http2/header_pairs.h"
#include "services/gateway/http2/http2_connection.h"

namespace accord::gateway {

ssize_t Http2Connection::Provide(int32_t stream, uint8_t* buffer, std::size_t size, uint32_t* flags) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end()) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  Outgoing& out = found->second;
  const std::size_t step = std::min(size, out.bytes.size() - out.sent);
  if (step == 0 && !out.finished) {
    out.asleep = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  std::memcpy(buffer, out.bytes.data() + out.sent, step);
  out.sent += step;
  if (out.sent == out.bytes.size()) {
    out.bytes.clear();
    out.sent = 0;
    if (out.finished) {
      *flags |= NGHTTP2_DATA_FLAG_EOF;
      if (!out.trailers.empty()) {
        *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const auto pairs = HeaderPairs(out.trailers);
        nghttp2_submit_trailer(session_, stream, pairs.data(), pairs.size());
      }
    }
  }
  if (out.was_high && out.bytes.size() - out.sent < kHighWater / 2) {
    out.was_high = false;
    // The event is deferred, because it may write to this very stream.
    loop_->Defer([weak = weak_from_this(), stream] {
      if (const auto self = weak.lock(); self && self->events_ != nullptr) self->events_->OnDrained(stream);
    });
  }
  return static_cast<ssize_t>(step);
}

void Http2Connection::WakeStream(int32_t stream, Outgoing& outgoing) {
  if (outgoing.asleep) {
    outgoing.asleep = false;
    nghttp2_session_resume_data(session_, stream);
  }
  WantFlush();
}

void Http2Connection::Write(int32_t stream, std::string_view bytes) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  out.bytes.append(bytes);
  if (out.bytes.size() - out.sent >= kHighWater) out.was_high = true;
  WakeStream(stream, out);
}

void Http2Connection::Write(int32_t stream, std::string&& bytes) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  if (!out.bytes.empty()) return Write(stream, std::string_view(bytes));
  out.bytes = std::move(bytes);
  if (out.bytes.size() - out.sent >= kHighWater) out.was_high = true;
  WakeStream(stream, out);
}

std::size_t Http2Connection::Waiting(int32_t stream) const {
  const auto found = outgoing_.find(stream);
  return found == outgoing_.end() ? 0 : found->second.bytes.size() - found->second.sent;
}

void Http2Connection::Finish(int32_t stream, Headers trailers, bool drop) {
  const auto found = outgoing_.find(stream);
  if (found == outgoing_.end() || found->second.finished || down_) return;
  Outgoing& out = found->second;
  if (drop) {
    out.bytes.clear();
    out.sent = 0;
    // A peer that opens no window would keep the trailers, and so the stream, waiting for ever.
    if (nghttp2_session_get_stream_remote_window_size(session_, stream) <= 0 ||
        nghttp2_session_get_remote_window_size(session_) <= 0) {
      return Reset(stream, NGHTTP2_CANCEL);
    }
  }
  out.finished = true;
  out.trailers = std::move(trailers);
  WakeStream(stream, out);
}

void Http2Connection::Reset(int32_t stream, uint32_t error_code) {
  if (session_ == nullptr || down_) return;
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, error_code);
  WantFlush();
}

void Http2Connection::Consume(int32_t stream, std::size_t size) {
  if (session_ == nullptr || down_ || size == 0) return;
  nghttp2_session_consume_stream(session_, stream, size);
  WantFlush();
}

}  // namespace accord::gateway
