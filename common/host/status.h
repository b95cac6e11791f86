// The service of every process that tells operators how it does.
#ifndef ACCORD_COMMON_HOST_STATUS_H_
#define ACCORD_COMMON_HOST_STATUS_H_

#include <string>
#include <vector>

#include "common/host/calls/handlers.h"

namespace accord::host {

// Answers `accord.<service>.v1.StatusService`. `migrations` are those that the database was opened with. What
// the service told the handlers of its law before is told too.
void RegisterStatus(const std::string& service, const std::vector<storage::Migration>& migrations,
                    absl::Time start, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_STATUS_H_
