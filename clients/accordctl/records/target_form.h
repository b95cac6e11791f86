// This is one spelling for each target of deconfliction: two agencies find each other only if both write it
// in the same bytes. Other clients must follow the same forms; target_form_test.cc lists examples.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::ctl {

// All of these give INVALID_ARGUMENT, without quoting the target, for what has no such form.

// `phone:+14165550199`: E.164. Ten digits are North American; other countries are written with `+`.
absl::StatusOr<std::string> PhoneForm(const std::string& number);
// `plate:ON:ABCD123`: the province or state in two letters, and A-Z and 0-9 of the plate.
absl::StatusOr<std::string> PlateForm(const std::string& province, const std::string& plate);
// `handle:instagram:some.name`: the platform and the name in lower case, without `@`.
absl::StatusOr<std::string> HandleForm(const std::string& platform, const std::string& handle);
// `premises:L4C1A1:4 12 KING ST W`: the postal code and the street line, with the unit before the civic
// number, and what is usually written in several ways in one, as docs/premises.md tells.
absl::StatusOr<std::string> PremisesForm(const std::string& postal_code, const std::string& street);

// INVALID_ARGUMENT, with the place alone, if the text of a target holds a character that nobody sees, or
// bytes that are no UTF-8. A tab is seen. Every form above begins with it.
absl::Status CheckSeen(const char* what, std::string_view text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_TARGET_FORM_H_
