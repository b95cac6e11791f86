// This says what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_STRATEGY_PARTS_H_
#define ACCORD_SERVICES_STRATEGY_PARTS_H_

#include "common/host/calls/handlers.h"
#include "services/strategy/funding/funding_assessment_service.h"

namespace accord::strategy {

// Registers which parts callers have in records. `assessments` decides who reads an assessment.
void TellParts(const storage::PageTokens* tokens, FundingAssessmentService* assessments,
               host::Handlers* handlers);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_PARTS_H_
