// This file says where links are placed (storage::Placement), and by which viewer a caller sees them.
#ifndef ACCORD_SERVICES_PROSECUTION_LINKS_LINK_PLACEMENT_H_
#define ACCORD_SERVICES_PROSECUTION_LINKS_LINK_PLACEMENT_H_

#include <string>

#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/placement.h"

namespace accord::prosecution {

// This says whether the caller's agency supports victims.
bool IsLinkedSupport(const Caller& caller);
// This gives the viewer by which the caller's agency sees a link: as a support agency, or as a
// Crown's office.
std::string LinkViewerOf(const Caller& caller);
// This gives the placement of a link: its office sees it, and so does the support agency until it is revoked.
storage::Placement LinkPlacementOf(const v1::LinkToken& link);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LINKS_LINK_PLACEMENT_H_
