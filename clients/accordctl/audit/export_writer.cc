#include "clients/accordctl/audit/export_writer.h"

#include "clients/accordctl/core/json.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/new_file.h"

namespace accord::ctl {

absl::StatusOr<ExportWriter> ExportWriter::Create(const std::string& path, const std::string& note) {
  ACCORD_ASSIGN_OR_RETURN(auto file, NewFile::Create(path, FileKind::kPrivate));
  ACCORD_RETURN_IF_ERROR(file->Write(DumpJson(Json{{"format", kAuditExportFormat}, {"note", note}}) + "\n"));
  return ExportWriter(std::move(file));
}

absl::Status ExportWriter::Add(const audit::v1::Entry& entry, const merkle::Proof& path) {
  Json hashes = Json::array();
  for (const auto& hash : path) hashes.push_back(Base64(hash));
  return file_->Write(DumpJson(Json{{"index", entry.index()},
                                    {"salt", Base64(entry.salt())},
                                    {"record", Base64(entry.record_bytes())},
                                    {"path", hashes}}) +
                      "\n");
}

absl::Status ExportWriter::Close() { return file_->Commit(); }

}  // namespace accord::ctl
