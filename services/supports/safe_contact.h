// This checks the way by which a survivor can be reached safely.
#ifndef ACCORD_SERVICES_SUPPORTS_SAFE_CONTACT_H_
#define ACCORD_SERVICES_SUPPORTS_SAFE_CONTACT_H_

#include <string>

#include "absl/status/status.h"
#include "accord/supports/v1/resources.pb.h"

namespace accord::supports {

// This fails with INVALID_ARGUMENT and rule FIELD_INVALID unless the contact has the form of its channel, so
// that it cannot contain the address of a place. A contact that is not set is accepted.
absl::Status CheckSafeContact(const std::string& field, const v1::SafeContact& contact);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SAFE_CONTACT_H_
