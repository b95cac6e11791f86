#include "common/access/registry_references.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/access/method.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Reasons = std::map<std::string, std::string>;

// This is called with every string field that a caller can fill in.
using Field = std::function<void(const FieldDescriptor&)>;
void EachString(const Descriptor& type, std::set<const Descriptor*>* seen, const Field& each) {
  if (!absl::StartsWith(type.file()->package(), "accord.") || !seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(annotations::v1::rule).output_only()) continue;
    if (field.message_type() != nullptr) EachString(*field.message_type(), seen, each);
    if (field.type() == FieldDescriptor::TYPE_STRING) each(field);
  }
}

annotations::v1::StringForm FormOf(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::rule).form();
}

// These are the string fields of requests that change something, each with the methods that take it.
std::map<const FieldDescriptor*, std::vector<Method>> Strings() {
  std::map<const FieldDescriptor*, std::vector<Method>> strings;
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.rule.mutates()) continue;
      std::set<const Descriptor*> seen;
      EachString(*method.descriptor->input_type(), &seen,
                 [&](const FieldDescriptor& field) { strings[&field].push_back(method); });
    }
  }
  return strings;
}

// This gives the field's full name, as in `protocols.Referral.to_agency`, without the parts that all
// names share.
std::string Short(const FieldDescriptor& field) {
  static const std::regex common("^accord\\.|\\.v1(?=\\.)");
  return std::regex_replace(field.full_name(), common, "");
}

// This gives true for every field whose name suggests a name, and for every id, which may name anything.
bool LooksLikeAName(const FieldDescriptor& field) {
  static const std::regex words(
      "(.*_)?(agency|agencies|actor|actors|person|persons|people|assignee|recipients?|to|by|of|behalf_of|"
      "officer|officer_ref|crown|incumbent|holder|instructors?|learners?|police_services?|society|parties|"
      "party|members?|team|contact|counsel|worker|supervisor|assessor|author|reviewer|approver|signatory|"
      "signatory_name|desk|payee_ref|lead|receiver|sender|partner|ministry|service)");
  const auto form = FormOf(field);
  if (form == annotations::v1::STRING_FORM_ID) return true;
  return form == annotations::v1::STRING_FORM_UNSPECIFIED && std::regex_match(field.name(), words);
}

