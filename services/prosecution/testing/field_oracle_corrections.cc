// This file says how a mistake in a prosecution is mended, as docs/domain.md 4.3 has it under "Mistakes".
#include <google/protobuf/util/message_differencer.h>

#include "services/prosecution/testing/field_oracle.h"

namespace accord::prosecution {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::Act;
using testing::Change;
using testing::World;

// Objects unless one row is added, in the name of whoever corrects and with a reason.
template <class M>
std::string AddsItsCorrection(const Caller& who, const M& before, const M& after) {
  if (after.corrections_size() != before.corrections_size() + 1) return "not one more correction";
  for (int i = 0; i < before.corrections_size(); ++i) {
    if (!MessageDifferencer::Equals(before.corrections(i), after.corrections(i))) {
      return "an earlier correction was changed";
    }
  }
  const v1::Correction& made = *after.corrections().rbegin();
  if (made.agency() != who.agency || made.by() != who.actor) return "corrected in the name of somebody else";
  return made.reason().empty() ? "corrected without a reason" : "";
}

bool Ended(const v1::Count& count) { return count.disposition() != v1::DISPOSITION_UNSPECIFIED; }

// Objects unless the corrected charge fits what happened since: no count that is over became another.
std::string ObjectionToCorrectedCharge(const v1::Accused& before, const v1::Accused& after,
                                       const v1::Case& of, const std::string& today) {
  if (after.charge_date() > today) return "charged in the future";
  if (after.stages_size() != before.stages_size() || after.forums_size() != before.forums_size() ||
      after.stage() != before.stage()) {
    return "stages or courts came or went";
  }
  for (const auto& each : after.stages()) {
    if (each.on() < after.charge_date()) return "a stage before the charge";
  }
  for (const auto& each : after.appearances()) {
    if (each.on() < after.charge_date()) return "in court before the charge";
  }
  for (int i = 0; i < before.counts_size(); ++i) {
    if (!Ended(before.counts(i))) continue;
    if (i >= after.counts_size()) return "a count that was over is gone";
    const v1::Count &was = before.counts(i), &is = after.counts(i);
    if (was.section() != is.section() || was.victim() != is.victim() ||
        was.offence_from() != is.offence_from() || was.disposition() != is.disposition() ||
        was.disposed_on() != is.disposed_on()) {
      return "a count that was over became another";
    }
  }
  for (int i = 0; i < after.counts_size(); ++i) {
    const v1::Count& count = after.counts(i);
    if (Ended(count) && (i >= before.counts_size() || !Ended(before.counts(i)))) return "a count ended by it";
    if (count.offence_from() > after.charge_date()) return "charged before the offence";
    if (count.section() == "286.5" || count.section() == "279.04") return "what is no charge";
    bool of_case = count.victim().empty();
    for (const auto& victim : of.victims()) of_case |= victim.id() == count.victim();
    if (!of_case) return "a count of nobody in this case";
  }
  return "";
}

}  // namespace

std::string ObjectionToCaseCorrection(const Caller& who, const v1::Case& before, const v1::Case& after,
                                      const World& world) {
  for (const auto& [other, record] : world) {
    const auto* of = As<v1::Case>(record.get());
    if (of == nullptr || other == after.name() || !Opens(who, *of)) continue;
    if (of->police_service() == after.police_service() &&
        of->information_number() == after.information_number()) {
      return "a second case for an information that the person knows of";
    }
  }
  return AddsItsCorrection(who, before, after);
}

std::string ObjectionToDuplicate(const Caller& who, const v1::CaseDuplicate& link, const World& world) {
  const auto [one, other] = EndsIn(link, world);
  if (one == nullptr || other == nullptr || link.record() == link.same_as())
    return "links nothing, or one to itself";
  for (const v1::Case* of : {one, other}) {
    if (!Opens(who, *of) || HasConflict(who, *of)) return "linked by somebody who has nothing to do with it";
    if (!Acts(who, *of) && OwnerOf(of->name()) != who.agency) return "linked by somebody of another office";
  }
  return "";
}

std::string ObjectionToCorrection(const Act& act, const v1::Accused& before, const v1::Accused& after,
                                  const v1::Case& of, const std::string& today) {
  const std::string added = AddsItsCorrection(*act.who, before, after);
  if (!added.empty()) return added;
  if (act.method == "CorrectAccused") return ObjectionToCorrectedCharge(before, after, of, today);
  if (act.method == "UndoAccusedStage") {
    if (after.stages_size() + 1 != before.stages_size() || after.stages().empty())
      return "not one stage less";
    for (int i = 0; i < after.stages_size(); ++i) {
      if (!MessageDifferencer::Equals(before.stages(i), after.stages(i))) return "another stage was changed";
    }
    return after.stage() == after.stages().rbegin()->stage() ? "" : "at a stage that it had not come to";
  }
  if (after.appearances_size() != before.appearances_size()) return "a day in court came or went";
  int changed = 0;
  for (int i = 0; i < before.appearances_size(); ++i) {
    changed += !MessageDifferencer::Equals(before.appearances(i), after.appearances(i));
    if (after.appearances(i).on() > today) return "in court in the future";
  }
  return changed <= 1 ? "" : "more than one day in court was changed";
}

std::string OracleOfProsecution::ObjectionToUndo(const Act& act, const Change& change) const {
  if (act.method != "UndoAccusedStage") return "";
  const auto last = last_act_.find(change.name);
  if (last != last_act_.end() && last->second == "AdvanceAccused") return "";
  return "what was undone had been acted on";
}

void OracleOfProsecution::Learn(const Act& act, const std::vector<Change>& changes, absl::Time now) {
  TableOracle::Learn(act, changes, now);
  for (const Change& change : changes) {
    if (As<v1::Accused>(change.after.get()) != nullptr) last_act_[change.name] = act.method;
  }
}

}  // namespace accord::prosecution
