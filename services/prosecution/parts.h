// What a caller is to the records of this service.
#ifndef ACCORD_SERVICES_PROSECUTION_PARTS_H_
#define ACCORD_SERVICES_PROSECUTION_PARTS_H_

#include "common/host/calls/handlers.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// `rules` outlives `handlers`.
void TellParts(const storage::PageTokens* tokens, const Rules* rules, host::Handlers* handlers);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_PARTS_H_
