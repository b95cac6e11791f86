// This says what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_SUPPORTS_PARTS_H_
#define ACCORD_SERVICES_SUPPORTS_PARTS_H_

#include "common/host/calls/handlers.h"

namespace accord::supports {

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PARTS_H_
