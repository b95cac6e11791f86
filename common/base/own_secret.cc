#include "common/base/own_secret.h"

#include <sys/stat.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord {

bool CloseToOthers(const std::string& path) {
  // The file is examined by its path, because closing a descriptor of a database file would release
  // SQLite's locks on it.
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return errno == ENOENT;
  return (info.st_mode & 077) == 0 || chmod(path.c_str(), info.st_mode & 0700) == 0;
}

absl::StatusOr<std::string> ReadOwnSecret(const std::string& path) {
  if (!CloseToOthers(path))
    return Refuse(rules::kFileNotSafe, absl::StrCat(path, " is open to others and not yours to close."));
  return ReadFile(path);
}

}  // namespace accord
