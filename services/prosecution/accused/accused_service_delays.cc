// These are the handlers of AccusedService that record delays, and what parties say of a delay. Nothing is
// concluded from what they say.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/event_days.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

// This gives what counsel is told of the question: what it is, how far its source was read, and what of this
// record does not fit it.
std::vector<std::string> NotesOnDelayArgument(const Rules& rules, const v1::Accused& accused,
                                              const v1::DelayArgument& argument) {
  std::vector<std::string> notes;
  const v1::DelayQuestionRule* rule = rules.DelayQuestion(argument.question());
  if (rule == nullptr) {
    notes.push_back("The rule set says nothing of this question.");
    return notes;
  }
  notes.push_back(absl::StrCat(rule->says(), " (", rule->source(), ")"));
  if (rule->mark() == annotations::v1::LAW_MARK_MEMORY) {
    notes.push_back("The row of this question is from memory; nobody has looked it up.");
  }
  if (!rule->charged_before().empty() && accused.charge_date() >= rule->charged_before()) {
    notes.push_back(absl::StrCat("The question is of charges that were laid before ", rule->charged_before(),
                                 ", and this one was laid later."));
  }
  if (rule->after_retrial_order() && accused.retrial_from().empty()) {
    notes.push_back("The question is of a retrial, and no order for one is recorded.");
  }
  if (std::string note = rules.LawNote(*ParseDay(argument.on())); !note.empty()) {
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace

AccusedService::Result AccusedService::RecordDelay(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::RecordAccusedDelayRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  Accused& accused = opened.accused;
  const v1::DelayPeriod& delay = request.delay();
  // The last day is not counted.
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("delay.from", delay.from(), "delay.to", delay.to(), /*equal=*/false));
  const absl::CivilDay end = ClockEndOf(accused, OntarioDay(call.now()));
  if (*ParseDay(delay.from()) < ClockStartOf(accused) || *ParseDay(delay.to()) > end) {
    return Refuse(rules::kDelayOutsideChargePeriod,
                  "A delay lies between the charge and the end of the trial, or today.");
  }
  v1::DelayPeriod* kept = nullptr;
  for (auto& each : *accused.mutable_delays()) {
    if (each.from() == delay.from() && each.to() == delay.to() && each.cause() == delay.cause()) kept = &each;
  }
  if (kept == nullptr) kept = accused.add_delays();
  *kept = delay;
  kept->set_by(call.caller().actor);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::RecordDelayArgument(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordAccusedDelayArgumentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  v1::Accused& accused = opened.accused;
  v1::DelayArgument argument = request.delay_argument();
  ACCORD_RETURN_IF_ERROR(CheckPastDay("delay_argument.on", argument.on(), call.now()));
  ACCORD_RETURN_IF_ERROR(
      CheckDayOrder({{"charge_date", accused.charge_date()}, {"delay_argument.on", argument.on()}}));
  argument.set_by(call.caller().actor);
  argument.set_rule_set(rules_->digest());
  const std::vector<std::string> notes = NotesOnDelayArgument(*rules_, accused, argument);
  *argument.mutable_law_notes() = {notes.begin(), notes.end()};
  auto& arguments = *accused.mutable_delay_arguments();
  const auto kept = std::find_if(arguments.begin(), arguments.end(), [&](const auto& each) {
    return each.question() == argument.question() && each.party() == argument.party();
  });
  *(kept == arguments.end() ? arguments.Add() : &*kept) = std::move(argument);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

}  // namespace accord::prosecution
