// Placements say which agencies and learners see a record of training.
#ifndef ACCORD_SERVICES_TRAINING_PLACEMENTS_H_
#define ACCORD_SERVICES_TRAINING_PLACEMENTS_H_

#include <string>

#include "common/storage/records/resources.h"

namespace accord::training {

// This gives the placement of a record that one agency makes and everybody reads.
storage::Placement PublicPlacement(const std::string& name, const std::string& state);

// This gives the placement of a record that the owner, the learner and the learner's employer read.
storage::Placement LearnerPlacement(const std::string& name, const std::string& state,
                                    const std::string& learner_agency, const std::string& learner);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_PLACEMENTS_H_
