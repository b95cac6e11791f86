// These tests show that every field that this service stores is sealed, or open for a reason that is written
// down here.
#include <string>
#include <vector>

#include "common/testing/open_fields.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

// The name, the etag and the times of a resource are open everywhere.
using Open = testing::OpenForAReason;
constexpr char kPublished[] = "what the strategy consists of, which every agency reads";
constexpr char kState[] = "where it stands, since when, why and by which source";
constexpr char kFigure[] = "a figure of a ministry and where it comes from: tells of nobody";
constexpr char kGoverned[] = "what a governing body agreed to, for those whom it concerns: tells of nobody";
constexpr char kEngaged[] = "organisations and numbers of them: there is no field for a person";
constexpr char kReported[] = "what the office reports of the strategy: no sentence has a field for a person";
constexpr char kAppointed[] = "a public appointment, as the ministry announced it";
constexpr char kMoney[] = "what an agency gets, by which balances go: agencies are no people";
constexpr char kLimited[] = "how much a person may approve, which the office reads alone";
constexpr char kCalled[] = "what a call asks for, which every agency reads once it is open";
constexpr char kAgreed[] = "who agrees to a call or decides on it, for those who read it before it opens";
constexpr char kApplied[] = "what an organisation asks for: nobody reads it but those whom the service lets";
constexpr char kScored[] = "numbers and who gave them, which nobody reads but who gives and weighs them";
const std::vector<Open> kOpen = {
    {"Initiative", kPublished,
     "initiative_id title pillar lead_ministry partner_ministries depends_on tense_as_reported "
     "verb_as_reported source_ref"},
    {"Initiative", kState,
     "state state_since state_reason state_source_ref delivery_reported_on delivery_source_ref"},
    {"Milestone", kPublished, "code title due"},
    {"Milestone", kState, "met_on met_source_ref"},
    {"LegislativeInitiative", kPublished,
     "legislative_initiative_id title bill lead_ministry introduced_on introduced_until source_ref"},
    {"LegislativeInitiative", kState, "state passed_on lapsed_on assented_on citation"},
    {"LegislativeSection", kPublished, "range subject"},
    {"LegislativeSection", kState, "in_force_on commencement_citation repealed_on repeal_citation"},
    {"Indicator", kPublished,
     "indicator_id definition definition_version unit type aggregation baseline target periodicity "
     "owner_ministry source_service initiative source_ref sensitivity indigenous_disaggregated "
     "governing_bodies"},
    {"IndicatorDefinition", kPublished, "version text"},
    {"Indicator", kState, "state retired_reason"},
    {"IndicatorObservation", kFigure,
     "indicator definition_version period_start period_end value text qualifier as_stated evidence "
     "source_ref correction_reason"},
    {"IndicatorObservation", kState, "state return_reason corrects withheld"},
    {"DataAuthorisation", kGoverned, "indicator definition_version scope granted_on expires_on source_ref"},
    {"DataAuthorisation", kState, "state withdrawn_on"},
    {"Organisation", kEngaged, "title aliases kind source_ref agency agency_source_ref"},
    {"Coalition", kEngaged, "coalition_id title region source_ref contradicts_rollup"},
    {"Engagement", kEngaged,
     "title held_on coalition fund organisations survivors_count community_members_count survivors_withheld "
     "community_members_withheld themes source_ref texts_withheld"},
    {"CoalitionMembership", kEngaged, "organisation member_since member_until"},
    {"EngagementRollup", kEngaged,
     "as_of coalitions coalitions_qualifier organisations organisations_qualifier as_stated fund source_ref"},
    {"Envelope", kPublished,
     "envelope_id title ministry total_cents qualifier as_stated years_count first_fiscal_year source_ref "
     "years_source_ref"},
    {"YearCeiling", kPublished, "fiscal_year amount_cents"},
    {"Allocation", kMoney,
     "envelope recipient recipient_title fiscal_year amount_cents source_ref agreement"},
    {"Allocation", kState, "state state_reason"},
    {"Payment", kMoney,
     "allocation amount_cents instalment_no due evidence source_ref invoice_ref paid_on fiscal_year reverses "
     "reversal_requested_cents reversed_cents carry_decision"},
    {"Payment", kState, "state state_reason"},
    {"ApprovalLimit", kLimited, "agency person amount_cents source_ref"},
    {"Contribution", kPublished, "fund from_ministry kind amount_cents source_ref"},
    {"Contribution", kState, "state"},
    {"OfficeRole", kAppointed,
     "office_role_id title appointed_name announced_on years_of_experience years_qualifier as_stated "
     "source_ref"},
    {"ReportFigure", kReported,
     "code kind indicator envelope office_role fund contributor may_be_unknown value qualifier as_stated "
     "bound_to source_ref"},
    {"ReportSentence", kReported,
     "code text text_fr tense ministry initiative legislative_initiative section_range source_ref"},
    {"ReportSection", kReported, "title title_fr"},
    {"ReportConfirmation", kState, "ministry confirm_time"},
    {"ProgressReport", kReported,
     "progress_report_id as_of title title_fr edition restates restate_reason ministries digest"},
    {"ProgressReport", kState, "state approve_time publish_time"},
    {"Fund", kPublished, "fund_id delivery design_partners source_ref"},
    {"FundTitle", kPublished, "title since source_ref"},
    {"FundingCall", kCalled,
     "fund owner_ministry title opens_at closes_at guide_digest eligible_kinds max_award_cents "
     "term_max_months tie_break scorers_required divergence_points co_approvers envelope available_cents "
     "source_ref criteria_digest"},
    {"FundingCall", kState, "state state_reason concluded_digest"},
    {"FundingCriterion", kCalled, "code text max_points weight_bp"},
    {"EligibilityLine", kCalled, "code text"},
    {"PanelMember", kAgreed, "agency person chair"},
    {"CallCoApproval", kAgreed, "agency person criteria_digest approved_at"},
    {"CallExtension", kCalled, "closed_at_before reason"},
    {"CallLateAdmission", kCalled, "reason proposed_by_agency admitted_by_agency admitted_at"},
    {"TieBreak", kAgreed, "ahead behind reason person"},
    {"FundingApplication", kApplied,
     "funding_call applicant_title applicant_kind awarded_cents organisation applicant_agency"},
    {"FundingApplication", kState,
     "received_at state submitted_at received_by criteria_digest ineligible_proposed late_reason "
     "admitted_late late_proposed_by_agency late_admitted_by_agency"},
    {"ApplicationContent", kApplied, "project_title amount_cents"},
    {"YearAmount", kApplied, "fiscal_year amount_cents"},
    {"FundingAnswer", kApplied, "criterion"},
    {"ApplicationDocument", kApplied, "title sha256 media_type size_bytes"},
    {"EligibilityFinding", kState, "code met"},
    {"ConflictDeclaration", kScored, "funding_application kind person funding_call"},
    {"ConflictDeclaration", kState, "state ruled_by"},
    {"FundingAssessment", kScored, "funding_application scorer_agency scorer funding_call criteria_digest"},
    {"FundingAssessment", kState, "state"},
    {"CriterionScore", kScored, "criterion points"},
    {"FundingAgreement", kMoney,
     "funding_application recipient recipient_title total_cents text_sha256 allocations"},
    {"FundingAgreement", kState,
     "state office_signed_by office_signed_at recipient_signed_by recipient_signed_at paper_ref "
     "taken_back_reason"},
    {"AgreementMilestone", kMoney, "title due"},
    {"AgreementReport", kMoney, "due received_on"},
    {"PanelDecision", kScored, "funding_application recommendation amount_cents funding_call person"}};

TEST(StrategyClassified, EveryFieldIsSealedOrOpenForAReason) {
  testing::ExpectOpenFields("accord.strategy.v1", kOpen);
}

}  // namespace
}  // namespace accord::strategy
