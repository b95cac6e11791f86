// This is a dry run that compares what two rule sets say about all open records. It changes nothing.
#ifndef ACCORD_COMMON_HOST_LAW_LAW_TRIAL_H_
#define ACCORD_COMMON_HOST_LAW_LAW_TRIAL_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/host/v1/law.pb.h"
#include "common/storage/database/database.h"

namespace accord::host {

// These are the results for one record, keyed by words of the service: `ceiling` -> `2027-07-15`. Two rule
// sets agree on the record if these are equal.
using LawFacts = std::map<std::string, std::string>;

// This is a kind of record that a service judges by its law.
struct JudgedKind {
  std::string kind;
  // This gives what the law that the calling thread applies says about a record; nothing if the record is
  // not open.
  std::function<absl::StatusOr<LawFacts>(storage::Transaction& tx, const std::string& name, absl::Time now)>
      facts;
  // The service's sweeper knows this kind, and its records are examined again when another law
  // comes into force.
  bool swept = false;
};

struct TrialTerms {
  absl::Time now;
  // Numbers in the result are multiples of this, and nobody learns whether there is one record or
  // none. The office may not read records, and a rule set could be written to single one out.
  int small_cell = 1;
  // This returns true once nobody waits for the result any more.
  std::function<bool()> stopped = [] { return false; };
};

// This runs its argument while the thread applies one rule set.
using UnderLaw = std::function<absl::Status(const std::function<absl::Status()>& work)>;

// This compares `one` with `other` in one snapshot of the database. It fails with DEADLINE_EXCEEDED and rule
// DEADLINE_EXCEEDED once it is stopped.
absl::StatusOr<v1::LawTrial> TryLaw(storage::Database* database, const std::vector<JudgedKind>& kinds,
                                    const UnderLaw& one, const UnderLaw& other, const TrialTerms& terms);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_LAW_TRIAL_H_
