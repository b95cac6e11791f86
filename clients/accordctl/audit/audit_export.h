// Exports entries of the log to a file that can be checked without the log: docs/audit-export.md.
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

// Writes an export. The file appears in its place only at Close, and only this user may read it.
class ExportWriter {
 public:
  static absl::StatusOr<ExportWriter> Create(const std::string& path, const std::string& note);
  absl::Status Add(const audit::v1::Entry& entry, const merkle::Proof& path);
  absl::Status Close();

 private:
  explicit ExportWriter(std::unique_ptr<NewFile> file) : file_(std::move(file)) {}
  std::unique_ptr<NewFile> file_;
};

// Verifies the signature, and the hash and inclusion of every line, with progress on standard
// error. DATA_LOSS names the first line that is not valid. `entries` receives the number of
// entries. The path may be that of a pipe.
absl::Status VerifyExport(const std::string& path, const Trust& trust, const Key& key,
                          int64_t* entries = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_
