// This says who did which act on a record, for ever: what four eyes are checked over. Rows are only added.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// Keeps that the writer did `act` on a record.
absl::Status NoteContribution(Transaction& tx, std::string_view record, std::string_view act,
                              const Write& write);
// The acts that a person of an agency did on a record.
absl::StatusOr<std::vector<std::string>> ContributionsOf(Transaction& tx, std::string_view record,
                                                         std::string_view agency, std::string_view actor);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_CONTRIBUTIONS_H_
