#include "common/storage/records/placement.h"

namespace accord::storage {

std::string AgencyOfViewer(const std::string& viewer) {
  return viewer == kEverybody ? "" : viewer.substr(0, viewer.find('#'));
}

std::set<std::pair<std::string, std::string>> PlacementRows(const Placement& placement,
                                                            const std::string& party) {
  std::set<std::pair<std::string, std::string>> rows = {{"", ""}};
  for (const auto& [field, value] : placement.fields) {
    const std::size_t at = field.find('@');
    if (at == std::string::npos) {
      rows.emplace(field, value);
    } else if (field.substr(at + 1) == party) {
      rows.emplace(field.substr(0, at), value);
    }
  }
  return rows;
}

}  // namespace accord::storage
