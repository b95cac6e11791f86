#include "common/access/named.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr auto kSociety = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
constexpr auto kPolice = annotations::v1::AGENCY_KIND_POLICE_SERVICE;
constexpr auto kCrown = annotations::v1::AGENCY_KIND_CROWN;
constexpr auto kMinistry = annotations::v1::AGENCY_KIND_MINISTRY;
constexpr auto kVictimServices = annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
constexpr auto kBureau = annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE;

// The people who may act on a referral or in a joint investigation.
std::vector<Role> SocietyOrPoliceWorkers() {
  using namespace annotations::v1;
  return {ROLE_CAS_WORKER,    ROLE_CAS_SUPERVISOR,    ROLE_CAS_DIRECTOR,
          ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF};
}

bool OutputOnly(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::rule).output_only();
}

// Only Accord's own messages name agencies or people.
bool OfAccord(const Descriptor& type) { return absl::StartsWith(type.file()->package(), "accord."); }

bool Reaches(const Descriptor& type, std::set<const Descriptor*>* seen) {
  if (!OfAccord(type) || !seen->insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (OutputOnly(field)) continue;
    if (NamedFieldOf(field) != nullptr) return true;
    if (field.message_type() != nullptr && Reaches(*field.message_type(), seen)) return true;
  }
  return false;
}

class Finder {
 public:
  explicit Finder(const std::string& caller_agency) : caller_agency_(caller_agency) {}

  void Walk(const Message& message, const std::string& prefix) {
    if (!OfAccord(*message.GetDescriptor())) return;
    std::vector<const FieldDescriptor*> present;
    message.GetReflection()->ListFields(message, &present);
    for (const FieldDescriptor* field : present) {
      if (!OutputOnly(*field)) Look(message, *field, prefix + field->name());
    }
  }

  std::vector<Named> found;

 private:
  void Look(const Message& message, const FieldDescriptor& field, const std::string& path) {
    const auto* reflection = message.GetReflection();
    const bool repeated = field.is_repeated();
    const int count = repeated ? reflection->FieldSize(message, &field) : 1;
    const NamedField* named = NamedFieldOf(field);
    for (int i = 0; i < count; ++i) {
      const std::string at = repeated ? absl::StrCat(path, "[", i, "]") : path;
      if (field.message_type() != nullptr) {
        Walk(repeated ? reflection->GetRepeatedMessage(message, &field, i)
                      : reflection->GetMessage(message, &field),
             at + ".");
      } else if (named != nullptr) {
        Take(message, *named, at,
             repeated ? reflection->GetRepeatedString(message, &field, i)
                      : reflection->GetString(message, &field));
      }
    }
  }

  void Take(const Message& message, const NamedField& named, const std::string& path,
            const std::string& value) {
    if (value.empty()) return;
    if (named.names == Names::kPerson) {
      const std::string agency =
          named.agency_field.empty() ? caller_agency_ : Beside(message, named.agency_field);
      return found.push_back({&named, path, agency, value, {}});
    }
    std::vector<AgencyKind> kinds = named.kinds;
    if (!named.beside.empty()) {
      const std::string beside = Beside(message, named.beside);
      if (std::find(named.unless.begin(), named.unless.end(), beside) != named.unless.end()) return;
      if (const auto by = named.kinds_by.find(beside); by != named.kinds_by.end()) kinds = by->second;
    }
    found.push_back({&named, path, value, "", std::move(kinds)});
  }

  // Gives the field's string, or the short name of its enum value.
  static std::string Beside(const Message& message, std::string_view name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
    const auto* reflection = message.GetReflection();
    return field->enum_type() == nullptr
               ? reflection->GetString(message, field)
               : ShortName(field->enum_type(), reflection->GetEnumValue(message, field));
  }

  const std::string& caller_agency_;
};

// Turns `protocol.parties[1].agency` into the path that an update mask uses: `parties.agency`.
std::string InResource(const std::string& path) {
  std::string relative;
  bool inside = false;
  for (const char c : path.substr(path.find('.') + 1)) {
    if (c == '[') inside = true;
    if (!inside) relative += c;
    if (c == ']') inside = false;
  }
  return relative;
}

// Fields outside the update mask are ignored, so they name nobody.
void DropOutsideMask(const Message& request, std::vector<Named>* found) {
  const auto* field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr || !request.GetReflection()->HasField(request, field)) return;
  const Message& mask = request.GetReflection()->GetMessage(request, field);
  const auto* paths = mask.GetDescriptor()->FindFieldByName("paths");
  const auto changed = [&](const std::string& path) {
    const std::string relative = InResource(path);
    for (int i = 0; i < mask.GetReflection()->FieldSize(mask, paths); ++i) {
      const std::string named = mask.GetReflection()->GetRepeatedString(mask, paths, i);
      if (named == "*" || relative == named || absl::StartsWith(relative, named + ".")) return true;
    }
    return false;
  };
  std::erase_if(*found, [&](const Named& each) {
    return each.path.find('.') != std::string::npos && !changed(each.path);
  });
}

}  // namespace

