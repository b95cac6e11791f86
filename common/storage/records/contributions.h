// This says who did which act on a record. It is kept for ever, for the separation of duties.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This stores that the writer did `act` on a record.
absl::Status NoteContribution(Transaction& tx, std::string_view record, std::string_view act,
                              const Write& write);
// This gives the acts that a person of an agency did on a record.
absl::StatusOr<std::vector<std::string>> ContributionsOf(Transaction& tx, std::string_view record,
                                                         std::string_view agency, std::string_view actor);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_
