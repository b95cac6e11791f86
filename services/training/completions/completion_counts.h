// These functions count completions by course and agency without reading them.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_COUNTS_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_COUNTS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"
#include "services/training/completions/completion_store.h"

namespace accord::training {

// Counts are keyed by course and the learners' agency.
using CompletionCounts = std::map<std::pair<std::string, std::string>, int64_t>;
// This adds to the rows of an owner in `completion_count`, or of an import in `batch_count`.
absl::Status AddToCompletionCounts(storage::Transaction& tx, const std::string& table, const std::string& key,
                                   const CompletionCounts& counts);

// Adds or removes one completion. Concurrent changes to one course are noted as separate rows, so that no
// transaction waits for another's counter.
absl::Status NoteCompletionChange(storage::Transaction& tx, const CompletionRow& row, int n);
// This adds at most `batch` of the noted changes to the counts, as a chore of the sweeper, and returns how
// many it added.
absl::StatusOr<int> FoldCompletionChanges(storage::Transaction& tx, absl::Time now, int batch);

struct CompletionTally {
  std::string owner, course, agency;
  int64_t count;
};
// This converts tallies to the labels of the office's counts, and back.
Tallies LabelsOfCompletionTallies(const std::vector<CompletionTally>& tallies);
std::vector<CompletionTally> CompletionTalliesOf(const Tallies& labels);
// This gives the exact counts of one owner, or of all owners if `owner` is empty, in order.
absl::StatusOr<std::vector<CompletionTally>> CountCompletions(storage::Transaction& tx,
                                                              const std::string& owner);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_COUNTS_H_
