// Determines the type of a file from its own bytes, whatever its name says.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_MEDIA_TYPE_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_MEDIA_TYPE_H_

#include <string>
#include <string_view>

namespace accord::protocols {

enum class Extent {
  // The content is the beginning of a file and may end in the middle of a character.
  kBeginning,
  kWhole,
};

// `application/pdf`, `text/plain` (UTF-8 without control characters but white space), `application/zip`, and
// types of pictures and video; empty if it is none of those that are known.
std::string MediaTypeOf(std::string_view content, Extent extent);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_MEDIA_TYPE_H_
