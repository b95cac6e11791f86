// This is the service by which every process tells operators about its condition.
#ifndef ACCORD_COMMON_HOST_STATUS_H_
#define ACCORD_COMMON_HOST_STATUS_H_

#include <string>
#include <vector>

#include "common/host/calls/handlers.h"

namespace accord::host {

// This serves `accord.<service>.v1.StatusService`. `migrations` are those that the database was opened with.
// The status includes what the service told the handlers about its law beforehand.
void RegisterStatus(const std::string& service, const std::vector<storage::Migration>& migrations,
                    absl::Time start, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_STATUS_H_
