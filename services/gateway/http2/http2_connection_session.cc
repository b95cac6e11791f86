// This part of an Http2Connection begins its session of nghttp2, counts the cost of the peer's frames, and
// begins calls.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http2/header_pairs.h"
#include "services/gateway/http2/http2_callbacks.h"
#include "services/gateway/http2/http2_connection.h"

namespace accord::gateway {
namespace {

// A peer that is sent away for its frames has this long to read why.
constexpr Millis kLastWords{1000};

}  // namespace

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
  const auto pairs = HeaderPairs(headers);
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
  const auto pairs = HeaderPairs(headers);
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
