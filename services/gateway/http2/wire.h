// gRPC's conventions over HTTP/2: timeouts, message frames, refusals.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_WIRE_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_WIRE_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace accord::gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Gives the first value; nullptr if there is none.
const std::string* Find(const Headers& headers, std::string_view name);
// The size of a header list as HTTP/2 counts it: uncompressed, and 32 bytes more for each header (RFC 9113,
// section 6.5.2).
std::size_t HeaderListSize(const Headers& headers);

// Gives the number in `grpc-status`; nullopt if there is none or it is no number.
std::optional<int> StatusIn(const Headers& headers);

// `grpc-timeout`: 1 to 8 digits and a unit of HMSmun; rounded up to milliseconds, so only a true 0 is 0.
std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text);
std::string FormatTimeout(std::chrono::milliseconds timeout);

// `grpc-message`: bytes outside of 0x20-0x7e, and %, as %XX.
std::string PercentEncode(std::string_view text);
std::string PercentDecode(std::string_view text);
std::string UnpaddedBase64(std::string_view bytes);

// The trailers are grpc-status, grpc-message and grpc-status-details-bin.
Headers Trailers(const absl::Status& status);
// These are the same fields as the only headers of an answer (Trailers-Only).
Headers TrailersOnly(const absl::Status& status);

// Follows the 5-byte message frames of one direction.
class FrameMeter {
 public:
  // It is an error if a second message comes unless `many`, or if a message is larger than `limit` bytes.
  FrameMeter(std::size_t limit, bool many) : limit_(limit), many_(many) {}

  enum class Fault { kNone, kTooLarge, kCompressed, kSurplus };
  Fault Take(std::string_view bytes);
  // True if no message is incomplete.
  bool whole() const { return left_ == 0 && prefix_ == 0; }
  // Messages that have begun.
  std::size_t messages() const { return messages_; }

 private:
  std::size_t limit_;
  bool many_;
  std::size_t messages_ = 0;
  std::size_t left_ = 0;
  std::size_t prefix_ = 0;
  unsigned char header_[5] = {};
};

// Follows the HTTP/2 frames that a client sends, without their content.
class FrameWatch {
 public:
  struct Taken {
    std::size_t frames = 0;
    // These count the bytes that DATA frames and all others carry.
    std::size_t data_bytes = 0, other_bytes = 0;
  };
  Taken Take(std::string_view bytes);
  // True if a block of headers, or any frame except DATA, is incomplete.
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

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_WIRE_H_