const std::vector<NamedField>& NamedFields() {
  static const auto* table = new std::vector<NamedField>{
      // A First Nation, a hospital or a school can be consulted without taking part in Accord.
      // For other agencies the capacity determines what they may read, for example sections for
      // police only.
      {.field = "accord.protocols.v1.ProtocolParty.agency",
       .names = Names::kAdmittedAgency,
       .beside = "capacity",
       .unless = {"first_nation", "health", "education", "youth_advocacy_centre"},
       .kinds_by = {{"cas", {kSociety}},
                    {"indigenous_society", {kSociety}},
                    {"police", {kPolice}},
                    {"fn_police", {kPolice}},
                    {"crown", {kCrown}},
                    {"victim_services", {kVictimServices}}}},
      {"accord.protocols.v1.Referral.to_agency", Names::kAdmittedAgency, {kSociety, kPolice}},
      {"accord.protocols.v1.Referral.implicated_agency", Names::kAgency, {kSociety, kPolice}},
      {"accord.protocols.v1.RedirectReferralRequest.to_agency", Names::kAdmittedAgency, {kSociety, kPolice}},
      {.field = "accord.protocols.v1.AssignReferralRequest.assignee",
       .names = Names::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.AssignInspectorReferralRequest.assignee",
       .names = Names::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.JoinJointInvestigationRequest.actor",
       .names = Names::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {.field = "accord.protocols.v1.LeaveJointInvestigationRequest.successor",
       .names = Names::kPerson,
       .roles = SocietyOrPoliceWorkers()},
      {"accord.protocols.v1.Dispute.with_agency", Names::kAgency},
      {"accord.protocols.v1.InspectorReferral.on_behalf_of", Names::kAgency, {kMinistry}},
      {"accord.protocols.v1.InspectorReferral.to_agency", Names::kAdmittedAgency, {kSociety, kPolice}},

      {"accord.intelligence.v1.AdvancePositionRequest.home_agency", Names::kAgency},
      {"accord.intelligence.v1.Report.recipients", Names::kAdmittedAgency},
      {"accord.intelligence.v1.SetReportHandlingRequest.recipients", Names::kAdmittedAgency},
      {"accord.intelligence.v1.ShareReportRequest.to_agency", Names::kAdmittedAgency},
      {"accord.intelligence.v1.ShareReportRequest.disclosure_officer", Names::kPerson},
      {"accord.intelligence.v1.ReleaseRequest.recipients", Names::kAdmittedAgency},
      {"accord.intelligence.v1.DecideReleaseRequestRequest.recipients", Names::kAdmittedAgency},
      {"accord.intelligence.v1.InformationRequest.to", Names::kAdmittedAgency},
      {"accord.intelligence.v1.SetMembershipCategoryRequest.agency", Names::kAgency},
      // A product goes to the agencies that may read products: product_recipients of its service.
      {"accord.intelligence.v1.Product.recipients",
       Names::kAdmittedAgency,
       {kPolice, kBureau, kCrown, kVictimServices}},
      {"accord.intelligence.v1.IssueProductRequest.recipients",
       Names::kAdmittedAgency,
       {kPolice, kBureau, kCrown, kVictimServices}},
      {"accord.intelligence.v1.IssueProductRequest.disclosure_officer", Names::kPerson},

      {"accord.prosecution.v1.Case.police_service", Names::kAgency, {kPolice}},
      {"accord.prosecution.v1.AssignCrownRequest.agency", Names::kAdmittedAgency, {kCrown}},
      // The coordinator of the provincial team assigns: team_agency in the rules of the
      // prosecution service.
      {.field = "accord.prosecution.v1.AssignCrownRequest.crown",
       .names = Names::kPerson,
       .agency_field = "agency",
       .told = {"cr-phtpt"},
       .roles = {annotations::v1::ROLE_CROWN_COUNSEL, annotations::v1::ROLE_CROWN_COORDINATOR}},
      {"accord.prosecution.v1.ReplaceCrownRequest.agency", Names::kAgency, {kCrown}},
      {.field = "accord.prosecution.v1.ReplaceCrownRequest.successor",
       .names = Names::kPerson,
       .agency_field = "agency",
       .told = {"cr-phtpt"},
       .roles = {annotations::v1::ROLE_CROWN_COUNSEL, annotations::v1::ROLE_CROWN_COORDINATOR}},
      {"accord.prosecution.v1.AdviceRequest.crown_agency", Names::kAdmittedAgency, {kCrown}},
      {"accord.prosecution.v1.LinkToken.support_agency", Names::kAdmittedAgency, {kVictimServices}},
      // A survivor's withdrawal counts even if the agency no longer takes part.
      {"accord.prosecution.v1.WithdrawLinkTokenRequest.on_behalf_of", Names::kAgency, {kVictimServices}},

      {"accord.strategy.v1.Initiative.lead_ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.Initiative.partner_ministries", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.LegislativeInitiative.lead_ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.Indicator.owner_ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.Indicator.governing_bodies", Names::kAdmittedAgency},
      {"accord.strategy.v1.Envelope.ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.Allocation.recipient", Names::kAgency},
      {"accord.strategy.v1.ApprovalLimit.agency", Names::kAdmittedAgency},
      {.field = "accord.strategy.v1.ApprovalLimit.person",
       .names = Names::kPerson,
       .agency_field = "agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::ROLE_OFFICE_DIRECTOR,
                 annotations::v1::ROLE_MINISTRY_LEAD, annotations::v1::ROLE_FINANCE_OFFICER}},
      {"accord.strategy.v1.Contribution.from_ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.ReportFigure.contributor", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.ReportSentence.ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.Fund.design_partners", Names::kAgency},
      {"accord.strategy.v1.FundingCall.owner_ministry", Names::kAgency, {kMinistry}},
      {"accord.strategy.v1.FundingCall.co_approvers", Names::kAdmittedAgency},
      {"accord.strategy.v1.PanelMember.agency", Names::kAdmittedAgency},
      // The office, which its rules call office_agency, appoints people of other agencies.
      {.field = "accord.strategy.v1.PanelMember.person",
       .names = Names::kPerson,
       .agency_field = "agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_FUND_PANEL}},
      // An organisation may be linked to an agency that no longer takes part.
      {"accord.strategy.v1.LinkOrganisationRequest.agency", Names::kAgency},
      {"accord.strategy.v1.FundingApplication.applicant_agency", Names::kAgency},
      {"accord.strategy.v1.ScreenFundingApplicationRequest.applicant_agency", Names::kAgency},
      {"accord.strategy.v1.FundingAssessment.scorer_agency", Names::kAdmittedAgency},
      {.field = "accord.strategy.v1.FundingAssessment.scorer",
       .names = Names::kPerson,
       .agency_field = "scorer_agency",
       .told = {"co-pahtco"},
       .roles = {annotations::v1::ROLE_FUND_SCORER}},

      // A manager may be one of the workers of a case.
      {.field = "accord.supports.v1.AssignSupportCaseWorkerRequest.worker",
       .names = Names::kPerson,
       .roles = {annotations::v1::ROLE_VS_WORKER, annotations::v1::ROLE_VWAP_WORKER,
                 annotations::v1::ROLE_VS_MANAGER}},
      {"accord.supports.v1.CrisisPartner.partner_agency", Names::kAgency, {kVictimServices}},
      {.field = "accord.supports.v1.Consent.recipient_agency",
       .names = Names::kAdmittedAgency,
       .beside = "purpose",
       .unless = {"services", "counting", "order_application"},
       .kinds_by = {{"referral", {kVictimServices}},
                    {"link_prosecution", {kCrown}},
                    {"benefit_claim", {kVictimServices}}}},
      {"accord.supports.v1.EntrustRestrainingOrderRequest.serving_agency", Names::kAdmittedAgency, {kPolice}},

      {.field = "accord.training.v1.Offering.instructors",
       .names = Names::kPerson,
       .roles = {annotations::v1::ROLE_TRAINER, annotations::v1::ROLE_TRAINING_ADMIN}},
      {.field = "accord.training.v1.ReplaceOfferingInstructorRequest.successor",
       .names = Names::kPerson,
       .roles = {annotations::v1::ROLE_TRAINER, annotations::v1::ROLE_TRAINING_ADMIN}},
      {"accord.training.v1.Enrolment.learner_agency", Names::kAgency},
      {"accord.training.v1.Observation.to_agency", Names::kAdmittedAgency, {kSociety, kPolice}},

      {"accord.registry.v1.Agency.successor", Names::kAgency},
  };
  return *table;
}

const NamedField* NamedFieldOf(const FieldDescriptor& field) {
  static const auto* by_name = [] {
    auto* all = new std::unordered_map<std::string_view, const NamedField*>();
    for (const NamedField& each : NamedFields()) all->emplace(each.field, &each);
    return all;
  }();
  const auto found = by_name->find(field.full_name());
  return found == by_name->end() ? nullptr : found->second;
}

bool CanName(const Descriptor& request) {
  std::set<const Descriptor*> seen;
  return Reaches(request, &seen);
}

std::vector<Named> NamedIn(const Message& request, const std::string& caller_agency) {
  Finder finder(caller_agency);
  finder.Walk(request, "");
  DropOutsideMask(request, &finder.found);
  return std::move(finder.found);
}

}  // namespace accord
