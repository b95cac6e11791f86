// What somebody shows to be verified: `completion-certificate verify`.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_VERIFICATION_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_VERIFICATION_H_

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/document.h"

namespace accord::ctl {

// Writes the serial and the code of a certificate as it prints them, however they were copied: in capitals,
// the code in groups of four.
void SpellAsPrinted(const Command& command, Json* request);

// DATA_LOSS, whose exit code is that of what is not verified, where the service finds no certificate of both
// numbers; every other status, and that of every other command, as it is.
absl::Status AsVerdict(const Command& command, const absl::Status& status);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_VERIFICATION_H_
