#include "services/strategy/days.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::strategy {

absl::Status CheckDayNotInFuture(const host::Call& call, const std::string& field, const std::string& day) {
  // Days that are written as YYYY-MM-DD sort as texts in the order of time.
  if (day <= FormatDay(OntarioDay(call.now()))) return absl::OkStatus();
  return RefuseField(rules::kEventInFuture, field, "must not come after today");
}

}  // namespace accord::strategy
