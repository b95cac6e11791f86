// Finds the records of learners by whom they are about.
#ifndef ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_
#define ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_

#include <string>

#include "common/storage/database/database.h"

namespace accord::training {

// The prefix of a learner as a viewer of storage::Placement.
inline constexpr char kLearnerPrefix[] = "#learner/";

// Selects records of learners by an index field: those of one learner, who is a viewer, in the courses of
// `owner`; or those of the people whom `employer` employs.
struct LearnerRecords {
  std::string kind, field, value;
  std::string owner, learner;
  std::string employer;
  // Only those whose names begin with this, which ends in a slash; empty stands for all of them.
  std::string prefix = {};
};

// Gives the statement of these records, as storage::ListQuery::names asks for it.
std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_
