#include "services/prosecution/testing/field_oracle.h"

#include <algorithm>

#include "common/base/clock.h"

namespace accord::prosecution {
namespace {

using google::protobuf::Message;
using testing::Act;
using testing::AnyIn;
using testing::Change;
using testing::OtherFields;
using testing::World;

// This gives what somebody is to a record: to its case, or to the advice.
std::set<std::string> PartsIn(const Caller& who, const Message& record, const World& world) {
  std::set<std::string> parts;
  if (const auto* advice = As<v1::AdviceRequest>(&record)) {
    if (advice->crown_agency() == who.agency) parts.insert("asked");
    return parts;
  }
  const auto* link = As<v1::LinkToken>(&record);
  if (link != nullptr && link->support_agency() == who.agency) parts.insert("supporting");
  if (const auto* duplicate = As<v1::CaseDuplicate>(&record)) {
    const auto [one, other] = EndsIn(*duplicate, world);
    if (one == nullptr || other == nullptr || !Opens(who, *one) || !Opens(who, *other)) return parts;
    if (HasConflict(who, *one) || HasConflict(who, *other)) return parts;
    if (OwnerOf(duplicate->name()) == who.agency) parts.insert("linker");
    return parts;
  }
  const v1::Case* of = CaseIn(record, world);
  if (of != nullptr && IsAmong(who, "police") && of->police_service() == who.agency) parts.insert("police");
  if (of == nullptr || !Opens(who, *of)) return parts;
  // Whoever reads a case may have to say that he or she must keep away from it.
  parts.insert("reader");
  if (HasConflict(who, *of)) return parts;
  if (Acts(who, *of)) parts.insert("acting");
  if (OwnerOf(of->name()) == who.agency) parts.insert("office");
  if (IsAmong(who, "coordinators")) parts.insert("coordinator");
  return parts;
}

std::string AboutOf(const Message& made) {
  if (const auto* link = As<v1::LinkToken>(&made)) return link->case_();
  if (const auto* note = As<v1::CaseNote>(&made)) return note->case_();
  if (const auto* link = As<v1::CaseDuplicate>(&made)) return link->record();
  const std::string name = testing::TextOf(made, "name");
  return As<v1::Accused>(&made) == nullptr ? "" : name.substr(0, name.rfind("/accused/"));
}

bool Considered(const v1::Case& of, const std::string& victim) {
  return std::any_of(of.aids().begin(), of.aids().end(),
                     [&](const auto& aid) { return aid.victim() == victim; });
}

// This counts what the prosecutor owes to each victim by section 4.5 and has not done. A prosecutor who
// applies for a ban asks what is wished, tells that there is a ban and that it can be varied, and offers
// counsel for private records.
int Owed(const v1::Case& of) {
  int owed = 0;
  for (const auto& victim : of.victims()) {
    bool applied = false, asked = false, told = false, told_of_end = false;
    for (const auto& ban : of.bans()) {
      if (ban.victim() != victim.id() || ban.applied_by_another()) continue;
      if (ban.authority() != v1::BAN_AUTHORITY_S486_4 && ban.authority() != v1::BAN_AUTHORITY_S486_5)
        continue;
      applied = true;
      asked |= !ban.wishes_inquired_on().empty();
      told |= !ban.informed_of_ban_on().empty();
      told_of_end |= !ban.informed_of_revocation_on().empty();
    }
    if (applied) owed += !asked + !told + !told_of_end;
  }
  for (const auto& filed : of.records_applications()) owed += filed.counsel_offered_on().empty();
  return owed;
}

}  // namespace

OracleOfProsecution::OracleOfProsecution()
    : TableOracle(Terms{
          .lines = &Lines(),
          .is_among = IsAmong,
          .has_part = [](const Caller& who, const Message& record, const std::string& parts,
                         const World& world) { return AnyIn(parts, PartsIn(who, record, world)); },
          .about = [](const Change& made) { return AboutOf(*made.after); },
          .of_deed =
              [this](const Act& act, const Change& change, const World& world) {
                const std::string objection = ObjectionToUndo(act, change);
                return objection.empty() ? ObjectionToDeed(act, change, world, FormatDay(OntarioDay(now_)))
                                         : objection;
              },
          .state = StageIn}) {}

// By section 4.4 the coordinator is told of what comes near its ceiling, and nothing else happens by itself.
std::string OracleOfProsecution::OfTime(const Change& change, const World& world, absl::Time now) {
  now_ = now;
  if (change.after == nullptr) return "it ended by itself";
  if (const auto* alert = As<v1::CeilingAlert>(change.after.get())) {
    if (change.before != nullptr) return "what was told is told otherwise";
    const auto* accused = In<v1::Accused>(world, alert->accused());
    if (accused == nullptr || !accused->team_flag()) return "of what is not the team's";
    if (accused->trial_ended()) return "of a trial that is over";
    if (OwnerOf(change.name) != "cr-phtpt") return "told to somebody else";
    const int left = static_cast<int>(*ParseDay(alert->ceiling()) - OntarioDay(now));
    if (alert->days() == 0) return accused->trial_end() > alert->ceiling() ? "" : "booked before the ceiling";
    if (alert->days() != 30 && alert->days() != 90 && alert->days() != 180) return "told at another time";
    return left <= alert->days() ? "" : "told too early";
  }
  if (As<v1::Accused>(change.after.get()) != nullptr && change.before != nullptr) {
    return OtherFields(*change.before, *change.after, "alerted_days");
  }
  return "the calendar has nothing to do with this";
}

std::string OracleOfProsecution::OfWorld(const World& world) {
  for (const auto& [name, record] : world) {
    if (const auto* of = As<v1::Case>(record.get())) {
      int leads = 0;
      for (const auto& each : of->assignments()) {
        if (!each.to().empty()) continue;
        leads += each.mode() == v1::ASSIGNMENT_MODE_LEAD;
        for (const auto& conflict : of->conflicts()) {
          if (conflict.agency() == each.agency() && conflict.crown() == each.crown())
            return "assigned in spite of a conflict: " + name;
        }
        if (!Sees(each.agency(), *of)) return "assigned from an office that has nothing to do with " + name;
      }
      if (leads > 1) return "two leads of " + name;
      if (Owed(*of) != of->open_tasks_size()) return "what is owed to the victims is not told: " + name;
    }
    const auto* accused = As<v1::Accused>(record.get());
    if (accused == nullptr || CaseIn(*accused, world) == nullptr) continue;
    const v1::Case& of = *CaseIn(*accused, world);
    if (accused->stage() == v1::STAGE_TRIAL) {
      for (const auto& victim : of.victims()) {
        if (victim.vulnerable() && !Considered(of, victim.id()))
          return "a trial without an aid considered: " + name;
      }
    }
    const auto open = [](const auto& count) { return count.disposition() == v1::DISPOSITION_UNSPECIFIED; };
    if ((accused->stage() == v1::STAGE_CONCLUDED || accused->stage() == v1::STAGE_APPEAL) &&
        std::any_of(accused->counts().begin(), accused->counts().end(), open)) {
      return "concluded with a count open: " + name;
    }
  }
  return "";
}

bool OracleOfProsecution::MayLearn(const Caller& who, const testing::Told& told, const World& world,
                                   absl::Time) {
  const auto& [name, record, text] = told;
  if (record == nullptr) return false;
  if (MayRead(who, *record, text, world)) return true;
  // A person who reads the record for another purpose knows that it exists.
  Caller other = who;
  for (int purpose = 1; text == name && purpose < annotations::v1::Purpose_ARRAYSIZE; ++purpose) {
    other.purpose = static_cast<Purpose>(purpose);
    if (MayRead(other, *record, text, world)) return true;
  }
  return false;
}

}  // namespace accord::prosecution
