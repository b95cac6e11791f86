// Finds certificates by their printed serials.
#ifndef ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_
#define ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::training {

// Stores certificates by their printed serial. The look-up gives an empty name for an unknown serial.
absl::Status PutCertificateSerial(storage::Transaction& tx, const std::string& serial,
                                  const std::string& name);

absl::StatusOr<std::string> CertificateOfSerial(storage::Transaction& tx, const std::string& serial);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_CERTIFICATES_CERTIFICATE_STORE_H_
