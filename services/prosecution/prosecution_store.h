// What this service stores beside its resources: its tables, and the informations for which cases are open.
#ifndef ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::prosecution {

// The schedule's name for the office's counts of prosecutions.
inline constexpr char kProsecutionCounts[] = "prosecution_counts";

std::vector<storage::Migration> ProsecutionMigrations();

// This is an information that a police service laid.
struct Information {
  std::string police_service, number;
};

// Notes the case that is opened for it. FAILED_PRECONDITION with rule INFORMATION_TAKEN if there is one that
// the caller reads: `read` answers NOT_FOUND for all others. Those are not told of, and so do not stand in
// the way: the coordinator, who reads every case, and the police service find both.
absl::Status TakeInformation(storage::Transaction& tx, const Information& information,
                             const std::string& name,
                             const std::function<absl::Status(const std::string&)>& read);
// Removes what TakeInformation noted for a case, because the case is about to get another information.
absl::Status ReleaseInformation(storage::Transaction& tx, const Information& information,
                                const std::string& name);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_
