// This file is about changes of keys in steps; the deployment works after each of them. A key is known
// everywhere before it is used, and used nowhere before it is removed.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_

#include <string>

#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

enum class RotateStep { kExplain, kAdd, kPromote, kReseal, kRetire };

// This changes the key that seals a service's sensitive fields. kRetire: FAILED_PRECONDITION with rule
// KEY_IN_USE while there are rows that an old key sealed.
absl::Status RotateSeal(const ServiceFile& service, RotateStep step);

// This changes the key by which the gateway vouches for callers, at the gateway and at the services that must
// accept it.
absl::Status RotateAssertion(const GatewayFile& gateway, const Deployment& deployment, RotateStep step);

// This changes the key that signs the log's checkpoints while the audit service is stopped; the witnessed
// checkpoint is signed again. kExplain says what is needed and what verifiers must be told; kAdd performs
// the change.
absl::Status RotateCheckpoint(const Deployment& deployment, RotateStep step);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_
