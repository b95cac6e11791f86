#include "services/strategy/days.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::strategy {

absl::Status CheckDayNotInFuture(const host::Call& call, const std::string& field, const std::string& day) {
  return CheckDayHasCome(field, day, OntarioDay(call.now()));
}

}  // namespace accord::strategy
