// gRPC's conventions over HTTP/2: timeouts, message frames, refusals.
#ifndef ACCORD_SERVICES_GATEWAY_WIRE_H_
#define ACCORD_SERVICES_GATEWAY_WIRE_H_

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

// The first value; nullptr if there is none.
const std::string* Find(const Headers& headers, std::string_view name);

// The number in `grpc-status`; nullopt if there is none or it is no number.
std::optional<int> StatusIn(const Headers& headers);

// `grpc-timeout`: 1 to 8 digits and a unit of HMSmun; rounded up to milliseconds, so only a true 0 is 0.
std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text);
std::string FormatTimeout(std::chrono::milliseconds timeout);

// `grpc-message`: bytes outside of 0x20-0x7e, and %, as %XX.
std::string PercentEncode(std::string_view text);
std::string PercentDecode(std::string_view text);
std::string UnpaddedBase64(std::string_view bytes);

// grpc-status, grpc-message and grpc-status-details-bin.
Headers Trailers(const absl::Status& status);
// The same as the only headers of an answer.
Headers TrailersOnly(const absl::Status& status);

// Follows the 5-byte message frames of one direction.
class FrameMeter {
 public:
  explicit FrameMeter(std::size_t limit) : limit_(limit) {}
  // False once a message is larger than the limit.
  bool Take(std::string_view bytes);
  // No message is half here.
  bool whole() const { return left_ == 0 && prefix_ == 0; }

 private:
  std::size_t limit_;
  std::size_t left_ = 0;
  std::size_t prefix_ = 0;
  unsigned char header_[5] = {};
};

// The payloads of whole message frames, one after the other.
std::string Payloads(std::string_view frames);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_WIRE_H_
