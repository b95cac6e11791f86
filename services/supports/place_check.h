// This refuses texts that say where somebody is. Accord keeps no address of a survivor, so every free text
// that looks like an address is refused.
#ifndef ACCORD_SERVICES_SUPPORTS_PLACE_CHECK_H_
#define ACCORD_SERVICES_SUPPORTS_PLACE_CHECK_H_

#include <google/protobuf/message.h>

#include <string_view>

#include "absl/status/status.h"

namespace accord::supports {

// This fails with INVALID_ARGUMENT, rule ADDRESS_IN_TEXT and the field at fault if a text of the request
// looks like a place. Names, ids and days are exempt, since they have a form of their own. Handlers call this
// for every request with free text, once it is known that the caller may make it.
absl::Status CheckNoPlace(const google::protobuf::Message& request);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PLACE_CHECK_H_
