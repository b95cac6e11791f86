// Small files that are read whole, such as keys, certificates and configuration, and the one way to
// write a file with sensitive contents: symbolic links are not followed, and the mode of an earlier
// file is not kept.
#ifndef ACCORD_COMMON_BASE_FILE_H_
#define ACCORD_COMMON_BASE_FILE_H_

#include <google/protobuf/message.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

// The most bytes that are read of one file, so that an endless device cannot fill the memory.
inline constexpr std::size_t kMostFileBytes = 64 << 20;
// NOT_FOUND, with the reason, for a file that cannot be read or that is empty; INVALID_ARGUMENT with rule
// FILE_TOO_LARGE for one that is larger.
absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t most_bytes = kMostFileBytes);
// Whether there is anything at `path`. INVALID_ARGUMENT with rule FILE_MISSING, and the reason,
// where this cannot be determined, as below a folder that this user may not open.
absl::StatusOr<bool> IsThere(const std::string& path);
// Makes a path absolute. The same refusal if the current folder no longer exists.
absl::StatusOr<std::string> AbsolutePath(const std::string& path);

// Who may read a file.
enum class FileKind {
  // Keys, and data that is as sensitive as a key: mode 0600, written only into a folder that
  // belongs to this user or root and that nobody else may write to.
  kSecret,
  // Pages, exports and state: mode 0600.
  kPrivate,
  // Certificates and public keys: mode 0644 whatever the umask.
  kPublic,
};

// A file that appears in its place in one step, once all of it is on disk. Until then it is in the
// same folder under a temporary name, and it is removed if it is never committed.
class NewFile {
 public:
  // Creates the file, and missing folders with access for this user alone. FAILED_PRECONDITION with
  // rule FILE_NOT_SAFE if `path` is something other than a regular file (a symbolic link, a device)
  // or if a secret would lie in a folder that others can change. `owner` is another user whose
  // folder is accepted, because the file will belong to that user. UNAVAILABLE with rule
  // FILE_NOT_WRITTEN, and the reason, if the file cannot be written.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path, FileKind kind,
                                                         uid_t owner = geteuid());
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // UNAVAILABLE with rule FILE_NOT_WRITTEN if the write to disk fails.
  absl::Status Write(std::string_view text);
  // Moves the file to its place; it is on disk when this returns.
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

// Writes a whole file by NewFile.
absl::Status WriteFile(const std::string& path, std::string_view text, FileKind kind,
                       uid_t owner = geteuid());
// The file's mode is 0600.
absl::Status WriteFileDurably(const std::string& path, const std::string& text);
// Removes the permissions of other users from a file. False if that fails; true if there is no
// such file.
bool CloseToOthers(const std::string& path);
// Reads a key that belongs to this user. Permissions of other users are removed first; if that
// fails, FAILED_PRECONDITION with rule FILE_NOT_SAFE.
absl::StatusOr<std::string> ReadOwnSecret(const std::string& path);

// Reads a protobuf text format file strictly: an unknown field or a bad value is an error that says
// `path:line:column: what`.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);
// Does the same with a text that is not in a file; `what` takes the place of the path in errors.
absl::Status ParseTextProto(const std::string& what, const std::string& text,
                            google::protobuf::Message* message);
// Reads the fields of a configuration that `config` has and ignores all others: the file may belong
// to another process, which reads it strictly itself. INVALID_ARGUMENT if it is not in protobuf
// text format.
absl::Status ReadConfigPart(const std::string& path, google::protobuf::Message* config);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FILE_H_
