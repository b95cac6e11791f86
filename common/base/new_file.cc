#include "common/base/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerAlone = 0600, kReadableByAll = 0644;

absl::Status NewFileNotSafe(const std::string& what) { return Refuse(rules::kFileNotSafe, what); }

// This reports the error of the last system call (errno), whose text contains nothing of the file.
absl::Status NewFileNotWritten(const std::string& path) {
  return Refuse(rules::kFileNotWritten, absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
}

// This says whether only `owner`, this user and root can replace a file in this folder. In a sticky folder
// such as /tmp, other users cannot move files that are not theirs.
bool IsNewFileKept(const struct stat& folder, uid_t owner) {
  const bool trusted = folder.st_uid == 0 || folder.st_uid == geteuid() || folder.st_uid == owner;
  const bool open = (folder.st_mode & 022) != 0 && (folder.st_mode & S_ISVTX) == 0;
  return trusted && !open;
}

// This makes the missing folders of a path, with access for this user alone.
void MakeFoldersOfNewFile(const fs::path& folder) {
  if (folder.empty() || mkdir(folder.c_str(), 0700) == 0 || errno != ENOENT) return;
  MakeFoldersOfNewFile(folder.parent_path());
  mkdir(folder.c_str(), 0700);
}

}  // namespace

absl::Status NewFile::CannotWrite() const { return NewFileNotWritten(path_); }

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Create(const std::string& path, FileKind kind,
                                                         uid_t owner) {
  const fs::path place(path);
  const std::string folder = place.has_parent_path() ? place.parent_path().string() : ".";
  MakeFoldersOfNewFile(folder);
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || !place.has_filename()) {
    const absl::Status failed =
        place.has_filename() ? NewFileNotWritten(path) : NewFileNotSafe(path + " is a folder: name a file.");
    if (descriptor >= 0) close(descriptor);
    return failed;
  }
  std::unique_ptr<NewFile> made(new NewFile(path, place.filename().string(), descriptor));
  struct stat info {};
  if (kind == FileKind::kSecret && (fstat(descriptor, &info) != 0 || !IsNewFileKept(info, owner))) {
    return NewFileNotSafe(
        absl::StrCat(folder,
                     " is another user's, or others may write into it: a secret is not kept "
                     "there. `chmod go-w` it, or name another folder."));
  }
  if (fstatat(descriptor, made->name_.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(info.st_mode)) {
    return NewFileNotSafe(absl::StrCat(path, " is a link, or no file: name a file itself."));
  }
  // The name is random, so that nobody could have prepared it, and it must not exist yet.
  made->aside_ = absl::StrCat(".", made->name_, ".", Hex(RandomBytes(8)));
  made->file_ = openat(descriptor, made->aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                       kOwnerAlone);
  if (made->file_ < 0) {
    made->aside_.clear();
    return made->CannotWrite();
  }
  // The file gets exactly this mode, whatever the umask.
  if (fchmod(made->file_, kind == FileKind::kPublic ? kReadableByAll : kOwnerAlone) != 0)
    return made->CannotWrite();
  return made;
}

NewFile::~NewFile() {
  if (file_ >= 0) close(file_);
  if (!aside_.empty()) unlinkat(folder_, aside_.c_str(), 0);
  close(folder_);
}

absl::Status NewFile::Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(file_, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return CannotWrite();
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return absl::OkStatus();
}

absl::Status NewFile::Commit() {
  const bool written = fsync(file_) == 0;
  const bool closed = close(file_) == 0;
  file_ = -1;
  if (!written || !closed || renameat(folder_, aside_.c_str(), folder_, name_.c_str()) != 0)
    return CannotWrite();
  aside_.clear();
  return fsync(folder_) == 0 ? absl::OkStatus() : CannotWrite();
}

}  // namespace accord
