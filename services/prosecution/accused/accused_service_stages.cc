// This is the handler of AccusedService that moves an accused through the stages. The file says what each
// event needs and what it changes.
#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "common/base/error.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/event_days.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

// No trial begins while an aid was not even considered for somebody who needs one (docs/domain.md 4.5).
absl::Status CheckAidsForStage(const v1::Case& of) {
  for (const auto& victim : of.victims()) {
    const auto is_for = [&](const auto& aid) { return aid.victim() == victim.id(); };
    if (victim.vulnerable() && std::none_of(of.aids().begin(), of.aids().end(), is_for)) {
      return Refuse(rules::kAidNotConsidered,
                    "A vulnerable witness has no testimonial aid considered; record one first.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDisposedForStage(const Accused& accused) {
  if (std::all_of(accused.counts().begin(), accused.counts().end(),
                  [](const auto& count) { return count.disposition() != v1::DISPOSITION_UNSPECIFIED; })) {
    return absl::OkStatus();
  }
  return Refuse(rules::kCountsOpen, "Every count needs a disposition before the accused concludes.");
}

bool HasDispositionForStage(const Accused& accused, std::initializer_list<v1::Disposition> dispositions) {
  return std::any_of(accused.counts().begin(), accused.counts().end(), [&](const auto& count) {
    return std::find(dispositions.begin(), dispositions.end(), count.disposition()) != dispositions.end();
  });
}

// This requires that whoever was found guilty is sentenced, and restitution considered with it, before the
// case is over, or that the record says why not. A sentence from before a retrial belongs to a verdict that
// no longer stands.
absl::Status CheckSentencedForStage(const Accused& accused) {
  const bool guilty =
      HasDispositionForStage(accused, {v1::DISPOSITION_GUILTY_PLEA, v1::DISPOSITION_CONVICTED});
  const bool sentenced = std::any_of(accused.orders().begin(), accused.orders().end(),
                                     [&](const auto& order) { return order.on() >= accused.retrial_from(); });
  const bool excused = !accused.no_sentence_reason().empty();
  if (guilty && !sentenced) {
    if (excused) return absl::OkStatus();
    return Refuse(rules::kSentenceMissing,
                  "A count ended in guilt: record the sentence, and that restitution was considered.");
  }
  if (!excused) return absl::OkStatus();
  return RefuseFields({{"no_sentence_reason", "is of an accused who was found guilty and not sentenced"}});
}

// This requires the stage of the verdict or of sentencing for a disposition that a court gives at the end of
// a trial or upon a plea.
absl::Status CheckDecidedForStage(const Accused& accused) {
  if (accused.stage() == v1::STAGE_VERDICT || accused.stage() == v1::STAGE_SENTENCING) {
    return absl::OkStatus();
  }
  if (!HasDispositionForStage(accused, {v1::DISPOSITION_GUILTY_PLEA, v1::DISPOSITION_CONVICTED,
                                        v1::DISPOSITION_ACQUITTED, v1::DISPOSITION_NCR})) {
    return absl::OkStatus();
  }
  return Refuse(rules::kVerdictMissing,
                "A count ended by a plea or verdict, and the accused has not come to that stage.");
}

// This notes the end of evidence and argument. The time in which a verdict is reserved does not run the
// clock (K.G.K.).
void EndTrialStage(const std::string& on, Accused* accused) {
  if (accused->trial_ended()) return;
  accused->set_trial_end(on);
  accused->set_trial_ended(true);
}

// The clock and the counts begin again; earlier revisions keep the old ones.
void BeginRetrialStage(const std::string& on, Accused* accused) {
  accused->set_retrial_from(on);
  accused->clear_no_sentence_reason();
  accused->clear_trial_end();
  accused->set_trial_ended(false);
  for (auto& count : *accused->mutable_counts()) {
    count.clear_disposition();
    count.clear_disposed_on();
  }
}

}  // namespace

absl::Status AccusedService::ApplyEvent(const v1::Case& of, const std::string& event, const std::string& on,
                                        Accused* accused) {
  if (event == "order_preliminary") return CheckPreliminary(*accused);
  if (event == "begin_trial") return CheckAidsForStage(of);
  if (event == "commit") accused->set_preliminary_held(true);
  if (event == "indict_directly") return AddForum(v1::FORUM_SCJ, on, accused);
  if (event == "reserve" || event == "give_verdict" || event == "plead_guilty") EndTrialStage(on, accused);
  if (event == "order_retrial") BeginRetrialStage(on, accused);
  if (event == "conclude") {
    EndTrialStage(on, accused);
    ACCORD_RETURN_IF_ERROR(CheckDisposedForStage(*accused));
    ACCORD_RETURN_IF_ERROR(CheckSentencedForStage(*accused));
    return CheckDecidedForStage(*accused);
  }
  return absl::OkStatus();
}

AccusedService::Result AccusedService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::AdvanceAccusedRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  Accused& accused = opened.accused;
  ACCORD_ASSIGN_OR_RETURN(const int next, StageLifecycle().Next(accused.stage(), request.event()));
  ACCORD_RETURN_IF_ERROR(CheckPastDay("on", request.on(), call.now()));
  ACCORD_RETURN_IF_ERROR(CheckDayOrder(
      {{"the day of the present stage", accused.stages().rbegin()->on()}, {"on", request.on()}}));
  if (!request.no_sentence_reason().empty()) {
    if (request.event() != "conclude") {
      return RefuseFields({{"no_sentence_reason", "is given with conclude alone"}});
    }
    accused.set_no_sentence_reason(request.no_sentence_reason());
  }
  ACCORD_RETURN_IF_ERROR(ApplyEvent(opened.of, request.event(), request.on(), &accused));
  accused.set_stage(static_cast<v1::Stage>(next));
  auto* stage = accused.add_stages();
  stage->set_stage(accused.stage());
  stage->set_on(request.on());
  stage->set_by(call.caller().actor);
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

}  // namespace accord::prosecution
