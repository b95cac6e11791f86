// This holds every gRPC service of the process, and the sweeper that opens and closes funding calls.
#ifndef ACCORD_SERVICES_STRATEGY_SERVICES_H_
#define ACCORD_SERVICES_STRATEGY_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/strategy/engagement/engagement_service.h"
#include "services/strategy/engagement/held_engagement_service.h"
#include "services/strategy/funding/award_service.h"
#include "services/strategy/funding/call_decision_service.h"
#include "services/strategy/funding/call_record_service.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/funding/fund_service.h"
#include "services/strategy/funding/funding_agreement_service.h"
#include "services/strategy/funding/funding_application_service.h"
#include "services/strategy/funding/funding_assessment_service.h"
#include "services/strategy/funding/funding_call_service.h"
#include "services/strategy/funding/organisation_link_service.h"
#include "services/strategy/funding/panel_decision_service.h"
#include "services/strategy/indicators/data_authorisation_service.h"
#include "services/strategy/indicators/indicator_observation_service.h"
#include "services/strategy/indicators/indicator_service.h"
#include "services/strategy/indicators/indicator_table_service.h"
#include "services/strategy/initiatives/initiative_service.h"
#include "services/strategy/initiatives/legislation_service.h"
#include "services/strategy/money/allocation_service.h"
#include "services/strategy/money/approval_limit_service.h"
#include "services/strategy/money/contribution_service.h"
#include "services/strategy/money/envelope_service.h"
#include "services/strategy/money/payment_service.h"
#include "services/strategy/reports/office_role_service.h"
#include "services/strategy/reports/progress_report_service.h"
#include "services/strategy/reports/rendered_report_service.h"

namespace accord::strategy {

class StrategyServices {
 public:
  StrategyServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   v1::RuleSet rules);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }

 private:
  const storage::PageTokens* const tokens_;
  const v1::RuleSet rules_;
  InitiativeService initiatives_;
  LegislationService legislation_;
  IndicatorService indicators_;
  IndicatorObservationService observations_;
  IndicatorTableService tables_;
  DataAuthorisationService data_authorisations_;
  EngagementService engagement_;
  HeldEngagementService held_engagements_;
  OrganisationLinkService organisation_links_;
  EnvelopeService envelopes_;
  AllocationService allocations_;
  ContributionService contributions_;
  OfficeRoleService office_roles_;
  ProgressReportService reports_;
  RenderedReportService rendered_;
  PaymentService payments_;
  ApprovalLimitService approval_limits_;
  FundService funds_;
  FundingCallService funding_calls_;
  FundingApplicationService funding_applications_;
  FundingAssessmentService funding_assessments_;
  ConflictDeclarationService conflict_declarations_;
  PanelDecisionService panel_decisions_;
  CallDecisionService call_decisions_;
  AwardService awards_;
  FundingAgreementService funding_agreements_;
  CallRecordService call_records_;
  host::Sweeper sweeper_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ServiceConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_SERVICES_H_
