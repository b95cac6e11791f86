#include "services/strategy/parts.h"

#include <algorithm>
#include <memory>
#include <string>

#include "accord/strategy/v1/engagement_resources.pb.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_agreement_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/funding/funding_agreement_service.h"
#include "services/strategy/funding/panel_decision_service.h"

namespace accord::strategy {
namespace {

namespace a = annotations::v1;
using host::PartSet;

// This gives the parts of a caller who sees the record: every such caller reads it, and the agency that owns
// it, the office and the leading agency have further parts.
PartSet PartsInRecord(const std::string& name, const std::string& lead, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == caller.agency) parts.insert(a::PART_OWNER);
  if (caller.kind == a::AGENCY_KIND_COORDINATION_OFFICE) parts.insert(a::PART_OFFICE);
  if (!lead.empty() && lead == caller.agency) parts.insert(a::PART_LEAD);
  return parts;
}

// No agency leads a record of this kind.
template <class M>
std::string LedByNobody(const M& /*record*/) {
  return "";
}

// This tells the parts in records of one kind. `lead` gives the agency that leads a record, or an empty text
// if none does.
template <class M, class Lead>
void TellPartsInRecords(const std::string& collection, const std::string& kind,
                        const storage::PageTokens* tokens, host::Handlers* handlers, Lead lead) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(collection,
                         [records, lead](host::Call& call, storage::Transaction& tx,
                                         const std::string& name) -> absl::StatusOr<PartSet> {
                           M record;
                           ACCORD_RETURN_IF_ERROR(records->Get(tx, name, call.caller().agency, &record));
                           return PartsInRecord(name, lead(record), call.caller());
                         });
}

// This tells the parts in reports: every ministry that a report names is asked to confirm it.
void TellPartsInReports(const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto reports = std::make_shared<storage::Resources>("progress_report", tokens);
  handlers->parts().Tell("progressReports",
                         [reports](host::Call& call, storage::Transaction& tx,
                                   const std::string& name) -> absl::StatusOr<PartSet> {
                           v1::ProgressReport report;
                           ACCORD_RETURN_IF_ERROR(reports->Get(tx, name, call.caller().agency, &report));
                           PartSet parts = PartsInRecord(name, "", call.caller());
                           const auto& asked = report.ministries();
                           if (std::find(asked.begin(), asked.end(), call.caller().agency) != asked.end()) {
                             parts.insert(a::PART_ASKED);
                           }
                           return parts;
                         });
}

// This tells the parts in records that one person reads and a colleague does not. `tell` gives the parts of
// the caller, and fails with NOT_FOUND if the caller does not read the record.
template <class Tell>
void TellPartsByPerson(const std::string& collection, const std::string& kind,
                       const storage::PageTokens* tokens, host::Handlers* handlers, Tell tell) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(
      collection, [records, tell](host::Call& call, storage::Transaction& tx, const std::string& name) {
        return tell(records.get(), call, tx, name);
      });
}

absl::StatusOr<PartSet> PartsInFundingApplication(storage::Resources* records, host::Call& call,
                                                  storage::Transaction& tx, const std::string& name) {
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(ReadApplication(call.caller(), tx, records, name, &application));
  return ApplicationParts(call.caller(), application);
}

absl::StatusOr<PartSet> PartsInConflictDeclaration(storage::Resources* records, host::Call& call,
                                                   storage::Transaction& tx, const std::string& name) {
  v1::ConflictDeclaration declaration;
  ACCORD_RETURN_IF_ERROR(ReadConflictDeclaration(call.caller(), tx, records, name, &declaration));
  return PartSet{a::PART_READER};
}

absl::StatusOr<PartSet> PartsInPanelDecision(storage::Resources* records, host::Call& call,
                                             storage::Transaction& tx, const std::string& name) {
  v1::PanelDecision decision;
  ACCORD_RETURN_IF_ERROR(ReadPanelDecision(call.caller(), tx, records, name, &decision));
  return PartSet{a::PART_READER};
}

absl::StatusOr<PartSet> PartsInFundingAgreement(storage::Resources* records, host::Call& call,
                                                storage::Transaction& tx, const std::string& name) {
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(ReadFundingAgreement(call.caller(), tx, records, name, &agreement));
  return PartsInRecord(name, "", call.caller());
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, FundingAssessmentService* assessments,
               host::Handlers* handlers) {
  TellPartsInRecords<v1::Initiative>(
      "initiatives", "initiative", tokens, handlers,
      [](const v1::Initiative& initiative) { return initiative.lead_ministry(); });
  TellPartsInRecords<v1::LegislativeInitiative>("legislativeInitiatives", "legislative_initiative", tokens,
                                                handlers, LedByNobody<v1::LegislativeInitiative>);
  TellPartsInRecords<v1::Indicator>("indicators", "indicator", tokens, handlers, LedByNobody<v1::Indicator>);
  TellPartsInRecords<v1::IndicatorObservation>("indicatorObservations", "indicator_observation", tokens,
                                               handlers, LedByNobody<v1::IndicatorObservation>);
  TellPartsInRecords<v1::DataAuthorisation>("dataAuthorisations", "data_authorisation", tokens, handlers,
                                            LedByNobody<v1::DataAuthorisation>);
  TellPartsInRecords<v1::Coalition>("coalitions", "coalition", tokens, handlers, LedByNobody<v1::Coalition>);
  TellPartsInRecords<v1::Organisation>("organisations", "organisation", tokens, handlers,
                                       LedByNobody<v1::Organisation>);
  TellPartsInRecords<v1::Envelope>("envelopes", "envelope", tokens, handlers, LedByNobody<v1::Envelope>);
  TellPartsInRecords<v1::Allocation>("allocations", "allocation", tokens, handlers,
                                     LedByNobody<v1::Allocation>);
  TellPartsInRecords<v1::Contribution>("contributions", "contribution", tokens, handlers,
                                       LedByNobody<v1::Contribution>);
  TellPartsInReports(tokens, handlers);
  TellPartsInRecords<v1::Payment>("payments", "payment", tokens, handlers, LedByNobody<v1::Payment>);
  TellPartsInRecords<v1::ApprovalLimit>("approvalLimits", "approval_limit", tokens, handlers,
                                        LedByNobody<v1::ApprovalLimit>);
  TellPartsInRecords<v1::Fund>("funds", "fund", tokens, handlers, LedByNobody<v1::Fund>);
  TellPartsInRecords<v1::FundingCall>("fundingCalls", "funding_call", tokens, handlers,
                                      LedByNobody<v1::FundingCall>);
  TellPartsByPerson("fundingApplications", "funding_application", tokens, handlers,
                    PartsInFundingApplication);
  TellPartsByPerson("conflictDeclarations", "conflict_declaration", tokens, handlers,
                    PartsInConflictDeclaration);
  TellPartsByPerson("fundingAgreements", "funding_agreement", tokens, handlers, PartsInFundingAgreement);
  TellPartsByPerson("panelDecisions", "panel_decision", tokens, handlers, PartsInPanelDecision);
  handlers->parts().Tell("fundingAssessments",
                         [assessments](host::Call& call, storage::Transaction& tx,
                                       const std::string& name) -> absl::StatusOr<PartSet> {
                           ACCORD_RETURN_IF_ERROR(assessments->Shown(call.caller(), tx, name).status());
                           return PartSet{a::PART_READER};
                         });
}

}  // namespace accord::strategy
