// A scanner decides whether a file may be read. Clamd asks the clamd daemon over a socket.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::protocols {

class Scanner {
 public:
  virtual ~Scanner() = default;
  // Whether nothing was found in the content. UNAVAILABLE if the scanner cannot be reached, and any other
  // error if it cannot judge this content.
  virtual absl::StatusOr<bool> IsClean(std::string_view content) = 0;
};

// Speaks clamd's INSTREAM command, one connection for each file.
class Clamd : public Scanner {
 public:
  // `address` is the path of a socket, which begins with a slash, or `host:port`.
  Clamd(std::string address, absl::Duration most) : address_(std::move(address)), most_(most) {}
  absl::StatusOr<bool> IsClean(std::string_view content) override;

 private:
  const std::string address_;
  // The longest time that one file may take.
  const absl::Duration most_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_
