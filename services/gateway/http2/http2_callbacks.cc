#include "services/gateway/http2/http2_callbacks.h"

#include <string>
#include <utility>

namespace accord::gateway {
namespace {

// A header list beyond its limit is refused; beyond this many times its limit, the connection is closed.
constexpr std::size_t kHopelessHeaders = 8;
// Space for this many headers of a call is reserved; the list grows for more.
constexpr std::size_t kUsualHeaders = 16;
// A call is worth this many frames.
constexpr double kFramesACall = 8;
// A frame that breaks HTTP/2 within its stream, or opens a stream too many, costs this many frames, because
// no quota of calls counts it.
constexpr double kFramesAFault = 16;

}  // namespace

int Http2Callbacks::OnBegin(nghttp2_session*, const nghttp2_frame* frame, void* user) {
  if (frame->hd.type != NGHTTP2_HEADERS) return 0;
  Http2Connection::Incoming& incoming = Of(user)->incoming_;
  incoming = {.stream = frame->hd.stream_id, .headers = {}};
  incoming.headers.reserve(kUsualHeaders);
  return 0;
}

int Http2Callbacks::OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name,
                             size_t name_size, const uint8_t* value, size_t value_size, uint8_t, void* user) {
  Http2Connection::Incoming& incoming = Of(user)->incoming_;
  if (frame->hd.type != NGHTTP2_HEADERS || incoming.stream != frame->hd.stream_id) return 0;
  incoming.size += name_size + value_size + 32;
  if (incoming.size > Of(user)->shape_.max_header_bytes) {
    incoming.oversize = true;
    // Two bytes of a block can stand for 4 KiB that are decoded and checked. No honest caller exceeds
    // this limit.
    const bool hopeless =
        Of(user)->shape_.server && incoming.size > kHopelessHeaders * Of(user)->shape_.max_header_bytes;
    return hopeless ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
  }
  incoming.headers.emplace_back(std::string(reinterpret_cast<const char*>(name), name_size),
                                std::string(reinterpret_cast<const char*>(value), value_size));
  return 0;
}

int Http2Callbacks::OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
  Http2Connection* http2 = Of(user);
  const int32_t stream = frame->hd.stream_id;
  const bool end = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  if (http2->events_ == nullptr) return 0;
  if (frame->hd.type == NGHTTP2_HEADERS) {
    // The call is counted now and not at its end, because a stream that was refused, or was no call at all,
    // also ends.
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) http2->frames_left_ += kFramesACall;
    if (http2->incoming_.stream == stream) {
      // A header block gives back what its frames cost and no more, because one byte of them can stand for
      // thousands that are decoded.
      http2->frames_left_ += static_cast<double>(frame->hd.length) * kFramesAnOtherByte;
      Http2Connection::Incoming incoming = std::exchange(http2->incoming_, {});
      http2->events_->OnHeaders(stream, std::move(incoming.headers), end, incoming.oversize);
    }
    if (end && http2->events_ != nullptr) http2->events_->OnEnd(stream);
  } else if (frame->hd.type == NGHTTP2_DATA) {
    if (end) http2->events_->OnEnd(stream);
  } else if (frame->hd.type == NGHTTP2_GOAWAY) {
    http2->events_->OnGoAway();
  }
  return 0;
}

int Http2Callbacks::OnInvalid(nghttp2_session*, const nghttp2_frame*, int, void* user) {
  Of(user)->frames_left_ -= kFramesAFault;
  Of(user)->faulty_ = true;
  return 0;
}

int Http2Callbacks::OnChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes,
                            size_t size, void* user) {
  // The connection's window is given back at once: what waits is bounded by the windows of the streams, and
  // no slow stream can starve its neighbours.
  nghttp2_session_consume_connection(session, size);
  Http2Connection* http2 = Of(user);
  if (http2->events_ != nullptr) {
    http2->events_->OnData(stream, {reinterpret_cast<const char*>(bytes), size});
  }
  return 0;
}

int Http2Callbacks::OnClose(nghttp2_session*, int32_t stream, uint32_t error_code, void* user) {
  Http2Connection* http2 = Of(user);
  http2->outgoing_.erase(stream);
  if (http2->incoming_.stream == stream) http2->incoming_ = {};
  if (http2->events_ != nullptr) http2->events_->OnStreamClosed(stream, error_code);
  return 0;
}

int Http2Callbacks::OnSent(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
  const bool ends = (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA) &&
                    (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  // The answer came before the end of its request, so the rest of the request is not needed.
  if (ends && Of(user)->shape_.server &&
      nghttp2_session_get_stream_remote_close(session, frame->hd.stream_id) == 0) {
    nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
  }
  return 0;
}

ssize_t Http2Callbacks::Read(nghttp2_session*, int32_t stream, uint8_t* buffer, size_t size, uint32_t* flags,
                             nghttp2_data_source*, void* user) {
  return Of(user)->Provide(stream, buffer, size, flags);
}

}  // namespace accord::gateway
