// This writes entries of the log to a file that can be checked without the log: docs/audit-export.md.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_WRITER_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_WRITER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/base/file.h"
#include "common/base/new_file.h"
#include "common/merkle/tree.h"

namespace accord::ctl {

// The first line of an export names this format.
inline constexpr char kAuditExportFormat[] = "accord-audit-export/v1";

// This writes an export. The file appears in its place only at Close, and only this user may read it.
class ExportWriter {
 public:
  static absl::StatusOr<ExportWriter> Create(const std::string& path, const std::string& note);
  absl::Status Add(const audit::v1::Entry& entry, const merkle::Proof& path);
  absl::Status Close();

 private:
  explicit ExportWriter(std::unique_ptr<NewFile> file) : file_(std::move(file)) {}
  std::unique_ptr<NewFile> file_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_EXPORT_WRITER_H_
