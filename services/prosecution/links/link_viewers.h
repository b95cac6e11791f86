// This file says by which viewer (storage::Placement) a caller sees links.
#ifndef ACCORD_SERVICES_PROSECUTION_LINKS_LINK_VIEWERS_H_
#define ACCORD_SERVICES_PROSECUTION_LINKS_LINK_VIEWERS_H_

#include <string>

#include "common/access/decide.h"
#include "services/prosecution/links/link_viewers.h"

namespace accord::prosecution {

// This says whether the caller's agency supports victims.
bool IsSupport(const Caller& caller);
// This gives the viewer by which the caller's agency sees a link: as a support agency, or as a
// Crown's office.
std::string LinkViewerOf(const Caller& caller);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LINKS_LINK_VIEWERS_H_
