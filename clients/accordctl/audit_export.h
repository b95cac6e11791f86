// Entries of the log in a file that anybody can check without the log: docs/audit-export.md.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_H_

#include <fstream>
#include <string>

#include "clients/accordctl/audit_trust.h"

namespace accord::ctl {

class ExportWriter {
 public:
  ExportWriter(const std::string& path, const std::string& note);
  absl::Status Add(const audit::v1::Entry& entry, const merkle::Proof& path);
  absl::Status Close();

 private:
  std::string path_;
  std::ofstream file_;
};

// Signature, hash and inclusion of every line; progress on standard error. DATA_LOSS names the first line
// that does not hold.
absl::Status VerifyExport(const std::string& path, const Trust& trust, const Key& key);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_H_
