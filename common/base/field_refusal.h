// This is a refusal of one field by a rule of its own.
#ifndef ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
#define ACCORD_COMMON_BASE_FIELD_REFUSAL_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/rules.h"

namespace accord {

// This refuses by `rule` with a BadRequest that names `field`, the path of the field at fault. `what`
// continues the sentence that begins with the field: "must not come before ...".
absl::Status RefuseField(const rules::Rule& rule, const std::string& field, const std::string& what);

// This returns OK if the earlier day comes before the later one, or if one of them is empty, which means
// unknown. Otherwise it refuses `later_field` with rule DATES_OUT_OF_ORDER. Days are text (YYYY-MM-DD), whose
// byte order is their order in time. `equal` permits both to be the same day.
absl::Status CheckDaysInOrder(const std::string& earlier_field, std::string_view earlier,
                              const std::string& later_field, std::string_view later, bool equal = true);

// OK if the day is empty, which means unknown, or is not after `today`, the day in Ontario. Otherwise refuses
// `field` by `rule` and says both days, because the caller's own clock may show another day than Ontario's.
// `day` is text, YYYY-MM-DD, that was found to be a day.
absl::Status CheckDayHasCome(const std::string& field, std::string_view day, absl::CivilDay today,
                             const rules::Rule& rule = rules::kEventInFuture);
// This does the same for a day of somebody's life, which the refusal does not repeat.
absl::Status CheckPersonalDayHasCome(const std::string& field, std::string_view day, absl::CivilDay today,
                                     const rules::Rule& rule = rules::kEventInFuture);
// This does the same for a moment, which may not come after now.
absl::Status CheckMomentHasCome(const std::string& field, absl::Time moment, absl::Time now,
                                const rules::Rule& rule = rules::kEventInFuture);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FIELD_REFUSAL_H_
