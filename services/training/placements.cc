#include "services/training/placements.h"

#include "common/access/names.h"
#include "services/training/learner_access.h"

namespace accord::training {

storage::Placement PublicPlacement(const std::string& name, const std::string& state) {
  return {OwnerOf(name), state, {std::string(storage::kEverybody)}, {}};
}

storage::Placement LearnerPlacement(const std::string& name, const std::string& state,
                                    const std::string& learner_agency, const std::string& learner) {
  storage::Placement placement;
  placement.owner = OwnerOf(name);
  placement.state = state;
  placement.parties = {placement.owner, LearnerViewer(learner_agency, learner)};
  if (learner_agency != placement.owner) placement.parties.push_back(learner_agency);
  placement.fields["state"] = state;
  return placement;
}

}  // namespace accord::training
