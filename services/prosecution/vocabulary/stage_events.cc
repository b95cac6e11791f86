#include "services/prosecution/vocabulary/stage_events.h"

#include <string>
#include <utility>

#include "common/access/names.h"
#include "common/base/rules.h"
#include "services/prosecution/lifecycles.h"

namespace accord::prosecution {
namespace {

struct StageEventNeed {
  v1::AccusedEvent event;
  const char* words;
  std::vector<const rules::Rule*> refused_by;
};

const std::vector<StageEventNeed>& StageEventNeeds() {
  static const auto* needs = new std::vector<StageEventNeed>{
      {v1::ACCUSED_EVENT_ORDER_PRELIMINARY,
       "A count into which an inquiry could be held on the day of the charge, or of which the law leaves "
       "that open.",
       {&rules::kPreliminaryNotAvailable}},
      {v1::ACCUSED_EVENT_INDICT_DIRECTLY,
       "A later day than the one on which the accused came before the present court, unless that is the "
       "Superior Court of Justice already.",
       {&rules::kForumsOverlap}},
      {v1::ACCUSED_EVENT_BEGIN_TRIAL,
       "A testimonial aid that was at least considered for every vulnerable victim or witness of the case.",
       {&rules::kAidNotConsidered}},
      {v1::ACCUSED_EVENT_CONCLUDE,
       "A disposition of every count, a sentence where a count ended in guilt or the reason why there is "
       "none, and the stage of the verdict or of sentencing where a court decided a count.",
       {&rules::kCountsOpen, &rules::kSentenceMissing, &rules::kVerdictMissing}}};
  return *needs;
}

v1::StageEvent StageEventOf(v1::AccusedEvent event) {
  v1::StageEvent row;
  row.set_event(event);
  const std::string word = ShortName(v1::AccusedEvent_descriptor(), event);
  for (const int from : StageLifecycle().States()) {
    const auto next = StageLifecycle().Next(from, word);
    if (!next.ok()) continue;
    row.add_from(static_cast<v1::Stage>(from));
    row.set_to(static_cast<v1::Stage>(*next));
  }
  for (const StageEventNeed& need : StageEventNeeds()) {
    if (need.event != event) continue;
    row.set_needs(need.words);
    for (const rules::Rule* rule : need.refused_by) row.add_refused_by(std::string(rule->reason));
  }
  return row;
}

}  // namespace

const std::vector<v1::StageEvent>& StageEvents() {
  static const auto* events = [] {
    auto* rows = new std::vector<v1::StageEvent>;
    for (int event = 1; v1::AccusedEvent_IsValid(event); ++event) {
      rows->push_back(StageEventOf(static_cast<v1::AccusedEvent>(event)));
    }
    return rows;
  }();
  return *events;
}

}  // namespace accord::prosecution
