// This is a refusal of one field by a rule of its own.
#ifndef ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
#define ACCORD_COMMON_BASE_FIELD_REFUSAL_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/base/rules.h"

namespace accord {

// The refusal by `rule` with a BadRequest that names `field`, the path of the field at fault. `what`
// goes on after it: "must not come before ...".
absl::Status RefuseField(const rules::Rule& rule, const std::string& field, const std::string& what);

// OK if both days are as they ought to be; a day that is empty is not known and bars nothing. Otherwise
// DATES_OUT_OF_ORDER of `later_field`. Days as text (YYYY-MM-DD) sort as days. `equal`: one day may be both.
absl::Status CheckDaysInOrder(const std::string& earlier_field, std::string_view earlier,
                              const std::string& later_field, std::string_view later, bool equal = true);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
