// Entries of the log in a file that anybody can check without the log: docs/audit-export.md.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "common/base/file.h"

namespace accord::ctl {

// Nothing is in its place before Close, and nobody else may read it.
class ExportWriter {
 public:
  static absl::StatusOr<ExportWriter> Create(const std::string& path, const std::string& note);
  absl::Status Add(const audit::v1::Entry& entry, const merkle::Proof& path);
  absl::Status Close();

 private:
  explicit ExportWriter(std::unique_ptr<NewFile> file) : file_(std::move(file)) {}
  std::unique_ptr<NewFile> file_;
};

// Verifies signature, hash and inclusion of every line, with progress on standard error. DATA_LOSS names the
// first line that does not hold. `entries` is told how many there are. The path may be a pipe's.
absl::Status VerifyExport(const std::string& path, const Trust& trust, const Key& key,
                          int64_t* entries = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_EXPORT_H_
