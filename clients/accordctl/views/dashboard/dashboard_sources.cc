#include "clients/accordctl/views/dashboard/dashboard_sources.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "accord/intelligence/v1/purge_service.pb.h"
#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/intelligence/v1/request_service.pb.h"
#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/advice_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/strategy/v1/funding_agreement_service.pb.h"
#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/funding_call_service.pb.h"
#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/progress_report_service.pb.h"
#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_disclosure_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "accord/training/v1/certificate_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace i = intelligence::v1;
namespace c = prosecution::v1;
namespace st = strategy::v1;
using google::protobuf::RepeatedPtrField;

// This reads every page of `list noun`, once for each request.
template <class Response, class Record>
Source SourceFromEach(const std::string& noun, const RepeatedPtrField<Record>& (Response::*records)() const,
                      const std::vector<Json>& requests) {
  const auto read = [=](Reading* reading) -> absl::Status {
    for (const Json& request : requests) {
      ACCORD_RETURN_IF_ERROR(ReadPages<Response>(
          reading->session, noun,
          [&](const Response& page) {
            for (const Record& each : (page.*records)()) AddWaiting(reading->viewer, each, &reading->waiting);
            reading->Progress(noun, (page.*records)().size());
          },
          request));
    }
    return absl::OkStatus();
  };
  return {noun, "list", noun, read};
}

// This reads every page of `list noun`. If there are values, which are the states of open work, it reads once
// for each, narrowed to the records whose `field` has it, so that closed records are never read.
template <class Response, class Record>
Source SourceFrom(const std::string& noun, const RepeatedPtrField<Record>& (Response::*records)() const,
                  const std::string& field = "", const std::vector<int>& values = {}) {
  std::vector<Json> requests;
  for (const int value : values) requests.push_back({{field, value}});
  if (requests.empty()) requests.push_back(Json::object());
  return SourceFromEach(noun, records, requests);
}

// A claim that is to be decided on does not wait for the worker who made it.
bool WaitsForWorker(const supports::v1::BenefitClaim& claim) {
  return claim.state() == supports::v1::BENEFIT_CLAIM_STATE_INCOMPLETE ||
         claim.state() == supports::v1::BENEFIT_CLAIM_STATE_APPROVED;
}
bool WaitsForWorker(const supports::v1::SupportDisclosure&) { return true; }

// This adds what waits for the viewer as a worker of the case. Managers have read some of it already.
template <class Response, class Record>
absl::Status ReadSourceOfCase(Reading* reading, const std::string& noun, const std::string& of,
                              const RepeatedPtrField<Record>& (Response::*records)() const) {
  std::vector<Waiting> mine;
  ACCORD_RETURN_IF_ERROR(ReadPages<Response>(reading->session, noun,
                                             [&](const Response& page) {
                                               for (const Record& each : (page.*records)()) {
                                                 if (WaitsForWorker(each))
                                                   AddWaiting(reading->viewer, each, &mine);
                                               }
                                               reading->Progress(noun, (page.*records)().size());
                                             },
                                             {{"support_case", of}}));
  for (Waiting& line : mine) {
    line.turn = Turn::kMine;
    std::erase_if(reading->waiting, [&](const Waiting& known) { return known.name == line.name; });
    reading->waiting.push_back(std::move(line));
  }
  return absl::OkStatus();
}

// Workers list claims and disclosures of one case at a time.
absl::Status ReadOwnCaseSources(Reading* reading) {
  namespace sup = supports::v1;
  std::vector<std::string> own;
  ACCORD_RETURN_IF_ERROR(ReadPages<sup::ListSupportCasesResponse>(
      reading->session, "support-cases", [&](const sup::ListSupportCasesResponse& page) {
        for (const sup::SupportCase& each : page.support_cases()) {
          const auto& workers = each.workers();
          const bool works =
              std::find(workers.begin(), workers.end(), reading->viewer.actor) != workers.end();
          if (works) own.push_back(each.name());
        }
        reading->Progress("support-cases", page.support_cases_size());
      }));
  for (const std::string& of : own) {
    ACCORD_RETURN_IF_ERROR(
        ReadSourceOfCase(reading, "benefit-claims", of, &sup::ListBenefitClaimsResponse::benefit_claims));
    ACCORD_RETURN_IF_ERROR(ReadSourceOfCase(reading, "support-disclosures", of,
                                            &sup::ListSupportDisclosuresResponse::support_disclosures));
  }
  return absl::OkStatus();
}

