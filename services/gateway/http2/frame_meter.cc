#include "services/gateway/http2/frame_meter.h"

#include <algorithm>

namespace accord::gateway {
namespace {

std::size_t FrameLength(const unsigned char* header) {
  return (std::size_t{header[1]} << 24) | (std::size_t{header[2]} << 16) | (std::size_t{header[3]} << 8) |
         header[4];
}

}  // namespace

FrameMeter::Fault FrameMeter::Take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (left_ == 0) {
      if (prefix_ == 0 && messages_ == 1 && !many_) return Fault::kSurplus;
      header_[prefix_++] = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      if (header_[0] != 0) return Fault::kCompressed;
      if (prefix_ < sizeof header_) continue;
      prefix_ = 0;
      ++messages_;
      left_ = FrameLength(header_);
      if (left_ > limit_) return Fault::kTooLarge;
      continue;
    }
    const std::size_t step = std::min(left_, bytes.size());
    left_ -= step;
    bytes.remove_prefix(step);
  }
  return Fault::kNone;
}

}  // namespace accord::gateway
