#include "services/strategy/office_staff.h"

namespace accord::strategy {

bool ActsForOffice(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
         (caller.Has(annotations::v1::ROLE_OFFICE_STAFF) ||
          caller.Has(annotations::v1::ROLE_OFFICE_DIRECTOR));
}

}  // namespace accord::strategy
