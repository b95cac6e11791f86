// This file is about other programs that accordctl runs: the services' own binaries and PostgreSQL's.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_PROCESS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_PROCESS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace accord::ctl {

// This runs a program to its end, with variables added to the environment. It returns INTERNAL, with its exit
// code and the end of its output, if it fails; it returns NOT_FOUND if there is no such program. `show` sends
// its output to standard error instead.
absl::Status RunProgram(const std::vector<std::string>& command,
                        const std::map<std::string, std::string>& environment = {}, bool show = false);

// This gives the binary of a service: beside accordctl itself if it is there, otherwise on the search path.
std::string ServiceBinary(const std::string& service);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_PROCESS_H_
