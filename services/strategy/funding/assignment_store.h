// This is what is there once for one application: an assessment of each scorer, a declaration of each person,
// a decision of the panel, and an agreement.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_ASSIGNMENT_STORE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_ASSIGNMENT_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {

enum class Once { kAssessment, kDeclaration, kDecision, kAgreement };

// Keeps the record that is there for this person, who is nobody for a decision and an agreement.
// ALREADY_RECORDED if there is one already.
absl::Status KeepOnce(storage::Transaction& tx, Once once, const std::string& application,
                      const Reader& person, const std::string& record);
// Lets another record take the place of the one that is there; ALREADY_RECORDED if a third one has it by now.
absl::Status ReplaceOnce(storage::Transaction& tx, Once once, const std::string& application,
                         const std::string& before, const std::string& record);
// Gives the name of the record; empty if there is none.
absl::StatusOr<std::string> KeptOnce(storage::Transaction& tx, Once once, const std::string& application,
                                     const Reader& person);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_ASSIGNMENT_STORE_H_
