// This gives the schema of what the service keeps beside its resources.
#ifndef ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_
#define ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::training {

// The schedule has the office's counts of completions under this name.
inline constexpr char kTrainingCounts[] = "training_counts";

std::vector<storage::Migration> TrainingMigrations();

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_
