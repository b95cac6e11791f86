// Who sees a record of the strategy, and a check of the days that it names.
#ifndef ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_
#define ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// This places a record that every agency reads, and finds by these fields.
storage::Placement Public(const std::string& name, const std::string& state,
                          std::map<std::string, std::string> fields = {});

// EVENT_IN_FUTURE of this field if the day is after today in Ontario.
absl::Status CheckNotAhead(const host::Call& call, const std::string& field, const std::string& day);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_
