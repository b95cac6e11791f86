// This says what a caller is to the records of this service.
#ifndef ACCORD_SERVICES_TRAINING_PARTS_H_
#define ACCORD_SERVICES_TRAINING_PARTS_H_

#include "common/host/calls/handlers.h"

namespace accord::training {

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_PARTS_H_
