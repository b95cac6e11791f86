// No word that a caller must type may be known only from a data file. Each string of a request has
// a form that says what it is, names an agency or a person, is free text of the caller, or declares
// where its words are listed.
#include "common/access/vocabulary.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/annotations/v1/vocabulary.pb.h"
#include "common/access/decide.h"
#include "common/access/method.h"
#include "common/access/names.h"
#include "common/access/registry_references.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// These fields hold the caller's own words: texts, references, numbers, places, and days that may be left
// out. A name may be here only if no service was delivered with a list of its words.
const std::set<std::string>& OwnWords() {
  static const std::set<std::string> names = {
      // People write these texts.
      "ancillaries", "answer", "audience", "comment", "conditions", "heads", "issue", "justification", "law",
      "lawful_basis", "legal_basis", "no_sentence_reason", "note", "notes", "outcome", "outstanding",
      "purpose", "question", "reason", "referrals_made", "reporter_belief", "resolution", "resources", "role",
      "sanitised_text", "sentence", "source", "supports_offered", "suspicion_basis", "text", "title", "tool",
      "tool_version", "type", "value", "youth_wishes",
      // These fields say what a survivor needs, what he or she was told, and what was disclosed about him or
      // her and to whom.
      "authority_ref", "code_word", "form_version", "how", "language", "needs", "safety", "to_whom", "what",
      "what_to_accused",
      // These are the names of people and things in a court's papers.
      "aliases", "court", "court_file_no", "full_name", "respondent_name",
      // These are the names of things and people in the caller's own systems and files.
      "accused_ref", "case_officer_ref", "decline_record", "evidence_ref", "file_name", "incumbent",
      "information_number", "package", "payee_ref", "redaction_log_ref", "ref", "reference", "signatory_name",
      "signatory_title", "source_register_ref", "subject_ref", "system",
      // These are the content of a benefit claim, and other parties' names for what it draws on.
      "allocation", "allocation_etag", "authority_ref", "extension_reason", "fiscal_year", "invoice_ref",
      "next_route", "provider",
      // The caller chooses these ids, or has read the record that they are in.
      "a", "actor_id", "agency_id", "b", "code", "comment_id", "course_id", "flag_id", "id", "no_contact",
      "system_id", "version", "victim",
      // These fields say whom to call, and where.
      "catchment", "city", "contact", "desk", "display_name", "hours", "intel_contact", "phone",
      "postal_code", "reach", "region", "site", "street", "telephone", "workplace",
      // These are the content of an application for money, and codes of a call's own lists.
      "applicant_title", "concluded_digest", "criteria_digest", "criterion", "feedback", "fund_id",
      "guide_digest", "media_type", "paper_ref", "project_title", "reasons", "text_sha256", "tie_break",
      // These days may be left out.
      "breached_on", "counsel_offered_on", "day", "expires_on", "informed_of_ban_on",
      "informed_of_revocation_on", "next_on", "offence_to", "ordered_to_accused_on", "ordered_to_judge_on",
      "wishes_inquired_on", "youth_access_ends_on",
      // Programs make these values, or an answer or a paper contains them.
      "cosignature", "csr_pem", "epoch", "etag", "name", "origin", "page_token", "request_id", "resource",
      "sanitised_digest", "serial", "sha256", "text_digest", "verification_code", "watch_token",
      // These are the content of strategy reports, and their sources.
      "appointed_name", "as_stated", "digest", "evidence", "fund", "office_role_id", "progress_report_id",
      "scope", "section_range", "source_ref", "text_fr", "themes", "title_fr", "verb_as_reported",
      // These are names that the strategy's records have, and the ways in which budgets and statutes
      // are cited.
      "bill", "carry_decision", "citation", "coalition_id", "definition", "envelope_id", "first_fiscal_year",
      "fiscal_year", "indicator_id", "initiative_id", "legislative_initiative_id", "milestone", "range",
      "subject", "unit",
      // This is the filter language of lists, which names declared fields.
      "filter", "order_by"};
  return names;
}

