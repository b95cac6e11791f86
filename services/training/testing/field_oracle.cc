#include "services/training/testing/field_oracle.h"

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "accord/training/v1/completion_correction_service.pb.h"
#include "accord/training/v1/resources.pb.h"

namespace accord::training {
namespace {

using google::protobuf::Message;
using testing::Act;
using testing::AnyIn;
using testing::As;
using testing::Change;
using testing::In;
using testing::Line;
using testing::OtherFields;
using testing::StateIn;
using testing::Words;
using testing::World;

bool HasAny(const Caller& who, std::initializer_list<Role> roles) {
  return who.purpose == annotations::v1::PURPOSE_TRAINING &&
         std::any_of(roles.begin(), roles.end(), [&](Role role) { return who.Has(role); });
}

bool Teaches(const Caller& who) {
  return who.kind == annotations::v1::AGENCY_KIND_POLICE_COLLEGE ||
         who.kind == annotations::v1::AGENCY_KIND_MINISTRY;
}

// This tells whether the person is the lead of an employer.
bool Leads(const Caller& who) {
  using namespace annotations::v1;
  const bool police = who.kind == AGENCY_KIND_POLICE_SERVICE, ministry = who.kind == AGENCY_KIND_MINISTRY;
  const bool society = who.kind == AGENCY_KIND_CHILDREN_AID_SOCIETY;
  return (police || ministry || society) &&
         HasAny(who, {ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF, ROLE_CAS_SUPERVISOR, ROLE_CAS_DIRECTOR,
                      ROLE_MINISTRY_LEAD});
}

}  // namespace

bool Registers(const Caller& who) {
  return Teaches(who) && HasAny(who, {annotations::v1::ROLE_TRAINING_ADMIN});
}

bool IsOffice(const Caller& who) {
  return who.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
         HasAny(who, {annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::ROLE_OFFICE_DIRECTOR});
}

namespace {

bool Instructs(const Caller& who) {
  return Registers(who) || (Teaches(who) && HasAny(who, {annotations::v1::ROLE_TRAINER}));
}

bool Learns(const Caller& who) { return HasAny(who, {annotations::v1::ROLE_LEARNER}); }

template <class M>
bool Is(const Caller& who, const M& of_somebody) {
  return of_somebody.learner_agency() == who.agency && of_somebody.learner() == who.actor;
}

// This tells whether the record is about the person, or about somebody whose employer the person leads.
template <class M>
bool Concerns(const Caller& who, const M& of_somebody) {
  return (Is(who, of_somebody) && HasAny(who, {annotations::v1::ROLE_LEARNER, annotations::v1::ROLE_TRAINER,
                                               annotations::v1::ROLE_TRAINING_ADMIN})) ||
         (of_somebody.learner_agency() == who.agency && Leads(who));
}

std::string Up(const std::string& name) {
  const auto last = name.rfind('/');
  return name.substr(0, name.rfind('/', last - 1));
}

// This tells whether the person marks this enrolment: instructors of the offering do, but nobody marks his or
// her own.
bool Marks(const Caller& who, const v1::Enrolment& enrolment, const World& world) {
  const auto* offering = In<v1::Offering>(world, Up(enrolment.name()));
  return offering != nullptr && !Is(who, enrolment) &&
         std::find(offering->instructors().begin(), offering->instructors().end(), who.actor) !=
             offering->instructors().end();
}

// This tells whether the person is one of `registers instructs learns leads`.
bool IsAmong(const Caller& who, const std::string& people) {
  const auto words = Words(people);
  return (words.contains("registers") && Registers(who)) || (words.contains("instructs") && Instructs(who)) ||
         (words.contains("learns") && Learns(who)) || (words.contains("leads") && Leads(who));
}

std::string AboutOf(const Change& made) {
  const auto* certificate = As<v1::CompletionCertificate>(made.after.get());
  return certificate != nullptr ? certificate->enrolment() : Up(made.name);
}

// Judges the changes that an act makes to other records.
testing::TableOracle::Verdict FirstLook(const Act& act, const Change& change, const World&) {
  if (change.after == nullptr) return {true, "it is gone"};
  const std::string kind(change.after->GetDescriptor()->name());
  // A learner who waits takes a free seat, and the offering counts its seats.
  const auto* before = As<v1::Enrolment>(change.before.get());
  const auto* after = As<v1::Enrolment>(change.after.get());
  if (act.method == "WithdrawEnrolment" && before != nullptr && StateIn(*before) == "waitlisted" &&
      StateIn(*after) == "enrolled") {
    return {true, OtherFields(*before, *after, "state")};
  }
  // When an offering is cancelled, the enrolments of learners who have not completed it are cancelled.
  if (act.method == "AdvanceOffering" && before != nullptr && after != nullptr &&
      Words("waitlisted enrolled attended").contains(StateIn(*before)) && StateIn(*after) == "cancelled") {
    return {true, OtherFields(*before, *after, "state")};
  }
  if (kind == "Offering" && change.before != nullptr &&
      (act.method == "CreateEnrolment" || act.method == "WithdrawEnrolment")) {
    return {true, OtherFields(*change.before, *change.after, "taken")};
  }
  if (act.method == "AdvanceOffering" && kind == "Course" && change.before != nullptr) {
    return {true, StateIn(*change.after) == "delivered" ? OtherFields(*change.before, *change.after, "state")
                                                        : "not by an offering"};
  }
  return {};
}

}  // namespace

const std::vector<Line>& Lines() {
  static const std::vector<Line> kLines = {
      {"CreateCourse", "Course", "registers", "", "-", "design", ""},
      {"AdvanceCourse", "Course", "registers", "owner", "design", "approved", "state"},
      {"AdvanceCourse", "Course", "registers", "owner", "approved delivered design", "retired", "state"},
      {"ReviseCourse", "Course", "registers", "owner", "approved delivered design", "design",
       "state version owner title audience mode hours prerequisites units indicator_lists recert_months "
       "min_attendance pass_mark"},
      {"CreateIndicatorList", "IndicatorList", "registers", "", "-", "", ""},
      {"CreateTrainingModel", "TrainingModel", "registers", "", "-", "identified", ""},
      {"AdvanceTrainingModel", "TrainingModel", "registers", "owner", "*", "*", "state version"},
      {"CreateAttestation", "Attestation", "registers", "", "-", "", ""},
      {"CreateOffering", "Offering", "instructs", "owner", "- approved delivered", "planned", ""},
      {"AdvanceOffering", "Offering", "instructs", "owner", "planned closed", "open", "state"},
      {"AdvanceOffering", "Offering", "instructs", "owner", "open", "closed", "state"},
      {"AdvanceOffering", "Offering", "instructs", "owner", "open closed", "delivered", "state"},
      {"AdvanceOffering", "Offering", "instructs", "owner", "planned open closed", "cancelled",
       "state taken"},
      {"ReplaceOfferingInstructor", "Offering", "registers", "owner", "planned open closed delivered",
       "planned open closed delivered", "instructors"},
      {"CreateEnrolment", "Enrolment", "learns leads instructs", "anybody", "- open", "waitlisted enrolled",
       ""},
      {"WithdrawEnrolment", "Enrolment", "learns leads instructs", "concerned owner",
       "waitlisted enrolled attended", "withdrawn", "state"},
      {"RecordEnrolmentAttendance", "Enrolment", "instructs", "marker", "enrolled attended", "attended",
       "state attendance"},
      {"RecordEnrolmentAssessment", "Enrolment", "instructs", "marker", "attended", "attended",
       "assessments"},
      {"CompleteEnrolment", "Enrolment", "instructs", "marker", "attended enrolled", "completed incomplete",
       "state completed_on reason"},
      {"IssueCompletionCertificate", "CompletionCertificate", "registers", "issuer", "- completed", "", ""},
      {"RevokeCompletionCertificate", "CompletionCertificate", "registers", "owner", "*", "",
       "status revocation_reason"},
  };
  return kLines;
}

OracleOfTraining::OracleOfTraining()
    : TableOracle(
          Terms{.lines = &Lines(),
                .is_among = IsAmong,
                .has_part = [this](const Caller& who, const Message& record, const std::string& parts,
                                   const World& world) { return AnyIn(parts, PartsIn(who, record, world)); },
                .about = AboutOf,
                .of_deed = std::bind_front(&OracleOfTraining::OfDeed, this),
                .first_look = FirstLook}) {}

std::set<std::string> OracleOfTraining::PartsIn(const Caller& who, const Message& record,
                                                const World& world) const {
  const std::string name = testing::TextOf(record, "name");
  std::set<std::string> parts = {"anybody"};
  if (OwnerOf(name) == who.agency && Instructs(who)) parts.insert("owner");
  if (const auto* enrolment = As<v1::Enrolment>(&record)) {
    if (Concerns(who, *enrolment)) parts.insert("concerned");
    if (parts.contains("owner") && Marks(who, *enrolment, world)) parts.insert("marker");
    const auto marked = marked_.find(name);
    const bool hand =
        marked != marked_.end() && marked->second.contains(absl::StrCat(who.agency, "/", who.actor));
    if (parts.contains("owner") && !Is(who, *enrolment) && !hand) parts.insert("issuer");
  }
  return parts;
}

std::string OracleOfTraining::OfDeed(const Act& act, const Change& change, const World& world) {
  const Caller& who = *act.who;
  if (act.method == "CreateEnrolment") {
    const auto& enrolment = *As<v1::Enrolment>(change.after.get());
    const bool owner = OwnerOf(change.name) == who.agency && Instructs(who);
    if (!Concerns(who, enrolment) && !owner) return "enrolled somebody else";
  }
  if (act.method == "CompleteEnrolment") {
    const auto& enrolment = *As<v1::Enrolment>(change.after.get());
    const auto* offering = In<v1::Offering>(world, Up(change.name));
    if (enrolment.state() == v1::ENROLMENT_STATE_COMPLETED) {
      if (enrolment.attendance() < offering->course().min_attendance()) return "completed without attending";
      const auto& marks = enrolment.assessments();
      const bool passed = std::any_of(marks.begin(), marks.end(), [&](const auto& each) {
        return each.score() >= offering->course().pass_mark();
      });
      if (offering->course().has_pass_mark() && !passed) return "completed without passing";
    }
  }
  if (const auto* certificate = As<v1::CompletionCertificate>(change.after.get())) {
    const auto* enrolment = In<v1::Enrolment>(world, certificate->enrolment());
    if (enrolment == nullptr || certificate->learner_agency() != enrolment->learner_agency() ||
        certificate->learner() != enrolment->learner()) {
      return "of another learner";
    }
    if (certificate->course_version() != enrolment->course_version())
      return "of another version of the course";
  }
  const auto* attestation = As<v1::Attestation>(change.after.get());
  if (attestation != nullptr && OwnerOf(attestation->course()) != who.agency)
    return "of another agency's course";
  if (change.before == nullptr && act.method != "CreateEnrolment" && OwnerOf(change.name) != who.agency) {
    return "in the name of another agency";
  }
  return "";
}

std::string OracleOfTraining::OfTime(const Change& change, const World&, absl::Time) {
  if (change.before == nullptr || change.after == nullptr) return "it makes or ends nothing";
  if (As<v1::CompletionCertificate>(change.after.get()) != nullptr) {
    return OtherFields(*change.before, *change.after, "status");
  }
  return "the calendar has nothing to do with this";
}

std::string OracleOfTraining::OfWorld(const World& world) {
  std::map<std::string, int> seats;
  std::set<std::string> learners;
  for (const auto& [name, record] : world) {
    const auto* enrolment = As<v1::Enrolment>(record.get());
    if (enrolment == nullptr || enrolment->state() == v1::ENROLMENT_STATE_WITHDRAWN ||
        enrolment->state() == v1::ENROLMENT_STATE_CANCELLED) {
      continue;
    }
    const std::string learner = absl::StrCat(enrolment->learner_agency(), "/", enrolment->learner());
    const bool over = enrolment->state() == v1::ENROLMENT_STATE_COMPLETED ||
                      enrolment->state() == v1::ENROLMENT_STATE_INCOMPLETE;
    if (!over && !learners.insert(absl::StrCat(Up(name), " ", learner)).second) {
      return "one learner waits or sits twice in " + Up(name);
    }
    const auto* offering = In<v1::Offering>(world, Up(name));
    if (!over && offering->state() == v1::OFFERING_STATE_CANCELLED) {
      return "waits for what is not held: " + name;
    }
    if (enrolment->state() == v1::ENROLMENT_STATE_WAITLISTED) continue;
    if (++seats[Up(name)] > offering->capacity()) return "more than there are seats for in " + Up(name);
  }
  return "";
}

bool OracleOfTraining::MayLearn(const Caller& who, const testing::Told& told, const World&, absl::Time) {
  const auto& [name, record, text] = told;
  const bool owner = OwnerOf(name) == who.agency;
  if (const auto* enrolment = As<v1::Enrolment>(record)) {
    return Concerns(who, *enrolment) || (owner && Instructs(who));
  }
  if (const auto* certificate = As<v1::CompletionCertificate>(record)) {
    return Concerns(who, *certificate) || (owner && Registers(who));
  }
  if (As<v1::Attestation>(record) != nullptr) return (owner && Registers(who)) || IsOffice(who);
  if (As<v1::Import>(record) != nullptr) return owner && Registers(who);
  if (As<v1::CompletionCorrection>(record) != nullptr) return owner && Registers(who);
  // Everybody reads the catalogue of courses.
  return record != nullptr;
}

void OracleOfTraining::Learn(const Act& act, const std::vector<Change>& changes, absl::Time) {
  if (act.method != "RecordEnrolmentAttendance" && act.method != "RecordEnrolmentAssessment" &&
      act.method != "CompleteEnrolment") {
    return;
  }
  for (const Change& change : changes) {
    marked_[change.name].insert(absl::StrCat(act.who->agency, "/", act.who->actor));
  }
}

}  // namespace accord::training
