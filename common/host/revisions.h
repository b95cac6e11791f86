// The service of every process that tells operators what was changed on whose request.
#ifndef ACCORD_COMMON_HOST_REVISIONS_H_
#define ACCORD_COMMON_HOST_REVISIONS_H_

#include <string>

#include "common/host/calls/handlers.h"

namespace accord::host {

// Answers `<package>.RevisionService`, for example of `accord.protocols.v1`.
void RegisterRevisions(const std::string& package, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_REVISIONS_H_
