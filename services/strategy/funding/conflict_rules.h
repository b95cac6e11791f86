// How a known conflict changes who reads and who scores an application.
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

// Whether conflicts of this kind are never cleared: money, employment, boards and families.
bool IsNeverCleared(v1::ConflictKind kind);

storage::Placement ConflictDeclarationPlacement(const v1::RuleSet& policy,
                                                const v1::ConflictDeclaration& declaration);
storage::Placement FundingAssessmentPlacement(const v1::RuleSet& policy,
                                              const v1::FundingAssessment& assessment);

// CALL_NOT_AT_STEP unless the call takes scores, or is about to.
absl::Status CheckBeforeDecision(const v1::FundingCall& funding_call);
// Whether the person has declared a conflict in the application that nobody has cleared. A person without a
// declaration has no conflict yet.
absl::StatusOr<bool> HasConflict(storage::Transaction& tx, const std::string& application,
                                 const Reader& person);
// Lets the person read the application from now on, or no longer.
absl::Status SetReader(storage::Transaction& tx, const v1::RuleSet& policy, storage::Resources* applications,
                       const std::string& application, const Reader& person, bool reads);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_
