#include "services/strategy/indicators/data_authorisations.h"

#include <algorithm>
#include <set>

#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::strategy {

bool IsAuthorisationInForceFor(const v1::Indicator& indicator, const v1::DataAuthorisation& authorisation,
                               const std::string& day) {
  // Days that are written as YYYY-MM-DD sort as texts in the order of time.
  return authorisation.state() == v1::DATA_AUTHORISATION_STATE_IN_FORCE &&
         authorisation.definition_version() == indicator.definition_version() &&
         authorisation.granted_on() <= day &&
         (authorisation.expires_on().empty() || day <= authorisation.expires_on());
}

absl::StatusOr<bool> IsIndicatorAuthorised(storage::Transaction& tx, storage::Resources* authorisations,
                                           const std::string& viewer, const v1::Indicator& indicator,
                                           const std::string& day) {
  if (indicator.governing_bodies().empty()) return false;
  const storage::ListQuery query{viewer, {{"indicator", indicator.name()}}, 1000, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto all, authorisations->ListEvery<v1::DataAuthorisation>(tx, query));
  std::set<std::string> agreed;
  for (const v1::DataAuthorisation& each : all) {
    if (IsAuthorisationInForceFor(indicator, each, day)) agreed.insert(OwnerOf(each.name()));
  }
  return std::all_of(indicator.governing_bodies().begin(), indicator.governing_bodies().end(),
                     [&](const std::string& body) { return agreed.contains(body); });
}

}  // namespace accord::strategy
