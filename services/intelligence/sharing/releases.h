// A release request is seen by the agency that asks for it and by the originator that answers it.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/storage/records/resources.h"
#include "services/intelligence/intelligence_store.h"

namespace accord::intelligence {

inline storage::Placement PlacementOf(const v1::ReleaseRequest& release) {
  const std::string owner = OwnerOf(release.name());
  storage::Placement placement{owner, ShortName(v1::ReleaseState_descriptor(), release.state()), {owner}, {}};
  if (release.originator() != owner) placement.parties.push_back(release.originator());
  placement.fields["report"] = release.report();
  if (!release.expires_on().empty()) {
    placement.fields[absl::StrCat(kEndsField, "@", owner)] = release.expires_on();
  }
  return placement;
}

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_
