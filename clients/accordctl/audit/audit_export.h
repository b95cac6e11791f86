// This checks an export of the log without the log: docs/audit-export.md.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "common/base/file.h"
#include "common/base/new_file.h"

namespace accord::ctl {

// This verifies the signature, and the hash and inclusion of every line, with progress on standard error. It
// returns DATA_LOSS, naming the first line that is not valid. `entries` receives the number of entries. The
// path may be that of a pipe.
absl::Status VerifyExport(const std::string& path, const Trust& trust, const Key& key,
                          int64_t* entries = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_
