// This is the service by which every process tells operators what was changed, and at whose request.
#ifndef ACCORD_COMMON_HOST_REVISIONS_H_
#define ACCORD_COMMON_HOST_REVISIONS_H_

#include <string>

#include "common/host/calls/handlers.h"

namespace accord::host {

// This serves `<package>.RevisionService`, for example that of `accord.protocols.v1`.
void RegisterRevisions(const std::string& package, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_REVISIONS_H_
