// What one rule set says of all open records beside what another one says: a dry run, which changes nothing.
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

// What comes out for a record, by words of the service: `ceiling` -> `2027-07-15`. Two rule sets say the same
// of it if these are the same.
using LawFacts = std::map<std::string, std::string>;

// A kind of records that a service judges by its law.
struct JudgedKind {
  std::string kind;
  // What the law that the calling thread goes by says of a record; nothing of one that is not open.
  std::function<absl::StatusOr<LawFacts>(storage::Transaction& tx, const std::string& name, absl::Time now)>
      facts;
  // The service's sweeper knows the kind: its records are looked at anew when other law comes into force.
  bool swept = false;
};

struct TrialTerms {
  absl::Time now;
  // Nobody is told a number that is no multiple of this, nor whether there is one record or none: the office
  // reads no records, and a rule set can be written to single out one.
  int small_cell = 1;
  // True once nobody waits for it any more.
  std::function<bool()> stopped = [] { return false; };
};

// Does its work while the thread goes by a rule set.
using UnderLaw = std::function<absl::Status(const std::function<absl::Status()>& work)>;

// The trial reads one snapshot of the database throughout. DEADLINE_EXCEEDED with rule DEADLINE_EXCEEDED once
// it is stopped.
absl::StatusOr<v1::LawTrial> TryLaw(storage::Database* database, const std::vector<JudgedKind>& kinds,
                                    const UnderLaw& one, const UnderLaw& other, const TrialTerms& terms);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_LAW_LAW_TRIAL_H_
