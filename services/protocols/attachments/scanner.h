// A scanner decides whether a file may be read.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace accord::protocols {

class Scanner {
 public:
  virtual ~Scanner() = default;
  // This says whether nothing was found in the content. It fails with UNAVAILABLE if the scanner cannot be
  // reached, and with any other error if it cannot judge this content.
  virtual absl::StatusOr<bool> IsClean(std::string_view content) = 0;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNER_H_
