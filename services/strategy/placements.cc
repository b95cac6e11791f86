#include "services/strategy/placements.h"

#include <utility>

#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/field_refusal.h"

namespace accord::strategy {

storage::Placement Public(const std::string& name, const std::string& state,
                          std::map<std::string, std::string> fields) {
  return {OwnerOf(name), state, {std::string(storage::kEverybody)}, std::move(fields)};
}

absl::Status CheckNotAhead(const host::Call& call, const std::string& field, const std::string& day) {
  return CheckDayHasCome(field, day, OntarioDay(call.now()));
}

}  // namespace accord::strategy
