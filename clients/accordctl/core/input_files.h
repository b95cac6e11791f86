// This reads files that the user names, and standard input in the place of a document.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_INPUT_FILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_INPUT_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/document_limits.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This reads a whole file that the user named. It returns INVALID_ARGUMENT with rule FILE_MISSING, and the
// reason, if it cannot be read, or with rule FILE_TOO_LARGE if it is larger than `most_bytes`. `what` says in
// messages what the file is for.
absl::StatusOr<std::string> ReadInputFile(const std::string& path, const std::string& what = "",
                                          std::size_t most_bytes = kMaxDocumentBytes);

// This reads a whole file that must not be empty, such as a key. It returns INVALID_ARGUMENT as above, and
// also if the file is empty or no file is named.
absl::StatusOr<std::string> ReadNonEmptyFile(const std::string& path, const std::string& what);

// This returns INVALID_ARGUMENT if `path` is a regular file that is empty; it returns OK for every
// other path.
absl::Status RefuseEmptyFile(const std::string& path);

// This gives the text of a document; `-` is standard input. No more is read than a document may have.
absl::StatusOr<std::string> ReadInputText(const std::string& path);

// This gives the name of a document's path for messages: `standard input` for `-`.
std::string InputFileName(const std::string& path);

// This reads a YAML or JSON document, within the limits of ParseYaml; `-` is standard input. Errors name
// file, line and column.
absl::StatusOr<Json> ReadInputDocument(const std::string& path);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_INPUT_FILES_H_
