#include "clients/connector/shared_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::connector {

absl::Status SharedFileFailed(const std::string& path, const char* what) {
  return absl::UnavailableError(absl::StrCat(path, " ", what, ": ", std::strerror(errno), "."));
}

absl::Status OpenSharedToGroup(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return SharedFileFailed(path, "cannot be opened");
  struct stat found {};
  const bool is_own =
      fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == geteuid() && found.st_nlink == 1;
  const bool is_open = is_own && fchmod(file, S_IRUSR | S_IWUSR | S_IRGRP) == 0;
  close(file);
  if (is_open) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat(path, " is not as it was written, and is not opened to its group."));
}

absl::StatusOr<SharedFolder> SharedFolder::Open(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat("There is no folder ", path, "."));
  }
  if ((found.st_mode & S_IRWXO) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "The folder ", path,
        " is open to everybody, and whoever comes there reads or does what is for people. Close it to others "
        "(chmod o-rwx); its group may share it."));
  }
  if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("The folder ", path, " cannot be read and written by this user."));
  }
  return SharedFolder(path, (found.st_mode & S_IRWXG) != 0);
}

absl::Status SharedFolder::Write(const std::string& file, std::string_view text) const {
  const std::string path = PathOf(file), aside = path + ".tmp";
  ACCORD_RETURN_IF_ERROR(WriteFile(aside, text, FileKind::kPrivate));
  if (for_group_) ACCORD_RETURN_IF_ERROR(OpenSharedToGroup(aside));
  if (rename(aside.c_str(), path.c_str()) != 0) return SharedFileFailed(path, "cannot be written");
  return Sync();
}

absl::Status SharedFolder::Sync() const {
  const int folder = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return SharedFileFailed(path_, "cannot be opened");
  const bool is_synced = fsync(folder) == 0;
  close(folder);
  return is_synced ? absl::OkStatus() : SharedFileFailed(path_, "cannot be written");
}

absl::StatusOr<int64_t> SharedFolder::Count(std::string_view suffix) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path_.c_str()), closedir);
  if (folder == nullptr) return SharedFileFailed(path_, "cannot be read");
  int64_t count = 0;
  while (const dirent* entry = readdir(folder.get())) {
    if (std::string_view(entry->d_name).ends_with(suffix)) ++count;
  }
  return count;
}

}  // namespace accord::connector
