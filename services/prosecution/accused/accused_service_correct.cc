// These are the handlers of AccusedService by which a mistake is mended: in the charge, in a day in court, or
// in the last stage. Each correction is a new revision, and what stood there before stays in the history.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/opaque_reference.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/corrections.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

using v1::Accused;
using ChargedCounts = google::protobuf::RepeatedPtrField<v1::Count>;

// The calendar writes when an alert is told, which is no step of a person. Between two steps of people it
// does so fewer times than this.
constexpr int kLatestOfAccused = 40;

bool CorrectionKeepsCharge(const v1::Count& was, const v1::Count& now) {
  return was.section() == now.section() && was.offence_from() == now.offence_from() &&
         was.offence_to() == now.offence_to() && was.victim() == now.victim() && was.mode() == now.mode();
}

// This takes the corrected counts. A count that has ended keeps its place, its charge and its disposition.
absl::Status CorrectCounts(ChargedCounts counts, Accused* accused) {
  for (auto& count : counts) {
    count.clear_disposition();
    count.clear_disposed_on();
  }
  for (int i = 0; i < accused->counts_size(); ++i) {
    const v1::Count& was = accused->counts(i);
    if (was.disposition() == v1::DISPOSITION_UNSPECIFIED) continue;
    if (i >= counts.size() || !CorrectionKeepsCharge(was, counts.Get(i))) {
      return Refuse(rules::kAlreadyDisposed, "A count that has its disposition keeps its place and charge.");
    }
    counts.Mutable(i)->set_disposition(was.disposition());
    counts.Mutable(i)->set_disposed_on(was.disposed_on());
  }
  accused->mutable_counts()->Swap(&counts);
  return absl::OkStatus();
}

void CorrectChargeDate(const std::string& day, Accused* accused) {
  accused->set_charge_date(day);
  // The first stage and the first court begin with the charge.
  if (accused->stages_size() > 0) accused->mutable_stages(0)->set_on(day);
  if (accused->forums_size() > 0) accused->mutable_forums(0)->set_on(day);
}

// This requires that everything that happened to the accused happened at the charge or after it.
absl::Status CheckCorrectedDays(const Accused& accused) {
  std::vector<std::pair<std::string, std::string>> days = {{"trial_end", accused.trial_end()},
                                                           {"retrial_from", accused.retrial_from()}};
  for (const auto& each : accused.stages()) days.emplace_back("stages.on", each.on());
  for (const auto& each : accused.delays()) days.emplace_back("delays.from", each.from());
  for (const auto& each : accused.delay_arguments()) days.emplace_back("delay_arguments.on", each.on());
  for (const auto& each : accused.appearances()) days.emplace_back("appearances.on", each.on());
  for (const auto& each : accused.orders()) days.emplace_back("orders.on", each.on());
  for (const auto& each : accused.bails()) days.emplace_back("bails.on", each.on());
  for (const auto& each : accused.disclosures()) days.emplace_back("disclosures.sent_on", each.sent_on());
  for (const auto& each : accused.counts()) days.emplace_back("counts.disposed_on", each.disposed_on());
  for (const auto& [field, day] : days) {
    ACCORD_RETURN_IF_ERROR(CheckDayOrder({{"charge_date", accused.charge_date()}, {field, day}}));
  }
  for (int i = 1; i < accused.forums_size(); ++i) {
    if (accused.forums(i).on() <= accused.charge_date()) {
      return Refuse(rules::kForumsOverlap, "The accused came before another court on that day or earlier.");
    }
  }
  return absl::OkStatus();
}

// This requires that no count of an accused who has concluded is open.
absl::Status CheckCorrectedCounts(const Accused& accused) {
  const auto open = [](const auto& count) { return count.disposition() == v1::DISPOSITION_UNSPECIFIED; };
  const auto& counts = accused.counts();
  const bool over = accused.stage() == v1::STAGE_CONCLUDED || accused.stage() == v1::STAGE_APPEAL;
  if (over && std::any_of(counts.begin(), counts.end(), open)) {
    return Refuse(rules::kCountsOpen, "The accused has concluded, and a count would have no disposition.");
  }
  return absl::OkStatus();
}

}  // namespace

