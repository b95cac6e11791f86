// This stores the cases of notices to survivors, which do not name their cases themselves.
#ifndef ACCORD_SERVICES_SUPPORTS_NOTICES_NOTICE_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_NOTICES_NOTICE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// Notes that a notice belongs to this case and waits for its workers.
absl::Status PutNotice(storage::Transaction& tx, const std::string& notice, const std::string& case_name);

// Notes that the notice no longer waits.
absl::Status CloseNotice(storage::Transaction& tx, const std::string& notice);

// This gives the case of a notice. It fails with NOT_FOUND for a notice that does not exist.
absl::StatusOr<std::string> CaseOfNotice(storage::Transaction& tx, const std::string& notice);

// This gives the SQL statement for the notices of these cases, as storage::ListQuery::names requires it.
// There must be at least one case. With `open`, only waiting notices are listed.
std::string NoticesSql(const std::vector<std::string>& cases, bool open, const storage::Bind& bind,
                       const std::string& after, int limit);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_NOTICES_NOTICE_STORE_H_
