// This finds certificates by their printed serials.
#ifndef ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_
#define ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::training {

// These functions store the name of a certificate under its printed serial, and look it up. The name is empty
// for an unknown serial.
absl::Status PutCertificateSerial(storage::Transaction& tx, const std::string& serial,
                                  const std::string& name);

absl::StatusOr<std::string> CertificateOfSerial(storage::Transaction& tx, const std::string& serial);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_
