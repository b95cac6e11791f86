// This serves every gRPC service of this process.
#ifndef ACCORD_SERVICES_REGISTRY_SERVICES_H_
#define ACCORD_SERVICES_REGISTRY_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/run.h"

namespace accord::registry {

// Admits the agencies and people that the configuration names, registers every handler, and begins to follow
// changes for the gateways that watch them.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::RegistryConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

// This registers the handlers of the registry's ChangeService.
void RegisterRegistryChanges(const storage::PageTokens* tokens, host::Handlers* handlers);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_SERVICES_H_
