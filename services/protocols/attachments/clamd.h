// This scanner asks the daemon clamd over a socket.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_CLAMD_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_CLAMD_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/protocols/attachments/scanner.h"

namespace accord::protocols {

// This class speaks clamd's INSTREAM command, and opens one connection for each file.
class Clamd : public Scanner {
 public:
  // `address` is the path of a socket, which begins with a slash, or `host:port`.
  Clamd(std::string address, absl::Duration most) : address_(std::move(address)), most_(most) {}
  absl::StatusOr<bool> IsClean(std::string_view content) override;

 private:
  const std::string address_;
  // One file may take at most this long.
  const absl::Duration most_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_CLAMD_H_
