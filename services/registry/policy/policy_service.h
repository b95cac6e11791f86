// This is the handler of PolicyService, which tells the gateways what they decide by.
#ifndef ACCORD_SERVICES_REGISTRY_POLICY_POLICY_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_POLICY_POLICY_SERVICE_H_

#include <functional>

#include "accord/registry/v1/policy_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/registry/policy/policy_mirror.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

class PolicyService {
 public:
  PolicyService(storage::Database* database, RegistryStore* store) : mirror_(database, store) {}
  // This registers the handlers and begins to follow the registry.
  void Register(host::Handlers* handlers);

  // This gives what changed since `version`, or everything for another epoch or version 0, as it is in the
  // database now.
  absl::StatusOr<v1::PolicyUpdate> Since(const std::string& epoch, int64_t version);

 private:
  absl::Status Watch(host::Call&, const v1::WatchPolicyRequest&,
                     const std::function<bool(const v1::PolicyUpdate&)>&);

  PolicyMirror mirror_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_POLICY_POLICY_SERVICE_H_
