// This follows the message frames of gRPC, five bytes and a message each, in one direction of a call.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_METER_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_METER_H_

#include <cstddef>
#include <string_view>

namespace accord::gateway {

// This follows the 5-byte message frames of one direction.
class FrameMeter {
 public:
  // It is an error if a second message comes unless `many`, or if a message is larger than `limit` bytes.
  FrameMeter(std::size_t limit, bool many) : limit_(limit), many_(many) {}

  enum class Fault { kNone, kTooLarge, kCompressed, kSurplus };
  Fault Take(std::string_view bytes);
  // This returns true if no message is incomplete.
  bool whole() const { return left_ == 0 && prefix_ == 0; }
  // This is the number of messages that have begun.
  std::size_t messages() const { return messages_; }

 private:
  std::size_t limit_;
  bool many_;
  std::size_t messages_ = 0;
  std::size_t left_ = 0;
  std::size_t prefix_ = 0;
  unsigned char header_[5] = {};
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_FRAME_METER_H_
