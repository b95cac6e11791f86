// This is the table of docs/domain.md 4: who does what to a case, and from which stage to which.
#include <algorithm>

#include "common/access/names.h"
#include "services/prosecution/testing/field_oracle.h"

namespace accord::prosecution {
namespace {

using google::protobuf::Message;
using testing::IsOf;
using testing::Words;
using testing::World;

// This is the provincial team of section 4.1.
const char kTeam[] = "cr-phtpt";

}  // namespace

const std::vector<testing::Line>& Lines() {
  static const std::vector<testing::Line> kLines = {
      {"CreateCase", "Case", "crown clerks", "", "-", "", ""},
      {"CorrectCase", "Case", "crown clerks", "acting office", "*", "*",
       "information_number open_tasks corrections"},
      // Only the coordinator assigns.
      {"AssignCrown", "Case", "coordinators", "coordinator", "*", "*", "assignments open_tasks"},
      {"ReplaceCrown", "Case", "coordinators", "coordinator", "*", "*", "assignments open_tasks"},
      {"DeclareCaseConflict", "Case", "crown", "reader", "*", "*", "conflicts assignments open_tasks"},
      {"RecordPublicationBan", "Case", "crown", "acting", "*", "*", "bans open_tasks"},
      {"RecordTestimonialAid", "Case", "crown", "acting", "*", "*", "aids open_tasks"},
      {"RecordRecordsApplication", "Case", "crown", "acting", "*", "*", "records_applications open_tasks"},
      {"CreateCaseNote", "CaseNote", "crown", "acting", "- *", "", ""},
      {"CreateCaseNote", "CaseNote", "police", "police", "- *", "", ""},
      {"CreateAccused", "Accused", "crown", "acting", "- *", "charged", ""},
      // By section 4.3 an assigned Crown or the coordinator moves the stages.
      {"AdvanceAccused", "Accused", "crown", "acting", "charged", "bail", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "bail", "intake", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "intake", "pretrial", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "pretrial", "election", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "election", "preliminary", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "preliminary", "committed",
       "stage stages preliminary_held alerted_days"},
      // This line is section 577.
      {"AdvanceAccused", "Accused", "crown", "acting", "charged bail intake pretrial election preliminary",
       "committed", "stage stages forum forums alerted_days"},
      {"AdvanceAccused", "Accused", "crown", "acting", "election committed retrial", "trial_scheduled",
       "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "trial_scheduled", "trial", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "trial", "under_reserve",
       "stage stages trial_end trial_ended alerted_days"},
      {"AdvanceAccused", "Accused", "crown", "acting", "trial under_reserve", "verdict",
       "stage stages trial_end trial_ended alerted_days"},
      // A plea comes at any time before the end of the trial.
      {"AdvanceAccused", "Accused", "crown", "acting",
       "bail intake pretrial election preliminary committed trial_scheduled", "verdict",
       "stage stages trial_end trial_ended alerted_days"},
      {"AdvanceAccused", "Accused", "crown", "acting", "verdict", "sentencing", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting",
       "charged bail intake pretrial election preliminary committed trial_scheduled trial under_reserve "
       "verdict sentencing retrial",
       "concluded", "stage stages trial_end trial_ended alerted_days no_sentence_reason"},
      {"AdvanceAccused", "Accused", "crown", "acting", "concluded", "appeal", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "appeal", "concluded", "stage stages"},
      {"AdvanceAccused", "Accused", "crown", "acting", "appeal", "retrial",
       "stage stages retrial_from trial_end trial_ended counts alerted_days no_sentence_reason"},
      {"ChangeAccusedForum", "Accused", "crown", "acting", "*", "*", "forum forums alerted_days"},
      {"BookAccusedTrial", "Accused", "crown clerks", "acting office", "*", "*", "trial_end alerted_days"},
      {"RecordAccusedDelay", "Accused", "crown", "acting", "*", "*", "delays alerted_days"},
      {"RecordAccusedDelayArgument", "Accused", "crown", "acting", "*", "*", "delay_arguments"},
      {"RecordAccusedAppearance", "Accused", "crown clerks", "acting office", "*", "*", "appearances"},
      {"RecordAccusedDisposition", "Accused", "crown", "acting", "*", "*", "counts"},
      {"RecordAccusedSentence", "Accused", "crown", "acting", "sentencing", "sentencing", "orders"},
      {"RecordAccusedBail", "Accused", "crown", "acting", "*", "*", "bails"},
      {"RecordAccusedDisclosure", "Accused", "crown clerks", "acting office", "*", "*", "disclosures"},
      {"RecordAccusedRecognizance", "Accused", "crown", "acting", "*", "*", "recognizances"},
      // By section 4.3, what was entered wrong is mended in sight of all who read it.
      {"CorrectAccused", "Accused", "crown", "acting", "*", "*",
       "charge_date accused_ref counts stages forums alerted_days corrections"},
      {"CorrectAccusedAppearance", "Accused", "crown clerks", "acting office", "*", "*",
       "appearances corrections"},
      {"UndoAccusedStage", "Accused", "crown", "acting", "*", "*",
       "stage stages preliminary_held forum forums trial_end trial_ended retrial_from counts alerted_days "
       "no_sentence_reason corrections"},
      // By section 4.4 the coordinator says once that an alert was read.
      {"AcknowledgeCeilingAlert", "CeilingAlert", "coordinators", "", "open", "acknowledged",
       "acknowledged_by acknowledge_time"},
      {"LinkCaseDuplicate", "CaseDuplicate", "crown clerks", "acting office", "- *", "linked", ""},
      {"UnlinkCaseDuplicate", "CaseDuplicate", "crown clerks", "linker", "linked", "unlinked",
       "state unlinked_by unlink_reason"},
      // These lines are section 4.1, on advice before a charge.
      {"CreateAdviceRequest", "AdviceRequest", "police", "", "-", "requested", ""},
      {"AnswerAdviceRequest", "AdviceRequest", "crown", "asked", "requested", "answered",
       "state answer answered_by"},
      // By sections 1.3 and 4.5, whoever owns the relationship to the victim makes links.
      {"CreateLinkToken", "LinkToken", "crown", "acting", "- *", "open", ""},
      {"RevokeLinkToken", "LinkToken", "crown", "acting", "open", "revoked", "revoked"},
      // A survivor tells those who support her or him that the consent is withdrawn.
      {"RevokeLinkToken", "LinkToken", "support", "supporting", "open", "revoked", "revoked"},
      // The service that keeps consents speaks for the agency that it names.
      {"WithdrawLinkToken", "LinkToken", "services", "", "open", "revoked", "revoked"},
  };
  return kLines;
}

bool IsAmong(const Caller& who, const std::string& people) {
  using namespace annotations::v1;
  const auto crown = [&](std::initializer_list<Role> roles) {
    return IsOf(who, AGENCY_KIND_CROWN, PURPOSE_PROSECUTION, roles);
  };
  for (const std::string& group : Words(people)) {
    const bool is =
        group == "crown"          ? crown({ROLE_CROWN_COUNSEL, ROLE_CROWN_COORDINATOR})
        : group == "clerks"       ? crown({ROLE_CROWN_ADMIN})
        : group == "coordinators" ? crown({ROLE_CROWN_COORDINATOR}) && who.agency == kTeam
        : group == "police"       ? IsOf(who, AGENCY_KIND_POLICE_SERVICE, PURPOSE_CRIMINAL_INVESTIGATION,
                                         {ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF})
        : group == "support"      ? IsOf(who, AGENCY_KIND_VICTIM_SERVICES, PURPOSE_VICTIM_SUPPORT,
                                         {ROLE_VWAP_WORKER, ROLE_VS_WORKER, ROLE_VS_MANAGER})
        : group == "services"
            ? IsOf(who, AGENCY_KIND_PLATFORM_SERVICE, PURPOSE_VICTIM_SUPPORT, {ROLE_PLATFORM_SERVICE})
        : group == "office" ? IsOf(who, AGENCY_KIND_COORDINATION_OFFICE, PURPOSE_PROTOCOL_GOVERNANCE,
                                   {ROLE_OFFICE_STAFF, ROLE_OFFICE_DIRECTOR})
                            : false;
    if (is) return true;
  }
  return false;
}

std::string StageIn(const Message& record) {
  if (const auto* accused = As<v1::Accused>(&record)) {
    return ShortName(v1::Stage_descriptor(), accused->stage());
  }
  if (const auto* link = As<v1::LinkToken>(&record)) return link->revoked() ? "revoked" : "open";
  if (const auto* alert = As<v1::CeilingAlert>(&record)) {
    return alert->has_acknowledge_time() ? "acknowledged" : "open";
  }
  return testing::StateIn(record);
}

const v1::Case* CaseIn(const Message& record, const World& world) {
  if (const auto* of = As<v1::Case>(&record)) return of;
  if (const auto* link = As<v1::LinkToken>(&record)) return In<v1::Case>(world, link->case_());
  if (const auto* note = As<v1::CaseNote>(&record)) return In<v1::Case>(world, note->case_());
  if (As<v1::Accused>(&record) == nullptr) return nullptr;
  const std::string name = testing::TextOf(record, "name");
  return In<v1::Case>(world, name.substr(0, name.rfind("/accused/")));
}

std::pair<const v1::Case*, const v1::Case*> EndsIn(const v1::CaseDuplicate& link, const World& world) {
  const auto case_of = [&](const std::string& name) {
    return In<v1::Case>(world, name.substr(0, name.rfind("/accused/")));
  };
  return {case_of(link.record()), case_of(link.same_as())};
}

bool HasConflict(const Caller& who, const v1::Case& of) {
  return std::any_of(of.conflicts().begin(), of.conflicts().end(), [&](const auto& each) {
    return each.agency() == who.agency && each.crown() == who.actor;
  });
}

bool Acts(const Caller& who, const v1::Case& of) {
  if (HasConflict(who, of)) return false;
  if (IsAmong(who, "coordinators")) return true;
  // Advice gives no charge of the case.
  return std::any_of(of.assignments().begin(), of.assignments().end(), [&](const auto& each) {
    return each.agency() == who.agency && each.crown() == who.actor && each.to().empty() &&
           (each.mode() == v1::ASSIGNMENT_MODE_LEAD || each.mode() == v1::ASSIGNMENT_MODE_CO_COUNSEL);
  });
}

bool IsCrownOf(const Caller& who, const v1::Case& of) {
  return std::any_of(of.assignments().begin(), of.assignments().end(), [&](const auto& each) {
    return each.agency() == who.agency && each.crown() == who.actor && each.to().empty();
  });
}

bool Opens(const Caller& who, const v1::Case& of) {
  if (!IsAmong(who, "crown clerks")) return false;
  if (IsAmong(who, "coordinators") || IsCrownOf(who, of)) return true;
  if (OwnerOf(of.name()) != who.agency) return false;
  // Before anybody was assigned, the person who opened the case knows that it is there.
  const bool opened = of.assignments().empty() && of.opened_by() == who.actor && !HasConflict(who, of);
  return IsAmong(who, "clerks") || opened;
}

bool Sees(const std::string& agency, const v1::Case& of) {
  return OwnerOf(of.name()) == agency || (agency == kTeam && of.team_flag());
}

}  // namespace accord::prosecution
