// This ensures that some records exist only once for an application: an assessment by each scorer, a
// declaration by each person, a decision of the panel, and an agreement.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_UNIQUE_RECORD_STORE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_UNIQUE_RECORD_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {

enum class UniqueRecord { kAssessment, kDeclaration, kDecision, kAgreement };

// This notes the only record of this person. The person is empty for a decision and an agreement. It fails
// with ALREADY_RECORDED if there is a record already.
absl::Status KeepUniqueRecord(storage::Transaction& tx, UniqueRecord once, const std::string& application,
                              const Reader& person, const std::string& record);
// This replaces the noted record by another one. It fails with ALREADY_RECORDED if a third record has
// replaced it by now.
absl::Status ReplaceUniqueRecord(storage::Transaction& tx, UniqueRecord once, const std::string& application,
                                 const std::string& before, const std::string& record);
// This gives the name of the record. The result is empty if there is none.
absl::StatusOr<std::string> UniqueRecordOf(storage::Transaction& tx, UniqueRecord once,
                                           const std::string& application, const Reader& person);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_UNIQUE_RECORD_STORE_H_
