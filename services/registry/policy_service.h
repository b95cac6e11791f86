// Handler of PolicyService: what the gateways decide by.
#ifndef ACCORD_SERVICES_REGISTRY_POLICY_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_POLICY_SERVICE_H_

#include <functional>

#include "accord/registry/v1/service.pb.h"
#include "common/host/handlers.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

class PolicyService {
 public:
  PolicyService(storage::Database* database, RegistryStore* store) : database_(database), store_(store) {}
  void Register(host::Handlers* handlers);

  // What changed since `version`, or, from another epoch or version 0, everything; both as one snapshot.
  absl::StatusOr<v1::PolicyUpdate> Since(const std::string& epoch, int64_t version);

 private:
  absl::Status Watch(host::Call&, const v1::WatchPolicyRequest&,
                     const std::function<bool(const v1::PolicyUpdate&)>&);

  storage::Database* database_;
  RegistryStore* store_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_POLICY_SERVICE_H_