AccusedService::Result AccusedService::Correct(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::CorrectAccusedRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  Accused& accused = opened.accused;
  ACCORD_RETURN_IF_ERROR(CheckMayCorrect(accused.corrections_size()));
  v1::Correction correction = NewCorrection(call.caller(), call.now(), request.reason());
  if (!request.accused_ref().empty()) {
    ACCORD_RETURN_IF_ERROR(
        CheckOpaqueReference("accused_ref", request.accused_ref(), OntarioDay(call.now())));
    accused.set_accused_ref(request.accused_ref());
    correction.add_fields("accused_ref");
  }
  if (!request.charge_date().empty()) {
    ACCORD_RETURN_IF_ERROR(CheckPastDay("charge_date", request.charge_date(), call.now()));
    CorrectChargeDate(request.charge_date(), &accused);
    correction.add_fields("charge_date");
  }
  if (!request.counts().empty()) {
    ACCORD_RETURN_IF_ERROR(CorrectCounts(request.counts(), &accused));
    correction.add_fields("counts");
  }
  if (correction.fields().empty()) {
    return RefuseFields({{"charge_date", "give the charge_date, the accused_ref or the counts"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckCounts(opened.of, "", &accused));
  ACCORD_RETURN_IF_ERROR(CheckCorrectedDays(accused));
  ACCORD_RETURN_IF_ERROR(CheckCorrectedCounts(accused));
  // The preliminary inquiry that was held must be one that the counts permit.
  if (accused.stage() == v1::STAGE_PRELIMINARY || accused.preliminary_held()) {
    ACCORD_RETURN_IF_ERROR(CheckPreliminary(accused));
  }
  const v1::JordanClock clock = ClockOf(*rules_, accused, OntarioDay(call.now()));
  if (clock.conservative().ceiling() != opened.ceiling) correction.set_ceiling_before(opened.ceiling);
  *accused.add_corrections() = std::move(correction);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::CorrectAppearance(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::CorrectAccusedAppearanceRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  Accused& accused = opened.accused;
  ACCORD_RETURN_IF_ERROR(CheckMayCorrect(accused.corrections_size()));
  if (request.position() < 0 || request.position() >= accused.appearances_size()) {
    return Refuse(rules::kAppearanceUnknown, "position is a position in appearances, from 0.");
  }
  const v1::Appearance& said = request.appearance();
  ACCORD_RETURN_IF_ERROR(CheckPastDay("appearance.on", said.on(), call.now()));
  if (!said.next_on().empty() && !ParseDay(said.next_on())) {
    return RefuseFields({{"appearance.next_on", "must be YYYY-MM-DD, a day that exists"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckDayOrder({{"charge_date", accused.charge_date()},
                                        {"appearance.on", said.on()},
                                        {"appearance.next_on", said.next_on()}}));
  v1::Appearance* kept = accused.mutable_appearances(request.position());
  kept->set_on(said.on());
  kept->set_next_on(said.next_on());
  if (!said.purpose().empty()) kept->set_purpose(said.purpose());
  v1::Correction correction = NewCorrection(call.caller(), call.now(), request.reason());
  correction.add_fields("appearances");
  *accused.add_corrections() = std::move(correction);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::UndoStage(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::UndoAccusedStageRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  Accused& accused = opened.accused;
  ACCORD_RETURN_IF_ERROR(CheckMayCorrect(accused.corrections_size()));
  ACCORD_RETURN_IF_ERROR(StageLifecycle().CheckUndoable(accused.stage()));
  ACCORD_ASSIGN_OR_RETURN(const auto history,
                          accused_.LatestRevisions<Accused>(tx, request.name(), kLatestOfAccused));
  std::size_t last = 0;
  while (last < history.size() && history[last].agency == "platform") ++last;
  if (last + 1 >= history.size()) {
    return Refuse(rules::kNothingToUndo, "The accused has no earlier stage to go back to.");
  }
  const Accused& before = history[last + 1].item;
  if (before.stages_size() + 1 != accused.stages_size() ||
      !StageLifecycle().Undoable(before.stage(), accused.stage())) {
    return Refuse(rules::kStepActedOn, "Something was recorded of the accused after that stage.");
  }
  v1::Correction correction = NewCorrection(call.caller(), call.now(), request.reason());
  correction.set_stage_before(accused.stage());
  // This takes back everything that the stage brought with it.
  accused.set_stage(before.stage());
  *accused.mutable_stages() = before.stages();
  accused.set_preliminary_held(before.preliminary_held());
  accused.set_forum(before.forum());
  *accused.mutable_forums() = before.forums();
  accused.set_trial_end(before.trial_end());
  accused.set_trial_ended(before.trial_ended());
  accused.set_retrial_from(before.retrial_from());
  *accused.mutable_counts() = before.counts();
  accused.set_no_sentence_reason(before.no_sentence_reason());
  const v1::JordanClock clock = ClockOf(*rules_, accused, OntarioDay(call.now()));
  if (clock.conservative().ceiling() != opened.ceiling) correction.set_ceiling_before(opened.ceiling);
  *accused.add_corrections() = std::move(correction);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

}  // namespace accord::prosecution
