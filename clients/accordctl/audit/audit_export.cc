#include "clients/accordctl/audit/audit_export.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/audit/audit_proofs.h"
#include "clients/accordctl/audit/export_writer.h"
#include "clients/accordctl/core/document_limits.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/new_file.h"

namespace accord::ctl {
namespace {

// Only the canonical base 64 encoding is accepted.
std::optional<std::string> ExportedBytes(const Json& json) {
  const std::string text = json.is_string() ? json.get<std::string>() : "-";
  auto bytes = Unbase64(text);
  return bytes && Base64(*bytes) == text ? bytes : std::nullopt;
}

absl::StatusOr<audit::v1::Entry> ExportedEntry(const Json& json, merkle::Proof* path) {
  const absl::Status malformed = absl::DataLossError("malformed");
  if (!json.is_object() || !json.contains("index") || !json["index"].is_number_integer() ||
      !json.contains("path") || !json["path"].is_array()) {
    return malformed;
  }
  audit::v1::Entry entry;
  entry.set_index(json["index"].get<int64_t>());
  if (!json.contains("salt") || !json.contains("record")) return malformed;
  const auto salt = ExportedBytes(json["salt"]), record = ExportedBytes(json["record"]);
  if (!salt || !record) return malformed;
  entry.set_salt(*salt);
  entry.set_record_bytes(*record);
  for (const auto& hash : json["path"]) {
    const auto bytes = ExportedBytes(hash);
    if (!bytes) return malformed;
    path->push_back(*bytes);
  }
  return entry;
}

// This reads the next line; it is false at the end. A line that is longer than a document may be is cut one
// byte after that length.
bool NextExportLine(std::istream& file, std::string* line) {
  line->clear();
  for (int c = file.get(); c != std::char_traits<char>::eof(); c = file.get()) {
    if (c == '\n') return true;
    *line += static_cast<char>(c);
    if (line->size() > kMaxDocumentBytes) return true;
  }
  return !line->empty();
}

absl::Status CannotReadExport(const std::string& path) {
  return Refuse(rules::kFileMissing, absl::StrCat(path, ": cannot be read to its end: is that its name?"));
}

// This opens the checkpoint in the first line of an export.
absl::StatusOr<merkle::Checkpoint> CheckpointOfExport(const std::string& path, const std::string& line,
                                                      const Trust& trust, const Key& key) {
  const auto head = ParseJson(line);
  if (!head.ok() || !head->is_object() || JsonTextAt(*head, "format") != kAuditExportFormat) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is no ", kAuditExportFormat));
  }
  return merkle::OpenCheckpoint(JsonTextAt(*head, "note"), trust.origin, key);
}

// This gives the index of the entry in a line, which must be above `last`. `place` names the line and
// its file.
absl::StatusOr<int64_t> IndexOfExportLine(const std::string& place, const std::string& line, int64_t last,
                                          const merkle::Checkpoint& now) {
  if (line.size() > kMaxDocumentBytes) {
    return Refuse(rules::kFileTooLarge,
                  absl::StrCat(place, " is longer than ", kMaxDocumentBytes, " bytes: it is no entry"));
  }
  merkle::Proof proof;
  const auto entry = ExportedEntry(ParseJson(line).value_or(nullptr), &proof);
  const auto leaf = entry.ok() ? ProvenLeafOf(*entry) : absl::StatusOr<std::string>(entry.status());
  if (!leaf.ok() || entry->index() <= last ||
      !merkle::VerifyInclusion(*leaf, entry->index(), now.size, proof, now.root)) {
    return UntrustedLog(absl::StrCat(place, " is not in the log that the checkpoint signs"));
  }
  return entry->index();
}

}  // namespace

absl::Status VerifyExport(const std::string& path, const Trust& trust, const Key& key, int64_t* entries) {
  ACCORD_RETURN_IF_ERROR(RefuseEmptyFile(path));
  std::ifstream file(path);
  std::error_code error;
  // A pipe has no size.
  const auto size = std::filesystem::file_size(path, error);
  const bool is_sized = !error && size > 0;
  std::string line;
  if (!NextExportLine(file, &line)) return CannotReadExport(path);
  ACCORD_ASSIGN_OR_RETURN(const merkle::Checkpoint now, CheckpointOfExport(path, line, trust, key));
  std::cout << "signature holds: " << CountedText(now.size, "entry", "entries") << ", root "
            << Hex(now.root).substr(0, 16) << "\n";
  const absl::Time start = absl::Now();
  int64_t checked = 0, last = -1;
  std::uintmax_t read = line.size() + 1;
  absl::Time shown = start;
  while (NextExportLine(file, &line)) {
    read += line.size() + 1;
    ACCORD_ASSIGN_OR_RETURN(
        last, IndexOfExportLine(absl::StrCat("line ", checked + 2, " of ", path), line, last, now));
    ++checked;
    if (checked % 1000 == 0 && absl::Now() > shown + absl::Seconds(1)) {
      shown = absl::Now();
      std::cerr << (is_sized ? absl::StrCat(read * 100 / size, "% ") : "") << "(" << checked << " entries)\n";
    }
  }
  // A read error looks like the end of the file, so it is checked separately.
  if (file.bad()) return CannotReadExport(path);
  if (entries != nullptr) *entries = checked;
  std::cout << "inclusion holds: "
            << CountedText(checked, "entry of the export is", "entries of the export are")
            << " in the log, checked in "
            << absl::FormatDuration(absl::Trunc(absl::Now() - start, absl::Milliseconds(10))) << "\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