// This gives the reasons why a field that looks like the name of an agency or a person is not looked up.
const Reasons& NobodyInTheRegister() {
  static const std::string made = "an id that this call, or another part of the same request, gives";
  static const std::string code = "a code of a table that the service has";
  static const std::string words = "words for people to read: a desk or an office, and how to call it";
  static const std::string theirs = "a reference that means something in the agency's own system alone";
  static const auto* reasons = new Reasons{
      {"audit.RecoverRecordsRequest.service", "a service, which the log checks against those it asks"},
      {"registry.CreateAgencyRequest.agency_id", made},
      {"registry.CreateSystemRequest.system_id", made},
      {"registry.CreateActorRequest.actor_id", made},
      {"registry.PersonDecision.actor", "of the people of the review, or REVIEW_PERSON_ABSENT"},
      {"intelligence.EstablishPositionRequest.position_id", made},
      {"intelligence.Entity.id", made},
      {"intelligence.Link.a", made},
      {"intelligence.Link.b", made},
      {"intelligence.AdvancePositionRequest.incumbent",
       "appointed before there is an account; shown, and nothing is allowed by it"},
      {"intelligence.AssignPositionPortfolioRequest.police_services",
       "of the rule set: POLICE_SERVICE_UNKNOWN"},
      {"intelligence.Lodgement.contact", words},
      {"prosecution.Case.intel_contact", words},
      {"prosecution.Case.court_region", code},
      {"prosecution.Case.case_officer_ref", theirs},
      {"prosecution.RecordsApplication.holder",
       "a hospital or a counsellor may hold records and take no part in Accord; nothing is shown to it"},
      {"prosecution.ReplaceCrownRequest.crown",
       "may have left the office; of the case's assignments, or ASSIGNMENT_ABSENT"},
      {"prosecution.Bail.no_contact", "victims of the case: VICTIM_UNKNOWN"},
      {"prosecution.Count.offence_to", "a day"},
      {"prosecution.Restitution.payee_ref", theirs},
      {"protocols.LeaveJointInvestigationRequest.actor",
       "may have left the agency; of the team, or MEMBER_ABSENT"},
      {"protocols.PartyContact.desk", words},
      {"protocols.ProtocolParty.signatory_name", "as it stands under the paper"},
      {"protocols.ReferralFilter.assignee", "finds what is assigned to somebody who has left, too"},
      {"training.ReplaceOfferingInstructorRequest.instructor",
       "may have left the agency; of the offering's instructors, or INSTRUCTOR_ABSENT"},
      {"training.CompletionCorrection.learner_agency", "of a completion that is there: COMPLETION_UNKNOWN"},
      {"training.CompletionCorrection.learner", "of a completion that is there: COMPLETION_UNKNOWN"},
      {"training.CompletionCorrection.correct_learner", "the employer's own reference, as in a roster"},
      {"strategy.Initiative.initiative_id", made},
      {"strategy.LegislativeInitiative.legislative_initiative_id", made},
      {"strategy.Milestone.code", made},
      {"strategy.Indicator.indicator_id", made},
      {"strategy.Envelope.envelope_id", made},
      {"strategy.Coalition.coalition_id", made},
      {"strategy.OfficeRole.office_role_id", made},
      {"strategy.ProgressReport.progress_report_id", made},
      {"strategy.ReportFigure.code", made},
      {"strategy.ReportSentence.code", made},
      {"strategy.RestateProgressReportRequest.progress_report_id", made},
      {"strategy.Fund.fund_id", made},
      {"strategy.FundingCriterion.code", made},
      {"strategy.EligibilityLine.code", made},
      {"strategy.EligibilityFinding.code", "lines of the call: FIELD_INVALID"},
      {"strategy.FundingAnswer.criterion", "criteria of the call: FIELD_INVALID"},
      {"strategy.CriterionScore.criterion", "criteria of the call: SCORES_INVALID"},
      {"strategy.FundingCall.tie_break", "codes of criteria of the same request: CRITERIA_INVALID"},
      {"strategy.Indicator.source_service", "a service of Accord, for people to read"},
      {"supports.RemoveSupportCaseWorkerRequest.worker",
       "of the case: who has left the agency is taken off it too"},
      {"supports.CrisisPartner.catchment", "codes of places, for whoever asks who serves one"},
      {"supports.SendCrisisReferralRequest.catchment", "the code of a place, which the receiver serves"},
      {"supports.CreateSupportCaseRequest.catchment", "the code of a place: a refusal names who serves it"},
      {"registry.AgencyName.effective_to", "a day, or what is known of it"},
      {"training.Course.course_id", made},
      {"training.CurriculumUnit.code", made},
      {"training.Indicator.code", made},
      {"training.IndicatorList.sector", code},
      {"training.IndicatorList.version", made},
      {"training.TrainingModel.sector", code},
      {"training.Enrolment.learner",
       "the employer's own reference; a trainer who asked would learn who works where"}};
  return *reasons;
}

TEST(ReferenceFields, EveryStringThatLooksLikeANameIsLookedUpOrSaysWhyNot) {
  Reasons reasons = NobodyInTheRegister();
  for (const auto& [field, methods] : Strings()) {
    const bool excused = reasons.erase(Short(*field)) == 1;
    if (ReferenceFieldOf(*field) != nullptr) {
      EXPECT_FALSE(excused) << Short(*field) << " is looked up, and a reason says that it is not";
    } else if (LooksLikeAName(*field)) {
      EXPECT_TRUE(excused) << Short(*field) << " names an agency or a person: " << methods[0].path;
    }
  }
  for (const auto& [field, reason] : reasons) ADD_FAILURE() << field << " is no such field";
}

