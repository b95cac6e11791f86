// This is what the registry keeps of a certificate that its authority has issued.
#ifndef ACCORD_SERVICES_REGISTRY_CERTIFICATE_RECORD_H_
#define ACCORD_SERVICES_REGISTRY_CERTIFICATE_RECORD_H_

#include <string>

#include "accord/registry/v1/resources.pb.h"
#include "common/pki/authority.h"

namespace accord::registry {

// This gives what is kept of a certificate of a system, by the system's name.
v1::Certificate CertificateRecordOf(const std::string& system, const pki::Issued& issued);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_CERTIFICATE_RECORD_H_
