// This says where a copy of a report is seen: the originator sees the log of disclosures, and the recipient
// what it was given.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_PLACEMENT_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_PLACEMENT_H_

#include "accord/intelligence/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

inline storage::Placement PlacementOf(const v1::ReportCopy& copy) {
  const std::string originator = OwnerOf(copy.report());
  storage::Placement placement{originator, "", {originator}, {}};
  placement.fields["report@" + originator] = copy.report();
  // What a product passed on is in the log, but the report itself was not given.
  if (copy.product().empty()) {
    if (copy.to_agency() != originator) placement.parties.push_back(copy.to_agency());
    placement.fields["given@" + copy.to_agency()] = "yes";
  }
  return placement;
}

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_PLACEMENT_H_
