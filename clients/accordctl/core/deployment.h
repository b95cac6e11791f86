// This file is about the processes of a deployment as their configuration files describe them, for commands
// that run on the machine with these files.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DEPLOYMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DEPLOYMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/gateway/v1/config.pb.h"
#include "accord/host/v1/config.pb.h"

namespace accord::ctl {

struct ServiceFile {
  std::string file;
  host::v1::HostConfig host;
};
struct GatewayFile {
  std::string file;
  gateway::v1::GatewayConfig config;
};
struct Deployment {
  std::vector<ServiceFile> services;
  std::vector<GatewayFile> gateways;

  // This gives the file that configures the service; it is null if there is none.
  const ServiceFile* Find(const std::string& service) const;
};

// This returns INVALID_ARGUMENT, naming the file, if it configures neither a service nor a gateway, or a
// service for the second time.
absl::StatusOr<Deployment> ReadDeployment(const std::vector<std::string>& files);

// This gives the DSN or SQLite file with which a service serves; it is read from a file if the configuration
// says so.
absl::StatusOr<std::string> DatabaseOfService(const ServiceFile& service);
// This gives the DSN of the schema's owner; if there is none, the same as DatabaseOfService.
absl::StatusOr<std::string> OwnersDatabaseOfService(const ServiceFile& service);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DEPLOYMENT_H_