// For each field that names a further record, besides the one that the method's part concerns, this gives the
// rule that makes the service look it up.
const Reasons& RecordsLookedUp() {
  static const std::string own = "the caller's agency, or NOT_FOUND";
  static const auto* reasons = new Reasons{
      {"intelligence.ReleaseRequest.report", "NOT_FOUND"},
      {"intelligence.Product.inputs", "NOT_FOUND"},
      {"protocols.CreateJointInvestigationRequest.parent", own},
      {"protocols.CreateNoteRequest.parent", own},
      {"protocols.CreateAttachmentRequest.parent", own},
      {"protocols.LinkDuplicateRequest.parent", own},
      {"protocols.Duplicate.same_as", "NOT_FOUND"},
      {"protocols.Referral.protocol", "NOT_FOUND"},
      {"protocols.Protocol.parent_protocol", "NOT_FOUND"},
      {"protocols.Protocol.supersedes", "NOT_FOUND"},
      {"protocols.Dispute.about", "NOT_FOUND"},
      {"host.ApproveLawChangeRequest.name", "NOT_FOUND"},
      {"host.WithdrawLawChangeRequest.name", "NOT_FOUND"},
      {"protocols.EmergencyAccess.resource", "who asks in an emergency is not told whether there is one"},
      {"prosecution.CreateLinkTokenRequest.parent", own},
      {"prosecution.CreateCaseNoteRequest.parent", own},
      {"prosecution.LinkCaseDuplicateRequest.parent", own},
      {"prosecution.CaseDuplicate.same_as", "NOT_FOUND"},
      {"strategy.Initiative.depends_on", "NOT_FOUND"},
      {"strategy.Allocation.envelope", "NOT_FOUND"},
      {"strategy.FundingCall.fund", "NOT_FOUND"},
      {"strategy.FundingCall.envelope", "NOT_FOUND"},
      {"strategy.FundingApplication.funding_call", "NOT_FOUND"},
      {"strategy.FundingApplication.organisation", "NOT_FOUND"},
      {"strategy.ScreenFundingApplicationRequest.organisation", "NOT_FOUND"},
      {"strategy.FundingAssessment.funding_application", "NOT_FOUND"},
      {"strategy.ConflictDeclaration.funding_application", "NOT_FOUND"},
      {"strategy.FundingAgreement.funding_application", "NOT_FOUND"},
      {"strategy.PanelDecision.funding_application", "NOT_FOUND; a revision keeps that of its decision"},
      {"strategy.BreakFundingCallTieRequest.ahead", "applications of the call: NOT_TIED"},
      {"strategy.BreakFundingCallTieRequest.behind", "applications of the call: NOT_TIED"},
      {"strategy.EndCoalitionMemberRequest.organisation", "a member of the coalition: MEMBERSHIP_UNKNOWN"},
      {"strategy.Engagement.coalition", "NOT_FOUND"},
      {"strategy.Engagement.organisations", "NOT_FOUND"},
      {"strategy.Indicator.initiative", "NOT_FOUND"},
      {"strategy.IndicatorObservation.indicator", "NOT_FOUND"},
      {"strategy.DataAuthorisation.indicator", "NOT_FOUND"},
      {"strategy.ReportFigure.indicator", "NOT_FOUND"},
      {"strategy.ReportFigure.envelope", "NOT_FOUND"},
      {"strategy.ReportFigure.office_role", "NOT_FOUND"},
      {"strategy.ReportSentence.initiative", "NOT_FOUND"},
      {"strategy.ReportSentence.legislative_initiative", "NOT_FOUND"},
      {"supports.BenefitClaim.facility", "of the facilities: FACILITY_NOT_APPROVED"},
      {"supports.CompleteBenefitClaimRequest.facility", "of the facilities: FACILITY_NOT_APPROVED"},
      {"supports.FundLine.allocation",
       "of the strategy service, which alone knows it; it opens nothing, and is acknowledged once"},
      {"supports.PayBenefitPaymentRequest.claim", "of the payment: NOT_FOUND"},
      {"supports.CreateConsentRequest.supersedes", "NOT_FOUND"},
      {"supports.RecordConsentLinkRequest.link_token",
       "of the prosecution service, which is asked when it is revoked; it opens nothing"},
      {"supports.CorrectRestrainingOrderRequest.consent", "NOT_FOUND"},
      {"supports.RestrainingOrder.consent", "NOT_FOUND"},
      {"training.Attestation.course", "NOT_FOUND"},
      {"training.CompletionCorrection.course", "NOT_FOUND"},
      {"training.Observation.indicator_list", "NOT_FOUND"}};
  return *reasons;
}

