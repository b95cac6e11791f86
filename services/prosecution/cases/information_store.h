// This file stores which informations have an open case.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_INFORMATION_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_INFORMATION_STORE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::prosecution {

// This is an information that a police service laid.
struct Information {
  std::string police_service, number;
};

// Notes that the case `name` is opened for the information. It fails with FAILED_PRECONDITION and rule
// INFORMATION_TAKEN if the caller reads another case of it: `read` answers NOT_FOUND for a case that the
// caller does not read. Such a case does not stand in the way, because the refusal would tell of it. The
// coordinator, who reads every case, and the police service find both.
absl::Status TakeInformation(storage::Transaction& tx, const Information& information,
                             const std::string& name,
                             const std::function<absl::Status(const std::string&)>& read);
// This removes what TakeInformation noted for a case, because the case is about to get another information.
absl::Status ReleaseInformation(storage::Transaction& tx, const Information& information,
                                const std::string& name);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_INFORMATION_STORE_H_
