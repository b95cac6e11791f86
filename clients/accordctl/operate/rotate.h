// Changes of keys, in steps after each of which everything works: a key is known everywhere before it is
// used, and used nowhere before it is taken away.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_

#include <string>

#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

enum class RotateStep { kExplain, kAdd, kPromote, kReseal, kRetire };

// The key that seals a service's sensitive fields. kRetire: FAILED_PRECONDITION with rule KEY_IN_USE while
// rows are left that an old key sealed.
absl::Status RotateSeal(const ServiceFile& service, RotateStep step);

// The key by which the gateway vouches for callers, and the services that must accept it.
absl::Status RotateAssertion(const GatewayFile& gateway, const Deployment& deployment, RotateStep step);

// Changes the key that signs the log's checkpoints, with the audit service stopped; the witnessed checkpoint
// is signed anew. kExplain tells what it takes, and what verifiers must be told; kAdd does it.
absl::Status RotateCheckpoint(const Deployment& deployment, RotateStep step);

// New keys and certificates, by the same names, for all processes of the deployment, from the authorities in
// the folder `ca` that `pki init` made.
absl::Status RotateCertificates(const Deployment& deployment, const std::string& ca, int days);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_H_