// This reads the calls, and what their panels have decided: both tell what is to be done about
// an application.
absl::Status ReadCallSources(Reading* reading) {
  Viewer& viewer = reading->viewer;
  ACCORD_RETURN_IF_ERROR(ReadPages<st::ListFundingCallsResponse>(
      reading->session, "funding-calls", [&](const st::ListFundingCallsResponse& page) {
        for (const st::FundingCall& each : page.funding_calls()) viewer.calls[each.name()] = each;
      }));
  for (const auto& [name, call] : viewer.calls) {
    const bool on_panel = std::any_of(call.panel().begin(), call.panel().end(), [&](const auto& member) {
      return member.agency() == viewer.agency && member.person() == viewer.actor;
    });
    if (!on_panel || call.state() != st::FUNDING_CALL_STATE_EVALUATION) continue;
    ACCORD_RETURN_IF_ERROR(
        ReadPages<st::ListPanelDecisionsResponse>(reading->session, "panel-decisions",
                                                  [&](const st::ListPanelDecisionsResponse& page) {
                                                    for (const auto& each : page.panel_decisions()) {
                                                      viewer.recommended.insert(each.funding_application());
                                                    }
                                                  },
                                                  {{"funding_call", name}}));
  }
  return absl::OkStatus();
}

// What everybody may read is read by those who may do something about it.
Source SourceReadBy(const std::string& verb, const std::string& noun, Source source) {
  source.verb = verb;
  source.noun = noun;
  return source;
}

Source FundingApplicationSource() {
  Source source = SourceFrom<st::ListFundingApplicationsResponse, st::FundingApplication>(
      "funding-applications", &st::ListFundingApplicationsResponse::funding_applications);
  source.read = [listed = source.read](Reading* reading) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(ReadCallSources(reading));
    return listed(reading);
  };
  return source;
}

Source ObservationSource(st::ObservationState state) {
  return SourceFrom<st::ListIndicatorObservationsResponse, st::IndicatorObservation>(
      "indicator-observations", &st::ListIndicatorObservationsResponse::indicator_observations, "state",
      {state});
}

Source ProgressReportSource() {
  return SourceFrom<st::ListProgressReportsResponse, st::ProgressReport>(
      "progress-reports", &st::ListProgressReportsResponse::progress_reports);
}

// Of these no more is read than whose turn it is: a case names victims, and a report is intelligence.
void AddUnassignedSources(std::vector<Source>* all) {
  const Json whose = {{"read_mask", "assignments"}};
  all->push_back(SourceReadBy("assign", "crown",
                              SourceFromEach<c::ListCasesResponse, c::Case>(
                                  "cases", &c::ListCasesResponse::cases, std::vector<Json>(1, whose))));
  all->back().taken_by = {{"assign", "crown"}};
  const Json undecided = {{"filter", "state = submitted OR state = evaluated"}, {"read_mask", "state"}};
  all->push_back(
      SourceReadBy("decide", "report",
                   SourceFromEach<i::ListReportsResponse, i::Report>(
                       "reports", &i::ListReportsResponse::reports, std::vector<Json>(1, undecided))));
  all->back().taken_by = {{"grade", "report"}, {"decide", "report"}};
}

// The calls come with the applications, before the assessments.
void AddStrategySources(std::vector<Source>* all) {
  all->push_back(FundingApplicationSource());
  all->push_back(SourceFrom<st::ListFundingAssessmentsResponse, st::FundingAssessment>(
      "funding-assessments", &st::ListFundingAssessmentsResponse::funding_assessments));
  all->push_back(SourceFrom<st::ListConflictDeclarationsResponse, st::ConflictDeclaration>(
      "conflict-declarations", &st::ListConflictDeclarationsResponse::conflict_declarations));
  all->push_back(SourceFrom<st::ListFundingAgreementsResponse, st::FundingAgreement>(
      "funding-agreements", &st::ListFundingAgreementsResponse::funding_agreements));
  all->push_back(
      SourceFrom<st::ListPaymentsResponse, st::Payment>("payments", &st::ListPaymentsResponse::payments));
  all->push_back(
      SourceReadBy("verify", "indicator-observation", ObservationSource(st::OBSERVATION_STATE_SUBMITTED)));
  all->push_back(
      SourceReadBy("submit", "indicator-observation", ObservationSource(st::OBSERVATION_STATE_DRAFT)));
  all->push_back(SourceReadBy("confirm", "progress-report", ProgressReportSource()));
  all->push_back(SourceReadBy("publish", "progress-report", ProgressReportSource()));
}

}  // namespace

void Reading::Progress(const std::string& noun, int more) {
  records += static_cast<std::size_t>(more);
  if (isatty(STDERR_FILENO) == 0) return;
  std::cerr << "\r" << CountedText(static_cast<int64_t>(records), "record", "records") << " read, " << noun
            << std::string(20, ' ') << std::flush;
}

