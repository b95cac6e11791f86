#include "services/registry/caller_view.h"

namespace accord::registry {

std::string ViewerOf(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE ? kOffice : caller.agency;
}

}  // namespace accord::registry
