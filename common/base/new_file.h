// This file appears in its place in one step. Small files are written whole by WriteFile (file.h).
#ifndef ACCORD_COMMON_BASE_NEW_FILE_H_
#define ACCORD_COMMON_BASE_NEW_FILE_H_

#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/file.h"

namespace accord {

// This file appears in its place in one step, once all of it is on disk. Until then it is in the same folder
// under a temporary name, and it is removed if it is never committed.
class NewFile {
 public:
  // This creates the file, and missing folders with access for this user alone. It returns
  // FAILED_PRECONDITION with rule FILE_NOT_SAFE if `path` is something other than a regular file (a symbolic
  // link, a device) or if a secret would lie in a folder that others can change. `owner` is another user
  // whose folder is accepted, because the file will belong to that user. It returns UNAVAILABLE with rule
  // FILE_NOT_WRITTEN, and the reason, if the file cannot be written.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path, FileKind kind,
                                                         uid_t owner = geteuid());
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // This returns UNAVAILABLE with rule FILE_NOT_WRITTEN if the write to disk fails.
  absl::Status Write(std::string_view text);
  // This moves the file to its place; it is on disk when this returns.
  absl::Status Commit();

 private:
  NewFile(std::string path, std::string name, int folder)
      : path_(std::move(path)), name_(std::move(name)), folder_(folder) {}
  absl::Status CannotWrite() const;

  const std::string path_, name_;
  // File descriptors are kept instead of paths, so that the folder that was checked is the one that
  // is written into, even if the path changes meanwhile.
  const int folder_;
  int file_ = -1;
  std::string aside_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_NEW_FILE_H_
