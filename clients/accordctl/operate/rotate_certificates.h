// This file is about new certificates for all processes of a deployment.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_CERTIFICATES_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_CERTIFICATES_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

// This makes new keys and certificates, with the same names, for all processes of the deployment, signed by
// the authorities in the folder `ca` that `pki init` made.
absl::Status RotateCertificates(const Deployment& deployment, const std::string& ca, int days);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ROTATE_CERTIFICATES_H_
