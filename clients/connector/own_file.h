// This file is about files whose content nobody but this user may know: keys and tokens.
#ifndef ACCORD_CLIENTS_CONNECTOR_OWN_FILE_H_
#define ACCORD_CLIENTS_CONNECTOR_OWN_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::connector {

// This returns FAILED_PRECONDITION, with what to do, unless the file is a regular one of this user or of root
// that nobody else may read or write. Its mode is not mended: what others could read they may have read.
absl::Status CheckOwnFile(const std::string& path);
// This reads a file that is so.
absl::StatusOr<std::string> ReadOwnFile(const std::string& path);
// This does the same for a folder in which only this user may do anything; it is made if there is none.
absl::Status MakeOwnFolder(const std::string& path);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_OWN_FILE_H_
