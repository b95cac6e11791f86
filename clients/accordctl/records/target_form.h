// This file is about the canonical form of each deconfliction target: two agencies find each other only
// if both write the target in the same bytes. Other clients must use the same forms; target_form_test.cc
// has examples.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::ctl {

// All of these give INVALID_ARGUMENT, without quoting the target, if it has no such form.

// This gives `phone:+14165550199`: E.164. Ten digits are North American; numbers of other countries begin
// with `+`.
absl::StatusOr<std::string> PhoneForm(const std::string& number);
// This gives `plate:ON:ABCD123`: the province or state in two letters, and the plate's A-Z and 0-9.
absl::StatusOr<std::string> PlateForm(const std::string& province, const std::string& plate);
// This gives `handle:instagram:some.name`: the platform and the name in lower case, without `@`.
absl::StatusOr<std::string> HandleForm(const std::string& platform, const std::string& handle);

// This returns INVALID_ARGUMENT, with the place alone, if the text of a target holds a character that nobody
// sees, or bytes that are no UTF-8. A tab is seen. Every form above begins with it.
absl::Status CheckTargetSeen(const char* what, std::string_view text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_