TEST(ReferenceFields, EveryRecordThatARequestNamesIsTheOneOfItsPartOrLookedUp) {
  Reasons reasons = RecordsLookedUp();
  for (const auto& [field, methods] : Strings()) {
    if (FormOf(*field) != annotations::v1::STRING_FORM_RESOURCE_NAME) continue;
    bool part = true;
    for (const Method& method : methods) {
      const std::string& of = method.rule.part().of();
      part = part && (of == field->name() || absl::EndsWith(of, "." + field->name()));
    }
    EXPECT_NE(part, reasons.erase(Short(*field)) == 1) << Short(*field) << ": " << methods[0].path;
  }
  for (const auto& [field, reason] : reasons) ADD_FAILURE() << field << " is no such field";
}

TEST(ReferenceFields, AreStringsOfRequestsThatChangeSomethingAndSayWhatStandsBeside) {
  std::set<std::string> strings;
  std::map<std::string, const Descriptor*> messages;
  for (const auto& [field, methods] : Strings()) {
    strings.insert(field->full_name());
    messages[field->full_name()] = field->containing_type();
  }
  for (const ReferenceField& each : ReferenceFields()) {
    const std::string name(each.field);
    ASSERT_TRUE(strings.contains(name)) << name;
    const Descriptor& message = *messages[name];
    if (!each.agency_field.empty()) {
      const auto* beside = message.FindFieldByName(std::string(each.agency_field));
      ASSERT_NE(beside, nullptr) << name;
      EXPECT_NE(ReferenceFieldOf(*beside), nullptr) << name;
    }
    if (each.beside.empty()) continue;
    const auto* beside = message.FindFieldByName(std::string(each.beside));
    ASSERT_TRUE(beside != nullptr && beside->enum_type() != nullptr) << name;
    // Each value of the sibling field must be in exactly one of `unless` and `kinds_by`.
    std::set<std::string> values(each.unless.begin(), each.unless.end());
    for (const auto& [value, kinds] : each.kinds_by) EXPECT_TRUE(values.emplace(value).second) << value;
    for (int i = 1; i < beside->enum_type()->value_count(); ++i) {
      const int number = beside->enum_type()->value(i)->number();
      EXPECT_EQ(values.erase(ShortName(beside->enum_type(), number)), 1u) << number;
    }
    EXPECT_THAT(values, ::testing::IsEmpty());
  }
}

// Work may be assigned only to a person who can act on it.
TEST(ReferenceFields, WhoIsGivenWorkHasARoleForItAndAgenciesHaveKinds) {
  std::set<std::string> of_any_role;
  for (const ReferenceField& each : ReferenceFields()) {
    EXPECT_TRUE(each.roles.empty() || each.referent == Referent::kPerson) << each.field;
    EXPECT_TRUE(each.kinds.empty() || each.referent != Referent::kPerson) << each.field;
    if (each.referent == Referent::kPerson && each.roles.empty()) of_any_role.emplace(each.field);
  }
  // The agency itself chooses who answers for a disclosure, and the choice grants nothing.
  EXPECT_THAT(of_any_role,
              ::testing::ElementsAre("accord.intelligence.v1.IssueProductRequest.disclosure_officer",
                                     "accord.intelligence.v1.ShareReportRequest.disclosure_officer"));
}

