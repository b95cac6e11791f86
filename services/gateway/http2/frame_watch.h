// This counts the frames of HTTP/2 that a client sends, by which a client that only costs work is found.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_WATCH_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_WATCH_H_

#include <cstddef>
#include <string_view>

namespace accord::gateway {

// This follows the HTTP/2 frames that a client sends, without their content.
class FrameWatch {
 public:
  struct Taken {
    std::size_t frames = 0;
    // These count the bytes that DATA frames and all others carry.
    std::size_t data_bytes = 0, other_bytes = 0;
  };
  Taken Take(std::string_view bytes);
  // This returns true if a block of headers, or any frame except DATA, is incomplete.
  bool in_headers() const { return block_open_ || head_size_ > 0 || (left_ > 0 && !data_); }

 private:
  // The client's preface comes before the first frame.
  std::size_t preface_ = 24;
  std::size_t left_ = 0;
  std::size_t head_size_ = 0;
  unsigned char head_[9] = {};
  bool data_ = false;
  bool block_open_ = false;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_WATCH_H_
