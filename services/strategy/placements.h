// Placements say which agencies and people see a record of the strategy.
#ifndef ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_
#define ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_

#include <map>
#include <string>

#include "common/storage/records/resources.h"

namespace accord::strategy {

// This gives the placement of a record that every agency reads, and finds by these fields.
storage::Placement PublicPlacement(const std::string& name, const std::string& state,
                                   std::map<std::string, std::string> fields = {});

// This gives the viewer (storage::Placement) that stands for one person: what only this person lists is
// placed for it, and not for the whole agency.
std::string PersonViewer(const std::string& agency, const std::string& person);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_PLACEMENTS_H_
