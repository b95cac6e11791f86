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

bool IsDroppedActFile(const std::string& file) {
  return absl::EndsWith(file, kActSuffix) && !absl::EndsWith(file, kAnswerSuffix) &&
         !absl::EndsWith(file, kRefusedSuffix) && file[0] != '.' && file.size() <= kLongestName;
}

// Why a file cannot be opened: UNAVAILABLE where the process has no room for it just now, which says nothing
// of the file.
absl::Status DropFileNotOpened(const std::string& path) {
  const bool passes = errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EINTR;
  const absl::Status failed = SharedFileFailed(path, "cannot be read");
  return passes ? failed : absl::FailedPreconditionError(failed.message());
}

// This reads until the end, and no further than `most` bytes and one.
absl::StatusOr<std::string> ReadDroppedUpTo(int file, const std::string& path, std::size_t most) {
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return DropFileNotOpened(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace

absl::StatusOr<DropFolder> DropFolder::Open(const std::string& path) {
  ACCORD_ASSIGN_OR_RETURN(SharedFolder folder, SharedFolder::Open(path));
  return DropFolder(std::move(folder));
}

absl::StatusOr<std::vector<std::string>> DropFolder::Names() const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(folder_.path().c_str()), closedir);
  if (folder == nullptr) return SharedFileFailed(folder_.path(), "cannot be read");
  std::vector<std::tuple<time_t, long, std::string>> found;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string file = entry->d_name;
    struct stat of_file {};
    if (!IsDroppedActFile(file) ||
        fstatat(dirfd(folder.get()), file.c_str(), &of_file, AT_SYMLINK_NOFOLLOW) != 0)
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
  const std::string path = folder_.PathOf(name + kActSuffix);
  // A pipe or a link is neither waited for nor followed.
  const int file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return absl::NotFoundError("It is gone.");
  if (file < 0 && errno != ELOOP) return DropFileNotOpened(path);
  struct stat found {};
  const bool is_regular = file >= 0 && fstat(file, &found) == 0 && S_ISREG(found.st_mode);
  absl::StatusOr<std::string> text = absl::FailedPreconditionError("This is not a regular file.");
  if (is_regular) text = ReadDroppedUpTo(file, path, most);
  if (file >= 0) close(file);
  if (text.ok() && text->size() > most) {
    return absl::InvalidArgumentError(absl::StrCat("The file has more than ", most, " bytes."));
  }
  return text;
}

bool DropFolder::HasAnswer(const std::string& name) const {
  return access(folder_.PathOf(name + kAnswerSuffix).c_str(), F_OK) == 0;
}

absl::Status DropFolder::Answer(const std::string& name, std::string_view json) const {
  return folder_.Write(name + kAnswerSuffix, json);
}

absl::Status DropFolder::Remove(const std::string& name) const {
  const std::string act = folder_.PathOf(name + kActSuffix);
  if (unlink(act.c_str()) != 0 && errno != ENOENT) return SharedFileFailed(act, "cannot be taken away");
  return folder_.Sync();
}

absl::Status DropFolder::Refuse(const std::string& name, std::string_view json) const {
  ACCORD_RETURN_IF_ERROR(folder_.Write(name + kRefusedSuffix, json));
  const std::string act = folder_.PathOf(name + kActSuffix);
  if (rename(act.c_str(), folder_.PathOf(name + ".json.refused").c_str()) != 0 && errno != ENOENT) {
    return SharedFileFailed(act, "cannot be named anew");
  }
  return folder_.Sync();
}

}  // namespace accord::connector
