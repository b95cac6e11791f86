#include "clients/connector/drop_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::connector {
namespace {

constexpr char kActSuffix[] = ".json", kAnswerSuffix[] = ".answer.json", kRefusedSuffix[] = ".refused.json";
// With the longest suffix, and what stands there until the file is whole, it is still a name.
constexpr std::size_t kLongestName = 200;

absl::Status Failed(const std::string& path, const char* what) {
  return absl::UnavailableError(absl::StrCat(path, " ", what, ": ", std::strerror(errno), "."));
}

bool IsAct(const std::string& file) {
  return absl::EndsWith(file, kActSuffix) && !absl::EndsWith(file, kAnswerSuffix) &&
         !absl::EndsWith(file, kRefusedSuffix) && file[0] != '.' && file.size() <= kLongestName;
}

// A rename, or the end of a file, is on disk when this returns.
absl::Status SyncFolder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return Failed(path, "cannot be opened");
  const bool is_synced = fsync(folder) == 0;
  close(folder);
  return is_synced ? absl::OkStatus() : Failed(path, "cannot be written");
}

// Reads until the end, and no further than `most` bytes and one.
absl::StatusOr<std::string> ReadAll(int file, const std::string& path, std::size_t most) {
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file, text.data() + size, text.size() - size);
    if (got < 0) return Failed(path, "cannot be read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace

absl::StatusOr<DropFolder> DropFolder::Open(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat("There is no folder ", path, "."));
  }
  if ((found.st_mode & S_IRWXO) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("The folder ", path,
                     " is open to everybody, and whoever writes there acts for people. Close it to others "
                     "(chmod o-rwx); its group may share it."));
  }
  if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("The folder ", path, " cannot be read and written by this user."));
  }
  return DropFolder(path, (found.st_mode & S_IRWXG) != 0);
}

std::string DropFolder::Path(const std::string& name, std::string_view suffix) const {
  return absl::StrCat(path_, "/", name, std::string(suffix));
}

absl::StatusOr<std::vector<std::string>> DropFolder::Names() const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path_.c_str()), closedir);
  if (folder == nullptr) return Failed(path_, "cannot be read");
  std::vector<std::tuple<time_t, long, std::string>> found;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string file = entry->d_name;
    struct stat of_file {};
    if (!IsAct(file) || fstatat(dirfd(folder.get()), file.c_str(), &of_file, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    found.emplace_back(of_file.st_mtim.tv_sec, of_file.st_mtim.tv_nsec,
                       file.substr(0, file.size() - std::strlen(kActSuffix)));
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [_, __, name] : found) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<std::string> DropFolder::Read(const std::string& name, std::size_t most) const {
  const std::string path = Path(name, kActSuffix);
  // A pipe or a link is neither waited for nor followed.
  const int file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return absl::NotFoundError("It is gone.");
  if (file < 0 && errno != ELOOP) return Failed(path, "cannot be read");
  struct stat found {};
  const bool is_regular = file >= 0 && fstat(file, &found) == 0 && S_ISREG(found.st_mode);
  absl::StatusOr<std::string> text = absl::FailedPreconditionError("This is not a regular file.");
  if (is_regular) text = ReadAll(file, path, most);
  if (file >= 0) close(file);
  if (text.ok() && text->size() > most) {
    return absl::InvalidArgumentError(absl::StrCat("The file has more than ", most, " bytes."));
  }
  return text;
}

bool DropFolder::HasAnswer(const std::string& name) const {
  return access(Path(name, kAnswerSuffix).c_str(), F_OK) == 0;
}

absl::Status DropFolder::Write(const std::string& path, std::string_view json) const {
  const std::string aside = path + ".tmp";
  ACCORD_RETURN_IF_ERROR(WriteFile(aside, json, FileKind::kPrivate));
  if (for_group_ && chmod(aside.c_str(), S_IRUSR | S_IWUSR | S_IRGRP) != 0) {
    return Failed(aside, "cannot be opened to its group");
  }
  if (rename(aside.c_str(), path.c_str()) != 0) return Failed(path, "cannot be written");
  return SyncFolder(path_);
}

absl::Status DropFolder::Answer(const std::string& name, std::string_view json) const {
  return Write(Path(name, kAnswerSuffix), json);
}

absl::Status DropFolder::Remove(const std::string& name) const {
  const std::string act = Path(name, kActSuffix);
  if (unlink(act.c_str()) != 0 && errno != ENOENT) return Failed(act, "cannot be taken away");
  return SyncFolder(path_);
}

absl::Status DropFolder::Refuse(const std::string& name, std::string_view json) const {
  ACCORD_RETURN_IF_ERROR(Write(Path(name, kRefusedSuffix), json));
  const std::string act = Path(name, kActSuffix);
  if (rename(act.c_str(), Path(name, ".json.refused").c_str()) != 0 && errno != ENOENT) {
    return Failed(act, "cannot be named anew");
  }
  return SyncFolder(path_);
}

}  // namespace accord::connector