const std::vector<Source>& Sources() {
  static const auto* sources = [] {
    auto* all = new std::vector<Source>{
        SourceFrom<p::ListReferralsResponse, p::Referral>(
            "referrals", &p::ListReferralsResponse::referrals, "state",
            {p::REFERRAL_STATE_SUBMITTED, p::REFERRAL_STATE_ACKNOWLEDGED, p::REFERRAL_STATE_JOINT,
             p::REFERRAL_STATE_CAS_LEAD, p::REFERRAL_STATE_POLICE_LEAD, p::REFERRAL_STATE_CONSULT_ONLY,
             p::REFERRAL_STATE_NOT_ELIGIBLE_CFSA, p::REFERRAL_STATE_NO_FURTHER_ACTION}),
        SourceFrom<p::ListDisputesResponse, p::Dispute>("disputes", &p::ListDisputesResponse::disputes,
                                                        "state", {p::DISPUTE_STATE_OPEN}),
        SourceFrom<p::ListJointInvestigationsResponse, p::JointInvestigation>(
            "joint-investigations", &p::ListJointInvestigationsResponse::joint_investigations, "state",
            {p::JOINT_INVESTIGATION_STATE_OPEN}),
        SourceFrom<p::ListInspectorReferralsResponse, p::InspectorReferral>(
            "inspector-referrals", &p::ListInspectorReferralsResponse::inspector_referrals, "state",
            {p::INSPECTOR_REFERRAL_STATE_SUBMITTED, p::INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED}),
        SourceFrom<p::ListProtocolsResponse, p::Protocol>(
            "protocols", &p::ListProtocolsResponse::protocols, "state",
            {p::PROTOCOL_STATE_FOR_SIGNATURE, p::PROTOCOL_STATE_PARTIALLY_SIGNED, p::PROTOCOL_STATE_IN_FORCE,
             p::PROTOCOL_STATE_UNDER_REVIEW}),
        SourceFrom<i::ListInformationRequestsResponse, i::InformationRequest>(
            "information-requests", &i::ListInformationRequestsResponse::information_requests),
        SourceFrom<i::ListReleaseRequestsResponse, i::ReleaseRequest>(
            "release-requests", &i::ListReleaseRequestsResponse::release_requests),
        SourceFrom<i::ListPurgeNoticesResponse, i::PurgeNotice>("purge-notices",
                                                                &i::ListPurgeNoticesResponse::purge_notices),
        // The board comes before the alerts, since it says more of one ceiling than they do.
        SourceFrom<c::ListBoardResponse, c::Accused>("board", &c::ListBoardResponse::accused),
        SourceFrom<c::ListCeilingAlertsResponse, c::CeilingAlert>(
            "ceiling-alerts", &c::ListCeilingAlertsResponse::ceiling_alerts),
        SourceFrom<c::ListAdviceRequestsResponse, c::AdviceRequest>(
            "advice-requests", &c::ListAdviceRequestsResponse::advice_requests),
        SourceFrom<supports::v1::ListSurvivorNoticesResponse, supports::v1::SurvivorNotice>(
            "survivor-notices", &supports::v1::ListSurvivorNoticesResponse::survivor_notices),
        SourceFrom<supports::v1::ListSupportReferralsResponse, supports::v1::SupportReferral>(
            "support-referrals", &supports::v1::ListSupportReferralsResponse::support_referrals),
        SourceFrom<supports::v1::ListBenefitClaimsResponse, supports::v1::BenefitClaim>(
            "benefit-claims", &supports::v1::ListBenefitClaimsResponse::benefit_claims),
        SourceFrom<supports::v1::ListBenefitPaymentsResponse, supports::v1::BenefitPayment>(
            "benefit-payments", &supports::v1::ListBenefitPaymentsResponse::benefit_payments),
        SourceFrom<supports::v1::ListRestrainingOrdersResponse, supports::v1::RestrainingOrder>(
            "restraining-orders", &supports::v1::ListRestrainingOrdersResponse::restraining_orders,
            "selection", {supports::v1::ORDER_SELECTION_UNSERVED, supports::v1::ORDER_SELECTION_EXPIRING}),
        Source{"support-cases", "list", "support-disclosures", ReadOwnCaseSources},
        SourceFrom<training::v1::ListCompletionCertificatesResponse, training::v1::CompletionCertificate>(
            "completion-certificates",
            &training::v1::ListCompletionCertificatesResponse::completion_certificates, "status",
            {training::v1::CERTIFICATE_STATUS_EXPIRING, training::v1::CERTIFICATE_STATUS_EXPIRED})};
    AddUnassignedSources(all);
    AddStrategySources(all);
    // Everybody reads protocols; they wait for those who sign.
    for (Source& each : *all) {
      if (each.list != "protocols") continue;
      each.verb = "sign";
      each.noun = "protocol";
    }
    return all;
  }();
  return *sources;
}

}  // namespace accord::ctl
