// This verifies a document that somebody shows: `completion-certificate verify`.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_CERTIFICATE_VERIFICATION_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_CERTIFICATE_VERIFICATION_H_

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This writes the serial and the code of a certificate as it prints them, however they were typed: in
// capitals, and the code in groups of four.
void SpellCertificateCodeAsPrinted(const Command& command, Json* request);

// This gives DATA_LOSS, whose exit code means "not verified", if the service finds no certificate with both
// numbers. Every other status, and that of every other command, is returned unchanged.
absl::Status VerificationVerdict(const Command& command, const absl::Status& status);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_CERTIFICATE_VERIFICATION_H_
