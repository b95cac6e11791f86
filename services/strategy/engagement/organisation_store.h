// This stores organisations by their folded names, so that each organisation exists once.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/engagement_resources.pb.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// This gives the placement of an organisation, which everybody reads. Its agency, if it is one, finds it.
storage::Placement OrganisationPlacement(const v1::Organisation& organisation);

// This gives the organisation that has this title from now on: the one that had it, however it was written,
// or `name` if none did. Two concurrent calls with one title get the same organisation.
absl::StatusOr<std::string> OrganisationOfTitle(storage::Transaction& tx, const std::string& title,
                                                const std::string& name);
// This gives the name of the organisation that has this title. The result is empty if none has.
absl::StatusOr<std::string> KnownOrganisation(storage::Transaction& tx, const std::string& title);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ORGANISATION_STORE_H_
