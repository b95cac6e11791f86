#include "services/prosecution/links/link_placement.h"

#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {
namespace {

constexpr char kSupportCapacity[] = "support";

}  // namespace

bool IsLinkedSupport(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
}

std::string LinkViewerOf(const Caller& caller) {
  return IsLinkedSupport(caller) ? ViewerInCapacity(caller.agency, kSupportCapacity) : caller.agency;
}

storage::Placement LinkPlacementOf(const v1::LinkToken& link) {
  storage::Placement placement;
  placement.owner = OwnerOf(link.name());
  placement.parties = {placement.owner};
  if (!link.revoked()) {
    placement.parties.push_back(ViewerInCapacity(link.support_agency(), kSupportCapacity));
  }
  return placement;
}

}  // namespace accord::prosecution
