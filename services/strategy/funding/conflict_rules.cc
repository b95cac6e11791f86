#include "services/strategy/funding/conflict_rules.h"

#include <set>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/assignment_store.h"

namespace accord::strategy {
namespace {

storage::Placement PlacedFor(const std::string& owner, const std::string& state,
                             std::set<std::string> parties) {
  storage::Placement placement;
  placement.owner = owner;
  placement.state = state;
  placement.parties.assign(parties.begin(), parties.end());
  return placement;
}

}  // namespace

bool IsNeverCleared(v1::ConflictKind kind) {
  return kind == v1::CONFLICT_KIND_FINANCIAL || kind == v1::CONFLICT_KIND_EMPLOYMENT ||
         kind == v1::CONFLICT_KIND_BOARD || kind == v1::CONFLICT_KIND_FAMILY;
}

storage::Placement ConflictDeclarationPlacement(const v1::RuleSet& policy,
                                                const v1::ConflictDeclaration& declaration) {
  const std::string owner = OwnerOf(declaration.name());
  storage::Placement placement =
      PlacedFor(owner, ShortName(v1::ConflictDeclarationState_descriptor(), declaration.state()),
                {owner, policy.office_agency(), PersonKey(owner, declaration.person())});
  placement.fields["funding_call"] = declaration.funding_call();
  return placement;
}

storage::Placement FundingAssessmentPlacement(const v1::RuleSet& policy,
                                              const v1::FundingAssessment& assessment) {
  storage::Placement placement = PlacedFor(
      OwnerOf(assessment.name()), ShortName(v1::FundingAssessmentState_descriptor(), assessment.state()),
      {policy.office_agency(), assessment.scorer_agency(),
       PersonKey(assessment.scorer_agency(), assessment.scorer())});
  placement.fields["funding_application"] = assessment.funding_application();
  placement.fields["funding_call"] = assessment.funding_call();
  return placement;
}

absl::Status CheckBeforeDecision(const v1::FundingCall& funding_call) {
  if (funding_call.state() == v1::FUNDING_CALL_STATE_CLOSED ||
      funding_call.state() == v1::FUNDING_CALL_STATE_EVALUATION) {
    return absl::OkStatus();
  }
  return Refuse(rules::kCallNotAtStep, "This is done between the closing and the decision.");
}

absl::StatusOr<bool> HasConflict(storage::Transaction& tx, const std::string& application,
                                 const Reader& person) {
  ACCORD_ASSIGN_OR_RETURN(const std::string declared, KeptOnce(tx, Once::kDeclaration, application, person));
  ACCORD_ASSIGN_OR_RETURN(const bool reads, IsReader(tx, application, person));
  return !declared.empty() && !reads;
}

absl::Status SetReader(storage::Transaction& tx, const v1::RuleSet& policy, storage::Resources* applications,
                       const std::string& application, const Reader& person, bool reads) {
  ACCORD_RETURN_IF_ERROR(reads ? AddReader(tx, application, person) : RemoveReader(tx, application, person));
  v1::FundingApplication stored;
  ACCORD_RETURN_IF_ERROR(applications->GetAny(tx, application, &stored));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, policy, stored));
  return applications->PlaceAgain(tx, stored, placement);
}

}  // namespace accord::strategy
