// This is the table of docs/domain.md 3: who does what to reports, releases, products and requests, and when.
#include "services/intelligence/testing/field_oracle.h"

namespace accord::intelligence {

using testing::IsOf;
using testing::Line;
using testing::Words;

const std::vector<Line>& Lines() {
  static const char kGraded[] = "evaluated active review_due retained";
  static const char kInUse[] = "active review_due retained";
  static const std::vector<Line> kLines = {
      // These are the lines of section 3.2 for reports.
      {"CreateReport", "Report", "intel", "", "-", "draft", ""},
      {"UpdateReportDraft", "Report", "intel", "originator", "draft returned", "draft",
       "state predicate_offence suspicion_basis text source_register_ref handling recipients caveats "
       "entities "
       "links handling_changes digest youth_access_ends_on review_due submitter"},
      {"SubmitReport", "Report", "intel", "originator", "draft", "submitted",
       "state submitter review_due decision_reason"},
      {"GradeReport", "Report", "bureau", "bureau", "submitted", "evaluated", "state grades digest"},
      {"GradeReport", "Report", "intel bureau", "originator bureau", kGraded, kGraded, "grades digest"},
      {"DecideReport", "Report", "deciders", "bureau", "evaluated", "active returned rejected",
       "state review_due validated_at decision_reason"},
      {"SetReportHandling", "Report", "intel", "originator", "*", "*",
       "handling recipients handling_changes digest"},
      {"RecallReport", "Report", "intel", "originator",
       "draft submitted evaluated active returned rejected review_due retained", "recalled",
       "state recall_reason review_due purge_proposed_by"},
      {"ValidateReport", "Report", "deciders", "bureau", "review_due", "retained",
       "state review_due purge_proposed_by"},
      {"ProposeReportPurge", "Report", "directors", "bureau", "review_due rejected", "review_due rejected",
       "purge_proposed_by"},
      {"ConfirmReportPurge", "Report", "bureau", "bureau", "review_due rejected", "-", ""},
      // A wrong report is taken back, and then two people of its originator purge it.
      {"ProposeReportPurge", "Report", "intel", "originator", "recalled", "recalled", "purge_proposed_by"},
      {"ConfirmReportPurge", "Report", "intel", "originator", "recalled", "-", ""},
      {"ConfirmPurgeNotice", "PurgeNotice", "recipients", "owner", "open overdue", "confirmed",
       "state confirmed_by confirmed_on"},
      // These are the lines of section 3.3: who gives what to whom.
      {"ShareReport", "ReportCopy", "intel bureau", "originator holder", std::string("- ") + kInUse, "", ""},
      {"CreateReleaseRequest", "ReleaseRequest", "intel bureau", "holder", "- *", "pending", ""},
      {"DecideReleaseRequest", "ReleaseRequest", "intel", "originator", "pending", "granted refused",
       "state granted_recipients expires_on"},
      {"DecideReleaseRequest", "ReleaseRequest", "intel", "originator", "granted proposed", "revoked",
       "state"},
      {"ProposeEmergencyRelease", "ReleaseRequest", "directors", "bureau", "- *", "proposed", ""},
      {"ConfirmEmergencyRelease", "ReleaseRequest", "bureau", "maker", "proposed", "granted",
       "state granted_recipients expires_on emergency_by"},
      {"CreateProduct", "Product", "intel bureau", "holder", std::string("- ") + kInUse, "draft", ""},
      {"ReviewProduct", "Product", "intel bureau", "maker", "draft", "review", "state"},
      {"SanitiseProduct", "Product", "intel bureau", "maker", "review sanitised approved", "sanitised",
       "state sanitised_text checklist sanitiser agreements sanitised_digest approver"},
      {"AgreeProduct", "Product", "intel bureau", "originator", "sanitised approved issued", "*",
       "agreements"},
      {"WithdrawProductAgreement", "Product", "intel bureau", "originator", "sanitised approved issued", "*",
       "agreements"},
      {"ApproveProduct", "Product", "approvers", "maker", "review sanitised", "approved", "state approver"},
      {"IssueProduct", "Product", "approvers", "maker", "approved issued", "issued", "state"},
      {"WithdrawProduct", "Product", "approvers", "maker", "draft review sanitised approved issued",
       "withdrawn", "state"},
      {"CreateInformationRequest", "InformationRequest", "intel bureau", "", "-", "issued", ""},
      {"AcknowledgeInformationRequest", "InformationRequest", "intel bureau", "asked", "issued",
       "acknowledged", "state"},
      {"AnswerInformationRequest", "InformationReply", "intel bureau", "asked",
       "- issued acknowledged partial", "", ""},
      {"AdvanceInformationRequest", "InformationRequest", "intel bureau", "maker",
       "issued acknowledged partial answered", "closed", "state"},
      {"AdvanceInformationRequest", "InformationRequest", "bureau", "bureau", "issued acknowledged",
       "declined", "state"},
  };
  return kLines;
}

bool IsAmong(const Caller& who, const std::string& people) {
  using namespace annotations::v1;
  const bool intel = IsOf(who, AGENCY_KIND_POLICE_SERVICE, PURPOSE_INTELLIGENCE, {ROLE_POLICE_INTEL});
  const auto bureau = [&](std::initializer_list<Role> roles) {
    return IsOf(who, AGENCY_KIND_CRIMINAL_INTELLIGENCE, PURPOSE_INTELLIGENCE, roles);
  };
  const auto words = Words(people);
  const auto asked = [&](const char* group) { return words.contains(group); };
  const bool staff = bureau({ROLE_CISO_ANALYST, ROLE_CISO_COORDINATOR, ROLE_CISO_DIRECTOR});
  const bool deciders = bureau({ROLE_CISO_COORDINATOR, ROLE_CISO_DIRECTOR});
  const bool crown =
      IsOf(who, AGENCY_KIND_CROWN, PURPOSE_PROSECUTION, {ROLE_CROWN_COUNSEL, ROLE_CROWN_COORDINATOR});
  // By section 8, of those who are neither police nor Crown, only victims' services are partners.
  const bool partner =
      IsOf(who, AGENCY_KIND_VICTIM_SERVICES, PURPOSE_VICTIM_SUPPORT, {ROLE_VS_WORKER, ROLE_VS_MANAGER});
  return (asked("intel") && intel) || (asked("bureau") && staff) || (asked("deciders") && deciders) ||
         (asked("directors") && bureau({ROLE_CISO_DIRECTOR})) ||
         (asked("approvers") && (intel || deciders)) || (asked("recipients") && (intel || staff || crown)) ||
         (asked("partners") && partner);
}

}  // namespace accord::intelligence
