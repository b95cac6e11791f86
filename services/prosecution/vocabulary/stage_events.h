// This file says from which stage to which each event of a prosecution leads, what the event needs besides
// the stage, and which rules refuse it without that.
#ifndef ACCORD_SERVICES_PROSECUTION_VOCABULARY_STAGE_EVENTS_H_
#define ACCORD_SERVICES_PROSECUTION_VOCABULARY_STAGE_EVENTS_H_

#include <vector>

#include "accord/prosecution/v1/vocabulary_service.pb.h"

namespace accord::prosecution {

// This gives every event of StageLifecycle in the order of AccusedEvent, with the stages that it leads from
// and to. What an event needs follows AccusedService::ApplyEvent, and a test tries each without it.
const std::vector<v1::StageEvent>& StageEvents();

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_VOCABULARY_STAGE_EVENTS_H_
