// What a caller is to the records of this service.
#ifndef ACCORD_SERVICES_STRATEGY_PARTS_H_
#define ACCORD_SERVICES_STRATEGY_PARTS_H_

#include "common/host/calls/handlers.h"

namespace accord::strategy {

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_PARTS_H_
