// These are the handlers of FundingAssessmentService for conflicts.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_DECLARATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_DECLARATION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/scored_records.h"

namespace accord::strategy {

// This gives the placement of a declaration, which its agency, the office and the person who declared
// can list.
storage::Placement ConflictDeclarationPlacement(const v1::RuleSet& policy,
                                                const v1::ConflictDeclaration& declaration);

// This fails with NOT_FOUND unless the caller is the person who declared, the director or the office's
// privacy officer.
absl::Status ReadConflictDeclaration(const Caller& caller, storage::Transaction& tx,
                                     storage::Resources* declarations, const std::string& name,
                                     v1::ConflictDeclaration* out);

class ConflictDeclarationService {
 public:
  ConflictDeclarationService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock), rules_(rules), records_(tokens), applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::ConflictDeclaration>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateConflictDeclarationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetConflictDeclarationRequest&);
  absl::StatusOr<v1::ListConflictDeclarationsResponse> List(host::Call&, Tx&,
                                                            const v1::ListConflictDeclarationsRequest&);
  Result Rule(host::Call&, Tx&, const storage::Write&, const v1::RuleConflictDeclarationRequest&);

  // This applies the event to the person's own assessment of the application, if there is one.
  absl::Status MoveAssessment(Tx&, const storage::Write&, const v1::ConflictDeclaration&,
                              const std::string& event);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  ScoredRecords records_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_DECLARATION_SERVICE_H_
