#include "services/gateway/http2/frame_watch.h"

#include <algorithm>

namespace accord::gateway {

FrameWatch::Taken FrameWatch::Take(std::string_view bytes) {
  constexpr unsigned char kData = 0, kHeaders = 1, kContinuation = 9, kEndHeaders = 4;
  const std::size_t preface = std::min(preface_, bytes.size());
  preface_ -= preface;
  bytes.remove_prefix(preface);
  Taken taken;
  while (!bytes.empty()) {
    if (left_ == 0) {
      head_[head_size_++] = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      if (head_size_ < sizeof head_) continue;
      head_size_ = 0;
      ++taken.frames;
      left_ = (std::size_t{head_[0]} << 16) | (std::size_t{head_[1]} << 8) | head_[2];
      data_ = head_[3] == kData;
      if (head_[3] == kHeaders || head_[3] == kContinuation) block_open_ = (head_[4] & kEndHeaders) == 0;
      continue;
    }
    const std::size_t step = std::min(left_, bytes.size());
    (data_ ? taken.data_bytes : taken.other_bytes) += step;
    left_ -= step;
    bytes.remove_prefix(step);
  }
  return taken;
}

}  // namespace accord::gateway
