// How a conflict, once it is known, changes who reads an application and who scores it.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {

// Money, employment, boards and families are never cleared.
bool IsNeverCleared(v1::ConflictKind kind);

storage::Placement ConflictDeclarationPlacement(const v1::RuleSet& policy,
                                                const v1::ConflictDeclaration& declaration);
storage::Placement FundingAssessmentPlacement(const v1::RuleSet& policy,
                                              const v1::FundingAssessment& assessment);

// The call takes scores, or is about to. CALL_NOT_AT_STEP otherwise.
absl::Status CheckBeforeDecision(const v1::FundingCall& funding_call);
// The person has declared a conflict in the application, and nobody has cleared it. Whoever has declared
// nothing has none yet.
absl::StatusOr<bool> HasConflict(storage::Transaction& tx, const std::string& application,
                                 const Reader& person);
// From now on the person reads the application, or reads it no more.
absl::Status SetReader(storage::Transaction& tx, const v1::RuleSet& policy, storage::Resources* applications,
                       const std::string& application, const Reader& person, bool reads);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_
