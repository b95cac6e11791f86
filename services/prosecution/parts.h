// This file says what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_PROSECUTION_PARTS_H_
#define ACCORD_SERVICES_PROSECUTION_PARTS_H_

#include "common/host/calls/handlers.h"
#include "services/prosecution/duplicates/case_duplicate_service.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// `rules` and `duplicates` outlive `handlers`.
void TellParts(const storage::PageTokens* tokens, RulesNow rules, CaseDuplicateService* duplicates,
               host::Handlers* handlers);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_PARTS_H_
