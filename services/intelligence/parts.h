// This file says what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PARTS_H_
#define ACCORD_SERVICES_INTELLIGENCE_PARTS_H_

#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::intelligence {

// `rules` outlives `handlers`.
void TellParts(const storage::PageTokens* tokens, const v1::RuleSet* rules, host::Handlers* handlers);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PARTS_H_