std::vector<std::string> Found(const google::protobuf::Message& request) {
  std::vector<std::string> found;
  for (const RegistryReference& each : ReferencesIn(request, "cas-york")) {
    found.push_back(absl::StrCat(each.path, "=", each.agency, "/", each.person));
  }
  return found;
}

TEST(ReferencesIn, FindsAgenciesWhereverTheyStandAndPeopleOfTheirAgency) {
  protocols::v1::CreateProtocolRequest draft;
  draft.mutable_protocol()->add_parties()->set_agency("cas-york");
  draft.mutable_protocol()->add_parties()->set_agency("ps-york");
  EXPECT_THAT(Found(draft), ::testing::ElementsAre("protocol.parties[0].agency=cas-york/",
                                                   "protocol.parties[1].agency=ps-york/"));
  protocols::v1::AssignReferralRequest assign;
  assign.set_assignee("worker");
  EXPECT_THAT(Found(assign), ::testing::ElementsAre("assignee=cas-york/worker"));
  prosecution::v1::AssignCrownRequest crown;
  crown.set_agency("cr-york");
  crown.set_crown("counsel");
  EXPECT_THAT(Found(crown), ::testing::ElementsAre("agency=cr-york/", "crown=cr-york/counsel"));
}

TEST(ReferencesIn, LeavesOutWhatTheRegistryNeedNotHaveAndWhatIsEmptyOrNotTheCallers) {
  protocols::v1::CreateProtocolRequest draft;
  auto* nation = draft.mutable_protocol()->add_parties();
  nation->set_agency("fn-georgina-island");
  nation->set_capacity(protocols::v1::PARTY_CAPACITY_FIRST_NATION);
  draft.mutable_protocol()->add_parties();
  EXPECT_THAT(Found(draft), ::testing::IsEmpty());
  protocols::v1::CreateReferralRequest referral;
  // The service clears output-only fields.
  referral.mutable_referral()->set_assignee("nobody");
  EXPECT_THAT(Found(referral), ::testing::IsEmpty());
}

TEST(ReferencesIn, LooksAtWhatAnUpdateChangesAlone) {
  protocols::v1::UpdateProtocolRequest update;
  update.mutable_protocol()->add_parties()->set_agency("ps-gone");
  EXPECT_THAT(Found(update), ::testing::SizeIs(1));
  update.mutable_update_mask()->add_paths("title");
  EXPECT_THAT(Found(update), ::testing::IsEmpty());
  update.mutable_update_mask()->add_paths("parties");
  EXPECT_THAT(Found(update), ::testing::ElementsAre("protocol.parties[0].agency=ps-gone/"));
}

// The gateway reads a whole request before it forwards any of it.
TEST(HasReferences, IsAskedOfCallsWithOneRequestAlone) {
  for (const auto& service : AllServices()) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.rule.mutates() || method.grants.empty()) continue;
      EXPECT_TRUE(method.unary() || !HasReferences(*method.descriptor->input_type())) << method.path;
    }
  }
}

TEST(HasReferences, TellsRequestsThatNameSomebody) {
  EXPECT_TRUE(HasReferences(*protocols::v1::CreateProtocolRequest::descriptor()));
  EXPECT_TRUE(HasReferences(*protocols::v1::AssignReferralRequest::descriptor()));
  EXPECT_TRUE(HasReferences(*protocols::v1::AssignInspectorReferralRequest::descriptor()));
  EXPECT_FALSE(HasReferences(*protocols::v1::ListInspectorReferralsRequest::descriptor()));
  EXPECT_FALSE(HasReferences(*protocols::v1::SignProtocolRequest::descriptor()));
}

}  // namespace
}  // namespace accord