// These are other fields, by their full names, for which the registry or the called process lists the words.
const std::set<std::string>& SaidElsewhere() {
  static const std::set<std::string> fields = {
      // A list is filtered by these people and agencies, or they held something: the registry lists them.
      "accord.protocols.v1.ListReferralsRequest.assignee", "accord.protocols.v1.ReferralFilter.assignee",
      "accord.protocols.v1.ListInspectorReferralsRequest.assignee",
      "accord.protocols.v1.ListTerritoriesRequest.agency", "accord.prosecution.v1.RecordsApplication.holder",
      "accord.registry.v1.ListDutyContactsRequest.agency", "accord.training.v1.Enrolment.learner",
      "accord.audit.v1.ListEntriesRequest.by_agency", "accord.audit.v1.ListEntriesRequest.by_actor",
      "accord.strategy.v1.ListIndicatorsRequest.owner_ministry",
      "accord.strategy.v1.ListInitiativesRequest.lead_ministry",
      "accord.training.v1.ListEnrolmentsRequest.learner_agency",
      "accord.training.v1.ListEnrolmentsRequest.learner",
      "accord.training.v1.ListCompletionCertificatesRequest.learner_agency",
      "accord.training.v1.ListCompletionCertificatesRequest.learner",
      // These are days, or as much of them as is known: a month, a year or a span.
      "accord.registry.v1.AgencyName.effective_from", "accord.registry.v1.AgencyName.effective_to",
      // A completion is named as in its roster.
      "accord.training.v1.CompletionCorrection.learner_agency",
      "accord.training.v1.CompletionCorrection.learner",
      "accord.training.v1.CompletionCorrection.correct_learner",
      // A record that the caller has read names these people, who may have left since.
      "accord.protocols.v1.LeaveJointInvestigationRequest.actor", "accord.registry.v1.PersonDecision.actor",
      "accord.prosecution.v1.ReplaceCrownRequest.crown",
      "accord.supports.v1.RemoveSupportCaseWorkerRequest.worker",
      "accord.training.v1.ReplaceOfferingInstructorRequest.instructor",
      // Methods and services are named by the descriptors.
      "accord.audit.v1.ListEntriesRequest.method", "accord.strategy.v1.Indicator.source_service",
      // The descriptors name the kinds of resources in a feed and its assignees.
      "accord.host.v1.WatchChangesRequest.assignee", "accord.host.v1.WatchChangesRequest.kinds",
      // This is the whole law of a service, which its author wrote in a file.
      "accord.host.v1.ProposeLawChangeRequest.rule_set",
      // These indicators were observed, and the protocol that the referral is made under has the words
      // for them.
      "accord.protocols.v1.Referral.indicators",
      // The author of a list or a model introduces its sector.
      "accord.training.v1.IndicatorList.sector", "accord.training.v1.TrainingModel.sector",
      // If it is left out, the answer names every service.
      "accord.audit.v1.RecoverRecordsRequest.service"};
  return fields;
}

bool HasForm(const FieldDescriptor& field) {
  const auto form = field.options().GetExtension(annotations::v1::rule).form();
  return form == annotations::v1::STRING_FORM_DATE || form == annotations::v1::STRING_FORM_RESOURCE_NAME ||
         form == annotations::v1::STRING_FORM_REQUEST_ID;
}

using Visit = std::function<void(const FieldDescriptor&)>;

void VisitStrings(const Descriptor& type, std::set<const Descriptor*>* seen, const Visit& visit) {
  if (!absl::StartsWith(type.full_name(), "accord.") || !seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(annotations::v1::rule).output_only()) continue;
    if (field.message_type() != nullptr) VisitStrings(*field.message_type(), seen, visit);
    if (field.type() == FieldDescriptor::TYPE_STRING) visit(field);
  }
}

// These are the methods that agencies may call. Calls between services contain nothing that is typed.
std::vector<Method> CallableByAgencies() {
  std::vector<Method> callable;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (!methods.ok()) continue;
    for (const Method& method : *methods) {
      if (!method.grants.empty()) callable.push_back(method);
    }
  }
  return callable;
}

const Method* FindMethod(const std::vector<Method>& methods, const std::string& name) {
  for (const Method& method : methods) {
    if (method.descriptor->full_name() == name) return &method;
  }
  return nullptr;
}

TEST(Vocabulary, EveryStringOfARequestSaysWhereItsWordsAreOrIsTheCallersOwn) {
  std::set<const Descriptor*> seen;
  int strings = 0, listed = 0;
  for (const Method& method : CallableByAgencies()) {
    VisitStrings(*method.descriptor->input_type(), &seen, [&](const FieldDescriptor& field) {
      ++strings;
      const bool has = field.options().HasExtension(annotations::v1::vocabulary);
      listed += has;
      EXPECT_TRUE(has || HasForm(field) || ReferenceFieldOf(field) != nullptr ||
                  OwnWords().contains(field.name()) || SaidElsewhere().contains(field.full_name()))
          << field.full_name()
          << ": name its look-up or its enum in the option (accord.annotations.v1.vocabulary), or "
          << "say here why its words are the caller's own";
    });
  }
  EXPECT_GT(strings, 150);
  EXPECT_GT(listed, 20);
}

