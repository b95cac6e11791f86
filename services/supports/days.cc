#include "services/supports/days.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::supports {

absl::Status CheckDayNotInFuture(const std::string& field, const std::string& day, absl::Time now) {
  return CheckDayHasCome(field, day, OntarioDay(now));
}

}  // namespace accord::supports
