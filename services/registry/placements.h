// This says where each kind of record is placed: who owns it, who sees it, and by which fields it is found.
#ifndef ACCORD_SERVICES_REGISTRY_PLACEMENTS_H_
#define ACCORD_SERVICES_REGISTRY_PLACEMENTS_H_

#include "accord/registry/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::registry {

storage::Placement PlacementOf(const v1::Agency& agency);
storage::Placement PlacementOf(const v1::System& system);
storage::Placement PlacementOf(const v1::Actor& actor);
// Also gives the rows by which a renewal asks about certificates without reading them (certificate_rows.h).
storage::Placement PlacementOf(const v1::Certificate& certificate);
storage::Placement PlacementOf(const v1::RoleGrant& grant);
storage::Placement PlacementOf(const v1::ActorName& named);
storage::Placement PlacementOf(const v1::AccessReview& review);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_PLACEMENTS_H_
