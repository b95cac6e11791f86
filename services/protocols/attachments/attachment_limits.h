// These limits say how much an agency may attach, and files of which types.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_LIMITS_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_LIMITS_H_

#include <cstdint>
#include <set>
#include <string>

#include "accord/host/v1/config.pb.h"

namespace accord::protocols {

// A file arrives and is stored in pieces of this many bytes; the last piece may have fewer.
inline constexpr int64_t kAttachmentChunkBytes = int64_t{256} << 10;

struct AttachmentLimits {
  // One file has at most this many bytes.
  int64_t file_bytes = int64_t{10} << 20;
  // All files of an agency, including files that are still arriving, have at most this many bytes.
  int64_t agency_bytes = int64_t{1} << 30;
  // These types are permitted, as MediaTypeOf names them. Pictures and video are not among them unless the
  // operator adds them.
  std::set<std::string> types = {"application/pdf", "text/plain"};
  // It is true if a scanner is configured. No file can be read then before the scanner has passed it.
  bool scanned = false;
};

// This gives the configured limits; a limit that is not set has its default.
inline AttachmentLimits AttachmentLimitsOf(const host::v1::AttachmentConfig& config) {
  AttachmentLimits limits;
  if (config.file_bytes() != 0) limits.file_bytes = config.file_bytes();
  if (config.agency_bytes() != 0) limits.agency_bytes = config.agency_bytes();
  if (!config.types().empty()) {
    limits.types = std::set<std::string>(config.types().begin(), config.types().end());
  }
  limits.scanned = !config.scanner().empty();
  return limits;
}

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_LIMITS_H_