TEST(Vocabulary, NoFieldThatHasALookupIsTakenForTheCallersOwnElsewhere) {
  std::set<std::string> listed;
  std::set<const Descriptor*> seen;
  const auto methods = CallableByAgencies();
  for (const Method& method : methods) {
    VisitStrings(*method.descriptor->input_type(), &seen, [&](const FieldDescriptor& field) {
      if (field.options().HasExtension(annotations::v1::vocabulary)) listed.insert(field.name());
    });
  }
  for (const std::string& name : listed) EXPECT_FALSE(OwnWords().contains(name)) << name;
}

TEST(Vocabulary, EveryLookupThatIsNamedIsThereAndHasTheWord) {
  std::set<const Descriptor*> seen;
  int lookups = 0;
  for (const Method& method : CallableByAgencies()) {
    VisitStrings(*method.descriptor->input_type(), &seen, [&](const FieldDescriptor& field) {
      const auto& option = field.options().GetExtension(annotations::v1::vocabulary);
      if (option.lookup().empty()) return;
      ++lookups;
      ASSERT_NE(LookupOf(field), nullptr) << field.full_name();
      const auto path = LookupPathOf(field);
      ASSERT_FALSE(path.empty()) << field.full_name() << " " << option.word();
      const FieldDescriptor& word = *path.back();
      EXPECT_TRUE(word.type() == FieldDescriptor::TYPE_STRING || word.enum_type() == EnumWordsOf(field))
          << field.full_name();
      // The caller of a look-up cannot have a word to type yet.
      const Descriptor& asks = *LookupOf(field)->input_type();
      for (int i = 0; i < asks.field_count(); ++i) {
        EXPECT_FALSE(asks.field(i)->options().GetExtension(annotations::v1::rule).required())
            << asks.field(i)->full_name();
      }
    });
  }
  EXPECT_GE(lookups, 15);
}

TEST(Vocabulary, EveryEnumThatIsNamedIsThereAndHasWords) {
  std::set<const Descriptor*> seen;
  int enums = 0;
  for (const Method& method : CallableByAgencies()) {
    VisitStrings(*method.descriptor->input_type(), &seen, [&](const FieldDescriptor& field) {
      const auto& option = field.options().GetExtension(annotations::v1::vocabulary);
      const bool is_event = field.name() == "event";
      EXPECT_EQ(is_event, !option.words().empty()) << field.full_name();
      if (option.words().empty()) return;
      ++enums;
      const EnumDescriptor* words = EnumWordsOf(field);
      ASSERT_NE(words, nullptr) << field.full_name() << " " << option.words();
      EXPECT_GT(words->value_count(), 1) << option.words();
    });
  }
  EXPECT_GE(enums, 8);
}

// Whoever may send the field must also be permitted to look up its words.
TEST(Vocabulary, WhoeverMaySendAFieldMayCallItsLookup) {
  const auto methods = CallableByAgencies();
  int pairs = 0;
  for (const Method& method : methods) {
    std::set<const Descriptor*> seen;
    VisitStrings(*method.descriptor->input_type(), &seen, [&](const FieldDescriptor& field) {
      if (LookupOf(field) == nullptr) return;
      const Method* lookup = FindMethod(methods, LookupOf(field)->full_name());
      ASSERT_NE(lookup, nullptr) << field.full_name() << ": agencies may not call its look-up";
      for (const auto& grant : method.grants) {
        // The caller stands for each kind of people that the grant admits.
        Caller caller{"an-agency", annotations::v1::AGENCY_KIND_CROWN, "system", "somebody", {}};
        if (grant.kinds_size() > 0) caller.kind = static_cast<AgencyKind>(grant.kinds(0));
        if (grant.purposes_size() > 0) caller.purpose = static_cast<Purpose>(grant.purposes(0));
        for (int i = 0; i < std::max(1, grant.roles_size()); ++i) {
          caller.roles = {i < grant.roles_size() ? static_cast<Role>(grant.roles(i))
                                                 : annotations::v1::ROLE_LEARNER};
          EXPECT_TRUE(Decide(*lookup, caller).ok())
              << method.path << " by " << RoleName(caller.roles.front()) << ": " << lookup->path;
          ++pairs;
        }
      }
    });
  }
  EXPECT_GT(pairs, 30);
}

TEST(Vocabulary, AnEnumFieldHasItsOwnValuesAndAnotherStringHasNone) {
  const auto* rule = annotations::v1::FieldRule::descriptor();
  EXPECT_EQ(EnumWordsOf(*rule->FindFieldByName("form")), annotations::v1::StringForm_descriptor());
  const auto* resource = annotations::v1::Resource::descriptor();
  EXPECT_EQ(EnumWordsOf(*resource->FindFieldByName("singular")), nullptr);
  EXPECT_EQ(LookupOf(*resource->FindFieldByName("singular")), nullptr);
  EXPECT_TRUE(LookupPathOf(*resource->FindFieldByName("singular")).empty());
}

}  // namespace
}  // namespace accord
