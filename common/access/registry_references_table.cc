#include "common/access/registry_references.h"

namespace accord {
namespace {

constexpr auto kSociety = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
constexpr auto kPolice = annotations::v1::AGENCY_KIND_POLICE_SERVICE;
constexpr auto kCrown = annotations::v1::AGENCY_KIND_CROWN;
constexpr auto kMinistry = annotations::v1::AGENCY_KIND_MINISTRY;
constexpr auto kVictimServices = annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
constexpr auto kBureau = annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE;

// These are the people who may act on a referral or in a joint investigation.
std::vector<Role> SocietyOrPoliceWorkers() {
  using namespace annotations::v1;
  return {ROLE_CAS_WORKER,    ROLE_CAS_SUPERVISOR,    ROLE_CAS_DIRECTOR,
          ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF};
}

}  // namespace

const std::vector<ReferenceField>& ReferenceFields() {
  static const auto* table = new std::vector<ReferenceField>{
      // A First Nation, a hospital or a school can be consulted without taking part in Accord.
      // For other agencies the capacity determines what they may read, for example sections for
      // police only.
      {.field = "accord.protocols.v1.ProtocolParty.agency",
       .referent = Referent::kAdmittedAgency,
       .beside = "capacity",
       .unless = {"first_nation", "health", "education", "youth_advocacy_centre"},
       .kinds_by = {{"cas", {kSociety}},
                    {"indigenous_society", {kSociety}},
                    {"police", {kPolice}},
                    {"fn_police", {kPolice}},
                    {"crown", {kCrown}},
                    {"victim_services", {kVictimServices}}}},
      {"accord.protocols.v1.Referral.to_agency", Referent::kAdmittedAgency, {kSociety, kPolice}},
      {"accord.protocols.v1.Referral.implicated_agency", Referent::kAgency, {kSociety, kPolice}},
      {"accord.protocols.v1.RedirectReferralRequest.to_agency",
       Referent::kAdmittedAgency,
       {kSociety, kPolice}},
      {.field = "accord.protocols.v1.AssignReferralRequest.assignee",
       .referent = Referent::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.AssignInspectorReferralRequest.assignee",
       .referent = Referent::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.JoinJointInvestigationRequest.actor",
       .referent = Referent::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.LeaveJointInvestigationRequest.successor",
       .referent = Referent::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {"accord.protocols.v1.Dispute.with_agency", Referent::kAgency},
      {"accord.protocols.v1.InspectorReferral.on_behalf_of", Referent::kAgency, {kMinistry}},
      {"accord.protocols.v1.InspectorReferral.to_agency", Referent::kAdmittedAgency, {kSociety, kPolice}},

      {"accord.intelligence.v1.AdvancePositionRequest.home_agency", Referent::kAgency},
      {"accord.intelligence.v1.Report.recipients", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.SetReportHandlingRequest.recipients", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.ShareReportRequest.to_agency", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.ShareReportRequest.disclosure_officer", Referent::kPerson},
      {"accord.intelligence.v1.ReleaseRequest.recipients", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.DecideReleaseRequestRequest.recipients", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.InformationRequest.to", Referent::kAdmittedAgency},
      {"accord.intelligence.v1.SetMembershipCategoryRequest.agency", Referent::kAgency},
      // A product goes to the agencies that may read products, which are the product_recipients of
      // its service.
      {"accord.intelligence.v1.Product.recipients",
       Referent::kAdmittedAgency,
       {kPolice, kBureau, kCrown, kVictimServices}},
      {"accord.intelligence.v1.IssueProductRequest.recipients",
       Referent::kAdmittedAgency,
       {kPolice, kBureau, kCrown, kVictimServices}},
      {"accord.intelligence.v1.IssueProductRequest.disclosure_officer", Referent::kPerson},

      {"accord.prosecution.v1.Case.police_service", Referent::kAgency, {kPolice}},
      {"accord.prosecution.v1.AssignCrownRequest.agency", Referent::kAdmittedAgency, {kCrown}},
      // The coordinator of the provincial team assigns Crown counsel. The rules of the prosecution service
      // call that agency team_agency.
      {.field = "accord.prosecution.v1.AssignCrownRequest.crown",
       .referent = Referent::kPerson,
       .agency_field = "agency",
       .told = {"cr-phtpt"},
       .roles = {annotations::v1::ROLE_CROWN_COUNSEL, annotations::v1::ROLE_CROWN_COORDINATOR}},
      {"accord.prosecution.v1.ReplaceCrownRequest.agency", Referent::kAgency, {kCrown}},
      {.field = "accord.prosecution.v1.ReplaceCrownRequest.successor",
       .referent = Referent::kPerson,
       .agency_field = "agency",
       .told = {"cr-phtpt"},
       .roles = {annotations::v1::ROLE_CROWN_COUNSEL, annotations::v1::ROLE_CROWN_COORDINATOR}},
      {"accord.prosecution.v1.AdviceRequest.crown_agency", Referent::kAdmittedAgency, {kCrown}},
      {"accord.prosecution.v1.LinkToken.support_agency", Referent::kAdmittedAgency, {kVictimServices}},
      // A survivor's withdrawal counts even if the agency no longer takes part.
      {"accord.prosecution.v1.WithdrawLinkTokenRequest.on_behalf_of", Referent::kAgency, {kVictimServices}},

      {"accord.strategy.v1.Initiative.lead_ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.Initiative.partner_ministries", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.LegislativeInitiative.lead_ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.Indicator.owner_ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.Indicator.governing_bodies", Referent::kAdmittedAgency},
      {"accord.strategy.v1.Envelope.ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.Allocation.recipient", Referent::kAgency},
      {"accord.strategy.v1.ApprovalLimit.agency", Referent::kAdmittedAgency},
      {.field = "accord.strategy.v1.ApprovalLimit.person",
       .referent = Referent::kPerson,
       .agency_field = "agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::ROLE_OFFICE_DIRECTOR,
                 annotations::v1::ROLE_MINISTRY_LEAD, annotations::v1::ROLE_FINANCE_OFFICER}},
      {"accord.strategy.v1.Contribution.from_ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.ReportFigure.contributor", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.ReportSentence.ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.Fund.design_partners", Referent::kAgency},
      {"accord.strategy.v1.FundingCall.owner_ministry", Referent::kAgency, {kMinistry}},
      {"accord.strategy.v1.FundingCall.co_approvers", Referent::kAdmittedAgency},
      {"accord.strategy.v1.PanelMember.agency", Referent::kAdmittedAgency},
      // The office, which its rules call office_agency, appoints people of other agencies.
      {.field = "accord.strategy.v1.PanelMember.person",
       .referent = Referent::kPerson,
       .agency_field = "agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_FUND_PANEL}},
      // An organisation may be linked to an agency that no longer takes part.
      {"accord.strategy.v1.LinkOrganisationRequest.agency", Referent::kAgency},
      {"accord.strategy.v1.FundingApplication.applicant_agency", Referent::kAgency},
      {"accord.strategy.v1.ScreenFundingApplicationRequest.applicant_agency", Referent::kAgency},
      {"accord.strategy.v1.FundingAssessment.scorer_agency", Referent::kAdmittedAgency},
      {.field = "accord.strategy.v1.FundingAssessment.scorer",
       .referent = Referent::kPerson,
       .agency_field = "scorer_agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_FUND_SCORER}},

      // A manager may be one of the workers of a case.
      {.field = "accord.supports.v1.AssignSupportCaseWorkerRequest.worker",
       .referent = Referent::kPerson,
       .roles = {annotations::v1::ROLE_VS_WORKER, annotations::v1::ROLE_VWAP_WORKER,
                 annotations::v1::ROLE_VS_MANAGER}},
      {"accord.supports.v1.CrisisPartner.partner_agency", Referent::kAgency, {kVictimServices}},
      {.field = "accord.supports.v1.Consent.recipient_agency",
       .referent = Referent::kAdmittedAgency,
       .beside = "purpose",
       .unless = {"services", "counting", "order_application"},
       .kinds_by = {{"referral", {kVictimServices}},
                    {"link_prosecution", {kCrown}},
                    {"benefit_claim", {kVictimServices}}}},
      {"accord.supports.v1.EntrustRestrainingOrderRequest.serving_agency",
       Referent::kAdmittedAgency,
       {kPolice}},

      {.field = "accord.training.v1.Offering.instructors",
       .referent = Referent::kPerson,
       .roles = {annotations::v1::ROLE_TRAINER, annotations::v1::ROLE_TRAINING_ADMIN}},
      {.field = "accord.training.v1.ReplaceOfferingInstructorRequest.successor",
       .referent = Referent::kPerson,
       .roles = {annotations::v1::ROLE_TRAINER, annotations::v1::ROLE_TRAINING_ADMIN}},
      {"accord.training.v1.Enrolment.learner_agency", Referent::kAgency},
      {"accord.training.v1.Observation.to_agency", Referent::kAdmittedAgency, {kSociety, kPolice}},

      {"accord.registry.v1.Agency.successor", Referent::kAgency},
  };
  return *table;
}

}  // namespace accord
