#include "services/strategy/placements.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"

namespace accord::strategy {

storage::Placement PublicPlacement(const std::string& name, const std::string& state,
                                   std::map<std::string, std::string> fields) {
  return {OwnerOf(name), state, {std::string(storage::kEverybody)}, std::move(fields)};
}

std::string PersonViewer(const std::string& agency, const std::string& person) {
  return absl::StrCat(agency, "#person/", person);
}

}  // namespace accord::strategy
