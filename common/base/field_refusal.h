// This is a refusal of one field by a rule of its own.
#ifndef ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
#define ACCORD_COMMON_BASE_FIELD_REFUSAL_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/base/rules.h"

namespace accord {

// Refuses by `rule` with a BadRequest that names `field`, the path of the field at fault. `what`
// continues the sentence that begins with the field: "must not come before ...".
absl::Status RefuseField(const rules::Rule& rule, const std::string& field, const std::string& what);

// Returns OK if the earlier day comes before the later one, or if one of them is empty, which means unknown.
// Otherwise it refuses `later_field` with rule DATES_OUT_OF_ORDER. Days are text (YYYY-MM-DD), whose byte
// order is their order in time. `equal` permits both to be the same day.
absl::Status CheckDaysInOrder(const std::string& earlier_field, std::string_view earlier,
                              const std::string& later_field, std::string_view later, bool equal = true);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
