#include "services/prosecution/links/link_viewers.h"

#include "services/prosecution/cases/case_readers.h"

namespace accord::prosecution {

bool IsSupport(const Caller& caller) { return caller.kind == annotations::v1::AGENCY_KIND_VICTIM_SERVICES; }

std::string LinkViewerOf(const Caller& caller) {
  return IsSupport(caller) ? ViewerInCapacity(caller.agency, "support") : caller.agency;
}

}  // namespace accord::prosecution
