// This is what an agency may attach: how much, and of which types.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_LIMITS_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_LIMITS_H_

#include <cstdint>
#include <set>
#include <string>

#include "accord/host/v1/config.pb.h"

namespace accord::protocols {

// A file arrives and is kept in pieces of so many bytes; the last one may have fewer.
inline constexpr int64_t kAttachmentChunkBytes = int64_t{256} << 10;

struct AttachmentLimits {
  // Bytes of one file.
  int64_t file_bytes = int64_t{10} << 20;
  // Bytes of all files of an agency, of those too that are arriving.
  int64_t agency_bytes = int64_t{1} << 30;
  // Types as MediaTypeOf says them. Pictures and video are none unless the operator says so.
  std::set<std::string> types = {"application/pdf", "text/plain"};
  // A scanner is configured, and nothing is read that it has not let pass.
  bool scanned = false;
};

// Gives what is configured; what is not set has its default.
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
