#include "services/registry/placements.h"

#include <string>

#include "common/access/names.h"
#include "services/registry/administration.h"
#include "services/registry/caller_view.h"
#include "services/registry/certificate_rows.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

template <class M>
storage::Placement OwnPlacement(const M& message, const std::string& state) {
  const std::string owner = PartOf(message.name(), 1);
  return {owner, state, {owner, kOffice}, {}};
}

}  // namespace

storage::Placement PlacementOf(const v1::Agency& agency) {
  return {
      PartOf(agency.name(), 1), "", {std::string(storage::kEverybody)}, {{"kind", KindName(agency.kind())}}};
}

storage::Placement PlacementOf(const v1::System& system) {
  return OwnPlacement(system, ShortName(v1::SystemState_descriptor(), system.state()));
}

storage::Placement PlacementOf(const v1::Actor& actor) {
  return OwnPlacement(actor, ShortName(v1::ActorState_descriptor(), actor.state()));
}

storage::Placement PlacementOf(const v1::Certificate& certificate) {
  storage::Placement placement =
      OwnPlacement(certificate, ShortName(v1::CertificateState_descriptor(), certificate.state()));
  placement.fields = CertificateRows(certificate);
  return placement;
}

storage::Placement PlacementOf(const v1::RoleGrant& grant) { return OwnPlacement(grant, ""); }

// The office need not know how an agency calls its people.
storage::Placement PlacementOf(const v1::ActorName& named) {
  const std::string owner = PartOf(named.name(), 1);
  return {owner, "", {owner}, {}};
}

storage::Placement PlacementOf(const v1::AccessReview& review) {
  return OwnPlacement(review, ShortName(v1::AccessReviewState_descriptor(), review.state()));
}

}  // namespace accord::registry
