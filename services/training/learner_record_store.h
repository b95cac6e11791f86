// This finds the records of learners by the learner or the employer.
#ifndef ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_
#define ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_

#include <string>

#include "common/storage/database/database.h"

namespace accord::training {

// The viewer of a learner (storage::Placement) has this prefix.
inline constexpr char kLearnerPrefix[] = "#learner/";

// This selects records of learners by an index field. They are those in the courses of `owner` together with
// those of the viewer `learner`, or those of the people whom `employer` employs.
struct LearnerRecords {
  std::string kind, field, value;
  std::string owner, learner;
  std::string employer;
  // Only records whose names begin with this prefix are selected. It ends in a slash, or is empty for
  // all records.
  std::string prefix = {};
};

// This gives the SQL statement for these records, as storage::ListQuery::names requires it.
std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_LEARNER_RECORD_STORE_H_
