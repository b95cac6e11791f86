#include "clients/accordctl/core/deployment.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/text_proto.h"

namespace accord::ctl {
namespace {

absl::StatusOr<std::string> FirstLineOfDeploymentFile(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadNonEmptyFile(file, "where the database is"));
  return std::string(absl::StripTrailingAsciiWhitespace(text));
}

}  // namespace

const ServiceFile* Deployment::Find(const std::string& service) const {
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const ServiceFile& each) { return each.host.name() == service; });
  return found == services.end() ? nullptr : &*found;
}

absl::StatusOr<Deployment> ReadDeployment(const std::vector<std::string>& files) {
  Deployment deployment;
  for (const std::string& file : files) {
    host::v1::ServiceConfig service;
    ACCORD_RETURN_IF_ERROR(ReadConfigPart(file, &service));
    if (!service.host().name().empty()) {
      // The name becomes part of file names and of a program's name.
      if (!IsId(service.host().name())) {
        return absl::InvalidArgumentError(absl::StrCat(file, ": host.name is no id"));
      }
      if (deployment.Find(service.host().name()) != nullptr) {
        return absl::InvalidArgumentError(
            absl::StrCat(file, " configures ", service.host().name(), " once more"));
      }
      deployment.services.push_back({file, service.host()});
      continue;
    }
    gateway::v1::GatewayConfig config;
    ACCORD_RETURN_IF_ERROR(ReadConfigPart(file, &config));
    if (!config.has_agency_tls()) {
      return absl::InvalidArgumentError(absl::StrCat(file, " configures neither a service nor a gateway"));
    }
    deployment.gateways.push_back({file, config});
  }
  return deployment;
}

absl::StatusOr<std::string> DatabaseOfService(const ServiceFile& service) {
  if (!service.host.database_file().empty()) return FirstLineOfDeploymentFile(service.host.database_file());
  if (!service.host.database().empty()) return service.host.database();
  return absl::InvalidArgumentError(absl::StrCat(service.file, " names no database"));
}

absl::StatusOr<std::string> OwnersDatabaseOfService(const ServiceFile& service) {
  return service.host.owner_database_file().empty()
             ? DatabaseOfService(service)
             : FirstLineOfDeploymentFile(service.host.owner_database_file());
}

}  // namespace accord::ctl
