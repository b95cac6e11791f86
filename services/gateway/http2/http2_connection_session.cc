// How a connection uses nghttp2: its callbacks, the cost of the peer's frames, and how a call begins.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http2/header_pairs.h"
#include "services/gateway/http2/http2_connection.h"

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
// Each byte of a header block can stand for a whole header that is decoded and checked, so 32 bytes of frames
// other than DATA cost as much as a frame. A call gets back what its headers cost.
constexpr double kFramesAnOtherByte = 1.0 / 32;
// A peer that is sent away for its frames has this long to read why.
constexpr Millis kLastWords{1000};

}  // namespace

// nghttp2's C callbacks; `user` is always the session's Http2Connection.
struct Http2Callbacks {
  static Http2Connection* Of(void* user) { return static_cast<Http2Connection*>(user); }

  static int OnBegin(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    Http2Connection::Incoming& incoming = Of(user)->incoming_;
    incoming = {.stream = frame->hd.stream_id, .headers = {}};
    incoming.headers.reserve(kUsualHeaders);
    return 0;
  }
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_size,
                      const uint8_t* value, size_t value_size, uint8_t, void* user) {
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
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
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
  static int OnInvalid(nghttp2_session*, const nghttp2_frame*, int, void* user) {
    Of(user)->frames_left_ -= kFramesAFault;
    Of(user)->faulty_ = true;
    return 0;
  }
  static int OnChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes, size_t size,
                     void* user) {
    // The connection's window is given back at once: what waits is bounded by the windows of the streams, and
    // no slow stream can starve its neighbours.
    nghttp2_session_consume_connection(session, size);
    Http2Connection* http2 = Of(user);
    if (http2->events_ != nullptr) {
      http2->events_->OnData(stream, {reinterpret_cast<const char*>(bytes), size});
    }
    return 0;
  }
  static int OnClose(nghttp2_session*, int32_t stream, uint32_t error_code, void* user) {
    Http2Connection* http2 = Of(user);
    http2->outgoing_.erase(stream);
    if (http2->incoming_.stream == stream) http2->incoming_ = {};
    if (http2->events_ != nullptr) http2->events_->OnStreamClosed(stream, error_code);
    return 0;
  }
  static int OnSent(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    const bool ends = (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA) &&
                      (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    // The answer came before the end of its request, so the rest of the request is not needed.
    if (ends && Of(user)->shape_.server &&
        nghttp2_session_get_stream_remote_close(session, frame->hd.stream_id) == 0) {
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
    }
    return 0;
  }
  static ssize_t Read(nghttp2_session*, int32_t stream, uint8_t* buffer, size_t size, uint32_t* flags,
                      nghttp2_data_source*, void* user) {
    return Of(user)->Provide(stream, buffer, size, flags);
  }
};

bool Http2Connection::StartSession() {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_option* option = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return false;
  nghttp2_option_new(&option);
  nghttp2_option_set_no_auto_window_update(option, 1);
  // A client that opens calls only to reset them (CVE-2023-44487) is sent away: 500 at once, 100 a second.
  nghttp2_option_set_stream_reset_rate_limit(option, 500, 100);
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Http2Callbacks::OnBegin);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, Http2Callbacks::OnHeader);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Http2Callbacks::OnFrame);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, Http2Callbacks::OnInvalid);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Http2Callbacks::OnChunk);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Http2Callbacks::OnClose);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, Http2Callbacks::OnSent);
  const int rc = shape_.server ? nghttp2_session_server_new2(&session_, callbacks, this, option)
                               : nghttp2_session_client_new2(&session_, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  if (rc != 0) return false;
  std::vector<nghttp2_settings_entry> settings = {
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<uint32_t>(shape_.window)},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(shape_.max_header_bytes)},
      {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, shape_.max_frame_bytes}};
  if (shape_.server) {
    settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, shape_.max_streams});
  } else {
    settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  }
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, 4 * 1024 * 1024);
  return true;
}

int32_t Http2Connection::Request(const Headers& headers) {
  if (!up_ || down_) return -1;
  const auto pairs = Pairs(headers);
  nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = Http2Callbacks::Read};
  const int32_t stream =
      nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(), &provider, nullptr);
  if (stream > 0) {
    outgoing_[stream].open = true;
    WantFlush();
  }
  return stream;
}

void Http2Connection::Respond(int32_t stream, const Headers& headers, bool end) {
  if (session_ == nullptr || down_) return;
  const auto pairs = Pairs(headers);
  nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = Http2Callbacks::Read};
  if (!end) outgoing_[stream].open = true;
  nghttp2_submit_response(session_, stream, pairs.data(), pairs.size(), end ? nullptr : &provider);
  WantFlush();
}

void Http2Connection::CountFrames(std::string_view bytes) {
  const auto taken = frames_.Take(bytes);
  if (!frames_.in_headers()) {
    header_block_began_.reset();
  } else if (!header_block_began_) {
    header_block_began_ = heard_;
  }
  if (shape_.frame_burst <= 0) return;
  // Credit for calls and bytes does not accumulate beyond the burst. Otherwise a connection that was busy for
  // an hour could send millions of frames at once.
  frames_left_ += static_cast<double>(taken.data_bytes) * kFramesAByte;
  frames_left_ = std::min(shape_.frame_burst, frames_left_) - static_cast<double>(taken.frames) -
                 static_cast<double>(taken.other_bytes) * kFramesAnOtherByte;
}

void Http2Connection::EndIfWasteful() {
  if (shape_.frame_burst <= 0 || frames_left_ >= 0) return;
  const double passed = std::chrono::duration<double>(heard_ - frames_filled_).count();
  frames_filled_ = heard_;
  frames_left_ = std::min(shape_.frame_burst, frames_left_ + passed * shape_.frames_per_second);
  if (frames_left_ >= 0) return;
  wasteful_ = true;
  nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
  WantFlush();
  // A peer that reads nothing receives no goodbye, and would otherwise go on.
  loop_->After(kLastWords, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Close();
  });
}

}  // namespace accord::gateway
