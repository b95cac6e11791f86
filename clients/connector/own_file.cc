#include "clients/connector/own_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::connector {
namespace {

absl::Status CannotReadOwnFile(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(path, " cannot be read: ", std::strerror(errno), "."));
}

bool IsOwnFileOpenToOthers(const struct stat& found) { return (found.st_mode & (S_IRWXG | S_IRWXO)) != 0; }
bool OwnFileBelongsToAnother(const struct stat& found) {
  return found.st_uid != geteuid() && found.st_uid != 0;
}

}  // namespace

absl::Status CheckOwnFile(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return CannotReadOwnFile(path);
  if (!S_ISREG(found.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(path, " is not a regular file."));
  }
  if (OwnFileBelongsToAnother(found)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " belongs to another user; it must be this user's own."));
  }
  if (IsOwnFileOpenToOthers(found)) {
    return absl::FailedPreconditionError(absl::StrCat(
        path,
        " is open to other users, who may know what is in it. Replace its content, and set its mode to 0600."));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadOwnFile(const std::string& path) {
  ACCORD_RETURN_IF_ERROR(CheckOwnFile(path));
  return ReadFile(path);
}

absl::Status MakeOwnFolder(const std::string& path) {
  if (mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return absl::FailedPreconditionError(
        absl::StrCat("The folder ", path, " cannot be made: ", std::strerror(errno), "."));
  }
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return CannotReadOwnFile(path);
  if (!S_ISDIR(found.st_mode)) return absl::FailedPreconditionError(absl::StrCat(path, " is not a folder."));
  if (OwnFileBelongsToAnother(found) || IsOwnFileOpenToOthers(found)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "The folder ", path, " must be this user's own and closed to others. Set its mode to 0700."));
  }
  return absl::OkStatus();
}

}  // namespace accord::connector
