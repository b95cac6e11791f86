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

// This gives `application/pdf`, `text/plain` (UTF-8 without control characters except white space),
// `application/zip`, or a type of pictures or video; it is empty if the content is of none of the
// known types.
std::string MediaTypeOf(std::string_view content, Extent extent);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_MEDIA_TYPE_H_
