#include "services/intelligence/sharing/releases.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/sharing/copy_store.h"

namespace accord::intelligence {

storage::Placement PlacementOf(const v1::ReleaseRequest& release) {
  const std::string owner = OwnerOf(release.name());
  storage::Placement placement{owner, ShortName(v1::ReleaseState_descriptor(), release.state()), {owner}, {}};
  if (release.originator() != owner) placement.parties.push_back(release.originator());
  placement.fields["report"] = release.report();
  if (!release.expires_on().empty()) {
    placement.fields[absl::StrCat(kEndsField, "@", owner)] = release.expires_on();
  }
  return placement;
}

bool Covers(const v1::ReleaseRequest& release, const std::string& report, const std::string& agency,
            absl::Time now) {
  return release.state() == v1::RELEASE_STATE_GRANTED && release.report() == report &&
         Contains(release.granted_recipients(), agency) && FormatDay(OntarioDay(now)) <= release.expires_on();
}

}  // namespace accord::intelligence
